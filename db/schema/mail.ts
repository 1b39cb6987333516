import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { customerId, instant, leased } from "./columns";

/**
 * Mail on its way and what became of it. A row is written by the transaction that causes the mail, and is also the queue
 * of the worker: due at an instant, owned by whoever holds its lease. The worker deletes it after 90 days.
 */
export const mails = pgTable(
  "mails",
  {
    /** Empty for a person who belongs to no customer. */
    customerId: customerId(),
    mailId: uuid("mail_id").notNull(),
    /** One of `MailKind` in lib/mail/rules.ts; the list stays open. */
    kind: text("kind").notNull(),
    language: text("language").notNull(),
    toName: text("to_name").notNull(),
    toAddress: text("to_address").notNull(),
    subject: text("subject").notNull(),
    textBody: text("text_body").notNull(),
    htmlBody: text("html_body").notNull(),
    state: text("state", { enum: ["waiting", "sent", "given_up"] }).notNull(),
    /** Tries that ended without the mail being taken. */
    failures: integer("failures").notNull().default(0),
    /** What the server said the last time, in its words. */
    lastError: text("last_error"),
    createdAt: instant("created_at").notNull(),
    /** After it the mail would tell nobody anything any more, and is not sent. */
    expiresAt: instant("expires_at").notNull(),
    endedAt: instant("ended_at"),
    /** When the next try is due; null once it has ended. */
    dueAt: instant("due_at"),
    ...leased(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.mailId] }),
    index("mails_due")
      .on(table.dueAt)
      .where(sql`due_at is not null`),
    index("mails_of_a_customer").on(table.customerId, table.createdAt),
    index("mails_by_age").on(table.createdAt),
    check(
      "mail_due_until_it_ends",
      sql`(${table.dueAt} is null) = (${table.state} <> 'waiting') and (${table.endedAt} is null) = (${table.state} = 'waiting')`,
    ),
    check("mail_state_known", sql`${table.state} in ('waiting', 'sent', 'given_up')`),
    // One recipient, and nothing that a parser on the way could read as two.
    check("mail_has_one_recipient", sql`${table.toAddress} ~ '^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$'`),
  ],
);
