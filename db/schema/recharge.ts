import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { smsAccounts } from "./accounts";
import { customerId, instant, int8, serviceName } from "./columns";
import { crossings } from "./ledger";
import { orders } from "./payments";

/** The rule of an SMS account as it stands. No row: never set, and so off. */
export const rechargeRules = pgTable(
  "recharge_rules",
  {
    customerId: customerId(),
    serviceName: serviceName(),
    state: text("state", { enum: ["on", "off", "suspended"] }).notNull(),
    /** Null exactly when off: an amount that nobody chose cannot be written down. */
    thresholdThousandths: int8("threshold_thousandths"),
    /** Whole credits. */
    quantity: integer("quantity"),
    /** Grows with every change; a recharge names the one that it was evaluated by. */
    version: integer("version").notNull(),
    /** Declines in a row, over all recharges of the rule; a payment that succeeds or another card sets it back to 0. */
    declines: integer("declines").notNull().default(0),
    /** No payment before this instant: the wait after the last decline. */
    retryAt: instant("retry_at"),
    /** Outlives turning the rule off, so that off and on again does not revive a dead card. */
    suspensionReason: text("suspension_reason"),
    suspendedAt: instant("suspended_at"),
    changedAt: instant("changed_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.serviceName] }),
    foreignKey({
      name: "rule_of_an_sms_account",
      columns: [table.customerId, table.serviceName],
      foreignColumns: [smsAccounts.customerId, smsAccounts.serviceName],
    }),
    index("rules_in_trouble")
      .on(table.customerId, table.serviceName)
      .where(sql`suspension_reason is not null or declines > 0`),
    check("rule_off_has_no_amounts", sql`(${table.state} = 'off') = (${table.thresholdThousandths} is null)`),
    check(
      "rule_amounts_come_together",
      sql`(${table.thresholdThousandths} is null) = (${table.quantity} is null)`,
    ),
    // Up to 999,000 credits: one order of at most 1,000,000 then always lifts the balance above the threshold.
    check("rule_threshold_in_range", sql`${table.thresholdThousandths} between 0 and 999000000`),
    check("rule_quantity_offered", sql`${table.quantity} in (100, 200, 250, 500, 1000)`),
    check(
      "rule_suspended_for_a_reason",
      sql`case ${table.state}
        when 'suspended' then ${table.suspensionReason} is not null
        when 'on' then ${table.suspensionReason} is null
        else true end`,
    ),
    check("rule_declines_counted", sql`${table.declines} >= 0`),
  ],
);

/** Append-only: who changed a rule and when, to what. The version before says from what. */
export const ruleVersions = pgTable(
  "rule_versions",
  {
    customerId: customerId(),
    serviceName: serviceName(),
    version: integer("version").notNull(),
    enabled: boolean("enabled").notNull(),
    thresholdThousandths: int8("threshold_thousandths"),
    quantity: integer("quantity"),
    changedAt: instant("changed_at").notNull(),
    /** "user:<id>", "api:<consumer key id>" or "system:<name>". */
    changedBy: text("changed_by").notNull(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.serviceName, table.version] })],
);

/** One purchase made by a rule, from its claim to its credit or its refusal. */
export const recharges = pgTable(
  "recharges",
  {
    customerId: customerId(),
    rechargeId: uuid("recharge_id").notNull(),
    serviceName: serviceName(),
    /** The crossing that it answers. One recharge for one crossing. */
    crossing: integer("crossing").notNull(),
    ruleVersion: integer("rule_version").notNull(),
    state: text("state", {
      enum: ["claimed", "paying", "paid", "credited", "refused", "waiting", "unknown", "suspended"],
    }).notNull(),
    balanceThousandths: int8("balance_thousandths").notNull(),
    thresholdThousandths: int8("threshold_thousandths").notNull(),
    /** The rule's quantity, whole credits. */
    quantity: integer("quantity").notNull(),
    /** What is bought: the smallest multiple of the quantity that lifts the balance above the threshold. */
    credits: integer("credits").notNull(),
    /** Its payment stands there. Null only where it was refused before an order was made. */
    orderId: int8("order_id"),
    /** Payments begun so far, as on the order. */
    attempts: integer("attempts").notNull().default(0),
    refusalReason: text("refusal_reason"),
    claimedAt: instant("claimed_at").notNull(),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.rechargeId] }),
    unique("one_recharge_of_a_crossing").on(table.customerId, table.serviceName, table.crossing),
    unique("one_recharge_of_an_order").on(table.customerId, table.orderId),
    uniqueIndex("one_open_recharge_of_an_account")
      .on(table.customerId, table.serviceName)
      .where(sql`finished_at is null`),
    foreignKey({
      name: "recharge_of_a_crossing",
      columns: [table.customerId, table.serviceName, table.crossing],
      foreignColumns: [crossings.customerId, crossings.serviceName, crossings.crossing],
    }),
    foreignKey({
      name: "recharge_has_an_order",
      columns: [table.customerId, table.orderId],
      foreignColumns: [orders.customerId, orders.orderId],
    }),
    check(
      "recharge_finished_in_an_end_state",
      sql`(${table.finishedAt} is not null) = (${table.state} in ('credited', 'refused', 'suspended'))`,
    ),
    check(
      "recharge_refused_for_a_reason",
      sql`(${table.state} = 'refused') = (${table.refusalReason} is not null)`,
    ),
    check("recharge_open_has_an_order", sql`${table.state} = 'refused' or ${table.orderId} is not null`),
    check(
      "recharge_buys_a_multiple",
      sql`${table.credits} % ${table.quantity} = 0 and ${table.credits} >= 0`,
    ),
    check("recharge_buys_something", sql`${table.state} = 'refused' or ${table.credits} > 0`),
  ],
);

/** Append-only decision log: each thing that was decided about a recharge or a rule, with the numbers of that moment. */
export const decisions = pgTable(
  "decisions",
  {
    customerId: customerId(),
    decisionId: int8("decision_id").notNull().generatedAlwaysAsIdentity(),
    serviceName: serviceName(),
    at: instant("at").notNull(),
    /** One of `DECISION_OUTCOMES` in lib/recharge/rules.ts; the list stays open. */
    outcome: text("outcome").notNull(),
    /** Why, where it needs one: "off", "rule_changed", "payment_declined", "needs_authentication" … */
    reason: text("reason"),
    rechargeId: uuid("recharge_id"),
    crossing: integer("crossing"),
    /** The entry that crossed. */
    sequence: int8("sequence"),
    balanceThousandths: int8("balance_thousandths").notNull(),
    thresholdThousandths: int8("threshold_thousandths"),
    quantity: integer("quantity"),
    credits: integer("credits"),
    ruleVersion: integer("rule_version"),
    orderId: int8("order_id"),
    attempt: integer("attempt"),
    declineCode: text("decline_code"),
    /** When a declined payment is tried again. */
    retryAt: instant("retry_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.decisionId] }),
    index("decisions_of_an_account").on(table.customerId, table.serviceName, table.decisionId),
  ],
);
