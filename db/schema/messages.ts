import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { smsAccounts } from "./accounts";
import { customerId, instant, int8, serviceName } from "./columns";

/** One send: a text to one or more recipients, debited by one entry with the reference "message:<id>". */
export const messages = pgTable(
  "messages",
  {
    customerId: customerId(),
    messageId: uuid("message_id").notNull(),
    /** For the API, whose identifiers are numbers. */
    messageNumber: int8("message_number").notNull().generatedAlwaysAsIdentity(),
    serviceName: serviceName(),
    text: text("text").notNull(),
    encoding: text("encoding", { enum: ["gsm7", "ucs2"] }).notNull(),
    characters: integer("characters").notNull(),
    partsEach: integer("parts_each").notNull(),
    recipientCount: integer("recipient_count").notNull(),
    creditThousandths: int8("credit_thousandths").notNull(),
    sender: text("sender"),
    tag: text("tag"),
    sentBy: text("sent_by").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    requestHash: text("request_hash").notNull(),
    sentAt: instant("sent_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.messageId] }),
    unique("message_numbered_once").on(table.customerId, table.messageNumber),
    unique("message_sent_once").on(table.customerId, table.idempotencyKey),
    index("messages_of_an_account").on(table.customerId, table.serviceName, table.sentAt),
    foreignKey({
      name: "message_of_an_sms_account",
      columns: [table.customerId, table.serviceName],
      foreignColumns: [smsAccounts.customerId, smsAccounts.serviceName],
    }),
    check("message_has_recipients", sql`${table.recipientCount} > 0 and ${table.partsEach} > 0`),
  ],
);

/** One number that a message goes to, with the rate of that moment. */
export const messageRecipients = pgTable(
  "message_recipients",
  {
    customerId: customerId(),
    messageId: uuid("message_id").notNull(),
    /** 1, 2, 3 … in the message. */
    position: integer("position").notNull(),
    /** E.164: "+393331234567". */
    number: text("number").notNull(),
    country: text("country").notNull(),
    /** What one part cost when it was sent. */
    rateThousandths: int8("rate_thousandths").notNull(),
    creditThousandths: int8("credit_thousandths").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.messageId, table.position] }),
    foreignKey({
      name: "recipient_of_a_message",
      columns: [table.customerId, table.messageId],
      foreignColumns: [messages.customerId, messages.messageId],
    }),
  ],
);
