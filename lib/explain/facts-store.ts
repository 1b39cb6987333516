import "server-only";
import { and, asc, desc, eq, gt, gte, inArray, lte, or, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { crossings } from "@/db/schema/ledger";
import { paymentAttempts } from "@/db/schema/payments";
import { decisions, rechargeRules, recharges, ruleVersions } from "@/db/schema/recharge";
import type { AccountKey } from "@/lib/accounts/rules";
import { creditsOf } from "@/lib/credits";
import { DECISION_OUTCOMES, type DecisionOutcome } from "@/lib/recharge/rules";
import type { CrossingThen, DecisionThen, RuleThen, SuspensionTraces } from "./facts-rules";

const ofAccount = (
  table: { readonly customerId: AnyPgColumn; readonly serviceName: AnyPgColumn },
  key: AccountKey,
) => and(eq(table.customerId, key.customerId), eq(table.serviceName, key.serviceName));

const versionOf = (row: typeof ruleVersions.$inferSelect): RuleThen => ({
  version: row.version,
  threshold: row.thresholdThousandths === null ? null : creditsOf(row.thresholdThousandths),
  quantity: row.quantity,
  since: row.changedAt,
});

/** The version of the rule that held at an instant; null if it had never been set. */
export async function readRuleAt(db: Database, key: AccountKey, at: Date): Promise<RuleThen | null> {
  const [row] = await db
    .select()
    .from(ruleVersions)
    .where(and(ofAccount(ruleVersions, key), lte(ruleVersions.changedAt, at)))
    .orderBy(desc(ruleVersions.version))
    .limit(1);
  return row === undefined ? null : versionOf(row);
}

/** The first version after this one that turns the rule on. */
export async function readNextRuleOn(
  db: Database,
  key: AccountKey,
  version: number,
): Promise<RuleThen | null> {
  const [row] = await db
    .select()
    .from(ruleVersions)
    .where(
      and(ofAccount(ruleVersions, key), gt(ruleVersions.version, version), eq(ruleVersions.enabled, true)),
    )
    .orderBy(asc(ruleVersions.version))
    .limit(1);
  return row === undefined ? null : versionOf(row);
}

const crossingOf = (row: typeof crossings.$inferSelect): CrossingThen => ({
  ...row,
  balance: creditsOf(row.balance),
  threshold: creditsOf(row.threshold),
});

export type CrossingAsked =
  | { readonly crossing: number }
  | { readonly sequence: bigint; readonly at: Date }
  | { readonly openedUntil: Date };

/** One crossing: by its number, by the entry that crossed at its instant, or the last one opened until an instant. */
export async function readCrossing(
  db: Database,
  key: AccountKey,
  asked: CrossingAsked,
): Promise<CrossingThen | null> {
  const condition =
    "crossing" in asked
      ? eq(crossings.crossing, asked.crossing)
      : "sequence" in asked
        ? and(eq(crossings.sequence, asked.sequence), eq(crossings.openedAt, asked.at))
        : lte(crossings.openedAt, asked.openedUntil);
  const order = "sequence" in asked ? asc(crossings.crossing) : desc(crossings.crossing);
  const found = db.select().from(crossings);
  const [row] = await found
    .where(and(ofAccount(crossings, key), condition))
    .orderBy(order)
    .limit(1);
  return row === undefined ? null : crossingOf(row);
}

const RULE_OUTCOMES = ["turned_on", "changed", "turned_off", "resumed"] satisfies DecisionOutcome[];

/** What was decided about a crossing, and how the rule was changed between two instants; in order. */
export async function readDecisionFacts(
  db: Database,
  key: AccountKey,
  crossing: number,
  between: { readonly from: Date; readonly to: Date },
): Promise<DecisionThen[]> {
  const rows = await db
    .select()
    .from(decisions)
    .where(
      and(
        ofAccount(decisions, key),
        or(
          eq(decisions.crossing, crossing),
          and(
            inArray(decisions.outcome, RULE_OUTCOMES),
            gte(decisions.at, between.from),
            lte(decisions.at, between.to),
          ),
        ),
      ),
    )
    .orderBy(asc(decisions.decisionId))
    .limit(200);
  return rows.map(decisionOf);
}

/** One line of the log, with the crossing that it belongs to. */
export async function readDecision(
  db: Database,
  key: AccountKey,
  decisionId: bigint,
): Promise<{ at: Date; crossing: number | null } | null> {
  const [row] = await db
    .select({ at: decisions.at, crossing: decisions.crossing })
    .from(decisions)
    .where(and(ofAccount(decisions, key), eq(decisions.decisionId, decisionId)));
  return row ?? null;
}

function decisionOf(row: typeof decisions.$inferSelect): DecisionThen {
  const outcome = DECISION_OUTCOMES.find((one) => one === row.outcome);
  if (outcome === undefined) throw new Error(`a decision "${row.outcome}" of a newer version`);
  return {
    ...row,
    outcome,
    balance: creditsOf(row.balanceThousandths),
    threshold: row.thresholdThousandths === null ? null : creditsOf(row.thresholdThousandths),
  };
}

/** What tells whether a rule was suspended at an instant, and the crossing that led there. */
export async function readSuspension(
  db: Database,
  key: AccountKey,
  at: Date,
): Promise<SuspensionTraces & { readonly crossing: number | null }> {
  const of = (outcome: DecisionOutcome) => and(ofAccount(decisions, key), eq(decisions.outcome, outcome));
  const columns = {
    id: decisions.decisionId,
    at: decisions.at,
    crossing: decisions.crossing,
    reason: decisions.reason,
  };
  const [suspended] = await db
    .select(columns)
    .from(decisions)
    .where(and(of("suspended"), lte(decisions.at, at)))
    .orderBy(desc(decisions.decisionId))
    .limit(1);
  if (suspended === undefined)
    return { suspended: null, resumed: null, turnedOff: null, isSuspendedNow: false, crossing: null };
  const firstAfter = async (outcome: DecisionOutcome) => {
    const found = db.select(columns).from(decisions);
    const [row] = await found
      .where(and(of(outcome), gt(decisions.decisionId, suspended.id)))
      .orderBy(asc(decisions.decisionId))
      .limit(1);
    return row ?? null;
  };
  const [resumed, turnedOff, rules] = await Promise.all([
    firstAfter("resumed"),
    firstAfter("turned_off"),
    db
      .select({ isSuspended: sql<boolean>`${rechargeRules.suspensionReason} is not null` })
      .from(rechargeRules)
      .where(ofAccount(rechargeRules, key)),
  ]);
  const { crossing } = suspended;
  return { suspended, resumed, turnedOff, isSuspendedNow: rules[0]?.isSuspended ?? false, crossing };
}

/** The crossing that a recharge answers: by its identifier, or by its order. */
export async function readCrossingOfRecharge(
  db: Database,
  key: AccountKey,
  asked: { readonly rechargeId: string } | { readonly orderId: bigint },
): Promise<number | null> {
  const condition =
    "orderId" in asked ? eq(recharges.orderId, asked.orderId) : eq(recharges.rechargeId, asked.rechargeId);
  const [row] = await db
    .select({ crossing: recharges.crossing })
    .from(recharges)
    .where(and(ofAccount(recharges, key), condition));
  return row?.crossing ?? null;
}

export async function readAttemptFacts(db: Database, { customerId }: AccountKey, orderId: bigint) {
  return db
    .select({
      attempt: paymentAttempts.attempt,
      finishedAt: paymentAttempts.finishedAt,
      outcome: paymentAttempts.outcome,
      code: paymentAttempts.code,
    })
    .from(paymentAttempts)
    .where(and(eq(paymentAttempts.customerId, customerId), eq(paymentAttempts.orderId, orderId)))
    .orderBy(asc(paymentAttempts.attempt));
}
