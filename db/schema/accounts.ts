import { sql } from "drizzle-orm";
import { check, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { customerId, instant, serviceName } from "./columns";
import { priceLists } from "./rates";

/** Who pays. */
export const customers = pgTable(
  "customers",
  {
    customerId: customerId().primaryKey(),
    name: text("name").notNull(),
    /** Decides prices, rates and VAT. */
    priceList: text("price_list")
      .notNull()
      .references(() => priceLists.priceList),
    /** IANA name; calendar months of limits and the days of plots are this zone's. */
    timeZone: text("time_zone").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [check("customer_id_is_a_handle", sql`${table.customerId} ~ '^[a-z0-9][a-z0-9-]{1,30}$'`)],
);

/** What holds credits and sends messages; one customer has several. */
export const smsAccounts = pgTable(
  "sms_accounts",
  {
    customerId: customerId().references(() => customers.customerId),
    serviceName: serviceName(),
    /** What the customer calls it. */
    name: text("name").notNull(),
    status: text("status", { enum: ["enable", "disable"] })
      .notNull()
      .default("enable"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.serviceName] }),
    check("sms_account_service_name_form", sql`${table.serviceName} ~ '^sms-[a-z0-9-]{1,40}$'`),
    check("sms_account_status_known", sql`${table.status} in ('enable', 'disable')`),
  ],
);
