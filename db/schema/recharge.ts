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
    /** Grows with every change; a recharge names the one that it was judged by. */
    version: integer("version").notNull(),
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
    check("rule_off_has_no_amounts", sql`(${table.state} = 'off') = (${table.thresholdThousandths} is null)`),
    check(
      "rule_amounts_come_together",
      sql`(${table.thresholdThousandths} is null) = (${table.quantity} is null)`,
    ),
    check("rule_threshold_not_negative", sql`${table.thresholdThousandths} >= 0`),
    check("rule_quantity_offered", sql`${table.quantity} in (100, 200, 250, 500, 1000)`),
    check(
      "rule_suspended_for_a_reason",
      sql`(${table.state} = 'suspended') = (${table.suspensionReason} is not null)`,
    ),
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
    orderId: int8("order_id"),
    /** Payments tried so far. */
    attempts: integer("attempts").notNull().default(0),
    refusalReason: text("refusal_reason"),
    lastDeclineCode: text("last_decline_code"),
    claimedAt: instant("claimed_at").notNull(),
    /** When the next step is due; null once finished. */
    dueAt: instant("due_at"),
    /** Until then the worker that took it owns it. */
    leasedUntil: instant("leased_until"),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.rechargeId] }),
    unique("one_recharge_of_a_crossing").on(table.customerId, table.serviceName, table.crossing),
    uniqueIndex("one_open_recharge_of_an_account")
      .on(table.customerId, table.serviceName)
      .where(sql`finished_at is null`),
    index("recharges_due")
      .on(table.dueAt)
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
    check("recharge_buys_a_multiple", sql`${table.credits} % ${table.quantity} = 0 and ${table.credits} > 0`),
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
    /** claimed, paying, declined, waiting, unknown, paid, credited, refused, suspended, resumed. The list stays open. */
    outcome: text("outcome").notNull(),
    /** Why, where it needs one: "off", "suspended", "already_open", "payment_declined", "needs_authentication" … */
    reason: text("reason"),
    rechargeId: uuid("recharge_id"),
    crossing: integer("crossing"),
    /** The movement that crossed. */
    sequence: int8("sequence"),
    balanceThousandths: int8("balance_thousandths").notNull(),
    thresholdThousandths: int8("threshold_thousandths"),
    quantity: integer("quantity"),
    credits: integer("credits"),
    ruleVersion: integer("rule_version"),
    orderId: int8("order_id"),
    attempt: integer("attempt"),
    declineCode: text("decline_code"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.decisionId] }),
    index("decisions_of_an_account").on(table.customerId, table.serviceName, table.decisionId),
  ],
);
