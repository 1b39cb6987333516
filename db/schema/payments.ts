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
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { customers, smsAccounts } from "./accounts";
import { customerId, instant, int8, leased, serviceName } from "./columns";

/** How a customer pays. One each; a change lifts a suspension. */
export const paymentMethods = pgTable("payment_methods", {
  customerId: customerId()
    .primaryKey()
    .references(() => customers.customerId),
  /** The gateway's name for the card; never a card number. */
  token: text("token").notNull(),
  /** As shown: "Visa •••• 4242". */
  label: text("label").notNull(),
  changedAt: instant("changed_at").notNull(),
});

/**
 * A purchase with its prices, and the one place where its payment stands. The figures never change; the state does.
 * The row is also the queue of the worker: due at an instant, owned by whoever holds its lease.
 */
export const orders = pgTable(
  "orders",
  {
    customerId: customerId().references(() => customers.customerId),
    orderId: int8("order_id").notNull().generatedAlwaysAsIdentity({ startWith: 100001 }),
    serviceName: serviceName(),
    kind: text("kind", { enum: ["recharge", "purchase"] }).notNull(),
    /** Whole credits. */
    quantity: integer("quantity").notNull(),
    priceList: text("price_list").notNull(),
    currency: text("currency").notNull(),
    unitPriceMicros: int8("unit_price_micros").notNull(),
    unitPriceSource: text("unit_price_source").notNull(),
    netMicros: int8("net_micros").notNull(),
    netCents: int8("net_cents").notNull(),
    vatBasisPoints: integer("vat_basis_points").notNull(),
    vatCents: int8("vat_cents").notNull(),
    totalCents: int8("total_cents").notNull(),
    state: text("state", {
      enum: ["open", "paying", "unknown", "waiting", "paid", "credited", "declined", "cancelled"],
    }).notNull(),
    /** Payments begun so far; the number of the last row in `payment_attempts`. */
    attempts: integer("attempts").notNull().default(0),
    /** The gateway's code of the last decline. */
    declineCode: text("decline_code"),
    /** Of the request that made it; "recharge:<id>" for a recharge. */
    idempotencyKey: text("idempotency_key").notNull(),
    requestHash: text("request_hash").notNull(),
    createdAt: instant("created_at").notNull(),
    paidAt: instant("paid_at"),
    creditedAt: instant("credited_at"),
    /** When the next step is due; null once it has ended. */
    dueAt: instant("due_at"),
    ...leased(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.orderId] }),
    unique("order_made_once").on(table.customerId, table.idempotencyKey),
    index("orders_of_an_account").on(table.customerId, table.serviceName, table.orderId),
    // Staff look an order up by its number alone.
    index("orders_by_number").on(table.orderId),
    index("orders_due")
      .on(table.dueAt)
      .where(sql`due_at is not null`),
    foreignKey({
      name: "order_for_an_sms_account",
      columns: [table.customerId, table.serviceName],
      foreignColumns: [smsAccounts.customerId, smsAccounts.serviceName],
    }),
    check("order_adds_up", sql`${table.netCents} + ${table.vatCents} = ${table.totalCents}`),
    check("order_net_is_the_product", sql`${table.netMicros} = ${table.unitPriceMicros} * ${table.quantity}`),
    check("order_quantity_in_range", sql`${table.quantity} between 1 and 1000000`),
    check(
      "order_due_until_it_ends",
      sql`(${table.dueAt} is null) = (${table.state} in ('credited', 'declined', 'cancelled'))`,
    ),
    check(
      "order_paid_before_credited",
      sql`(${table.paidAt} is not null) = (${table.state} in ('paid', 'credited'))
        and (${table.creditedAt} is not null) = (${table.state} = 'credited')`,
    ),
  ],
);

/** Each time the gateway was asked for an order, and what it said. Started before the call, finished after. */
export const paymentAttempts = pgTable(
  "payment_attempts",
  {
    customerId: customerId(),
    orderId: int8("order_id").notNull(),
    attempt: integer("attempt").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    amountCents: int8("amount_cents").notNull(),
    methodToken: text("method_token").notNull(),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at"),
    /** Null while the call runs. "unknown" is asked after under the same key until it is one of the others. */
    outcome: text("outcome", { enum: ["paid", "declined", "needs_authentication", "unknown"] }),
    /** The gateway's code of a decline. */
    code: text("code"),
    gatewayReference: text("gateway_reference"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.orderId, table.attempt] }),
    foreignKey({
      name: "attempt_of_an_order",
      columns: [table.customerId, table.orderId],
      foreignColumns: [orders.customerId, orders.orderId],
    }),
    unique("attempt_key_once").on(table.customerId, table.idempotencyKey),
    // The net under "never paid twice": an order cannot hold two successful payments.
    uniqueIndex("one_payment_of_an_order")
      .on(table.customerId, table.orderId)
      .where(sql`outcome = 'paid'`),
    index("attempts_by_gateway_reference")
      .on(table.gatewayReference.op("text_pattern_ops"))
      .where(sql`gateway_reference is not null`),
    check("attempt_numbered_from_one", sql`${table.attempt} > 0`),
  ],
);

/** The sandbox gateway is a product of its own: nothing outside its folder reads or writes its schema. */
export const sandboxGateway = pgSchema("sandbox_gateway");

/** A charge that the sandbox was asked for, once for its key. */
export const gatewayCharges = sandboxGateway.table("charges", {
  idempotencyKey: text("idempotency_key").primaryKey(),
  requestHash: text("request_hash").notNull(),
  reference: text("reference").notNull(),
  token: text("token").notNull(),
  amountCents: int8("amount_cents").notNull(),
  currency: text("currency").notNull(),
  outcome: text("outcome", { enum: ["paid", "declined", "needs_authentication"] }).notNull(),
  code: text("code"),
  createdAt: instant("created_at").notNull().defaultNow(),
});

/** What the sandbox was told to do with the next charges of a card, first in first out. */
export const gatewayInstructions = sandboxGateway.table("instructions", {
  id: int8("id").primaryKey().generatedAlwaysAsIdentity(),
  token: text("token").notNull(),
  behaviour: text("behaviour").notNull(),
});

/** Requests that the sandbox let vanish on their way in, so that a repeat under the same key arrives. */
export const gatewayLostRequests = sandboxGateway.table("lost_requests", {
  idempotencyKey: text("idempotency_key").primaryKey(),
  lostAt: instant("lost_at").notNull().defaultNow(),
});
