import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  pgSchema,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { customerId, instant, leased } from "./columns";
import { messageRecipients, messages } from "./messages";

/**
 * The way of one message to the phones. It is written with the message, in the transaction that debits it, and is also
 * the queue of the worker: due at an instant, owned by whoever holds its lease.
 */
export const deliveries = pgTable(
  "deliveries",
  {
    customerId: customerId(),
    messageId: uuid("message_id").notNull(),
    state: text("state", { enum: ["waiting", "handed", "ended"] }).notNull(),
    recipientCount: integer("recipient_count").notNull(),
    /** Receipts so far, by what they say. */
    delivered: integer("delivered").notNull().default(0),
    undelivered: integer("undelivered").notNull().default(0),
    /** Handovers that were tried and that nobody answered. */
    failures: integer("failures").notNull().default(0),
    handedAt: instant("handed_at"),
    endedAt: instant("ended_at"),
    /** When the next step is due; null once it has ended. */
    dueAt: instant("due_at"),
    ...leased(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.messageId] }),
    foreignKey({
      name: "delivery_of_a_message",
      columns: [table.customerId, table.messageId],
      foreignColumns: [messages.customerId, messages.messageId],
    }),
    index("deliveries_due")
      .on(table.dueAt)
      .where(sql`due_at is not null`),
    check(
      "delivery_ends_with_its_last_receipt",
      sql`${table.delivered} >= 0 and ${table.undelivered} >= 0
        and ${table.delivered} + ${table.undelivered} <= ${table.recipientCount}
        and (${table.state} = 'ended') = (${table.delivered} + ${table.undelivered} = ${table.recipientCount})`,
    ),
    check(
      "delivery_due_until_it_ends",
      sql`(${table.dueAt} is null) = (${table.state} = 'ended') and (${table.endedAt} is null) = (${table.state} <> 'ended')`,
    ),
    check("delivery_handed_over_once", sql`(${table.handedAt} is null) = (${table.state} = 'waiting')`),
  ],
);

/** What became of a message for one of its recipients. */
export const deliveryReceipts = pgTable(
  "delivery_receipts",
  {
    customerId: customerId(),
    messageId: uuid("message_id").notNull(),
    position: integer("position").notNull(),
    outcome: text("outcome", { enum: ["delivered", "undelivered"] }).notNull(),
    /** The carrier's reason, or "no_receipt" if it never said; null when delivered. */
    code: text("code"),
    receivedAt: instant("received_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.messageId, table.position] }),
    foreignKey({
      name: "receipt_of_a_recipient",
      columns: [table.customerId, table.messageId, table.position],
      foreignColumns: [messageRecipients.customerId, messageRecipients.messageId, messageRecipients.position],
    }),
    check("receipt_says_why_not", sql`(${table.code} is null) = (${table.outcome} = 'delivered')`),
  ],
);

/** The sandbox carrier is a product of its own: nothing outside its folder reads or writes its schema. */
export const sandboxCarrier = pgSchema("sandbox_carrier");

/** A message that the sandbox was given, once for its key. */
export const carrierHandovers = sandboxCarrier.table("handovers", {
  idempotencyKey: text("idempotency_key").primaryKey(),
  requestHash: text("request_hash").notNull(),
  numbers: text("numbers").array().notNull(),
  takenAt: instant("taken_at").notNull(),
});

/** Handovers that the sandbox let vanish on their way in, so that a repeat under the same key arrives. */
export const carrierLostHandovers = sandboxCarrier.table("lost_handovers", {
  idempotencyKey: text("idempotency_key").primaryKey(),
});
