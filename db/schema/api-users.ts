import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { smsAccounts } from "./accounts";
import { customerId, instant, serviceName } from "./columns";

/**
 * Who may send from one SMS account by a login and a password alone, for programs that cannot sign. Each account has
 * few; a row stays until its customer deletes it, or the account goes.
 */
export const apiUsers = pgTable(
  "api_users",
  {
    customerId: customerId(),
    serviceName: serviceName(),
    login: text("login").notNull(),
    /** By scrypt, as of people's passwords: a customer chooses it, so it may be guessed where its hash is known. */
    passwordHash: text("password_hash").notNull(),
    createdAt: instant("created_at").notNull(),
    /** To the minute. */
    lastUsedAt: instant("last_used_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.serviceName, table.login] }),
    // Whoever calls names an account and a login, and no customer.
    index("api_users_by_login").on(table.serviceName, table.login),
    foreignKey({
      name: "api_user_of_an_sms_account",
      columns: [table.customerId, table.serviceName],
      foreignColumns: [smsAccounts.customerId, smsAccounts.serviceName],
    }).onDelete("cascade"),
    check("api_user_login_form", sql`${table.login} ~ '^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$'`),
  ],
);
