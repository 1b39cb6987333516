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
} from "drizzle-orm/pg-core";
import { customers } from "./accounts";
import { customerId, instant, int8, serviceName } from "./columns";

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

/** A purchase with its prices. Its figures never change; its state does. */
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
    state: text("state", { enum: ["open", "paid", "credited", "declined", "cancelled"] }).notNull(),
    /** Of the request that made it; "recharge:<id>" for a recharge. */
    idempotencyKey: text("idempotency_key").notNull(),
    fingerprint: text("fingerprint").notNull(),
    createdAt: instant("created_at").notNull(),
    paidAt: instant("paid_at"),
    creditedAt: instant("credited_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.orderId] }),
    unique("order_made_once").on(table.customerId, table.idempotencyKey),
    index("orders_of_an_account").on(table.customerId, table.serviceName, table.orderId),
    check("order_adds_up", sql`${table.netCents} + ${table.vatCents} = ${table.totalCents}`),
    check("order_net_is_the_product", sql`${table.netMicros} = ${table.unitPriceMicros} * ${table.quantity}`),
    check("order_quantity_positive", sql`${table.quantity} > 0`),
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
  ],
);

/** The sandbox gateway is a product of its own: nothing outside its folder reads or writes its schema. */
export const sandboxGateway = pgSchema("sandbox_gateway");

export const gatewayCharges = sandboxGateway.table("charges", {
  idempotencyKey: text("idempotency_key").primaryKey(),
  fingerprint: text("fingerprint").notNull(),
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
