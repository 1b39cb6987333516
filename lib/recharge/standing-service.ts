import "server-only";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import { closeCrossing, setThreshold } from "@/lib/ledger/service";
import { insertDecision } from "./decisions-store";
import {
  AFTER_REFUSAL,
  type AfterRefusal,
  isLiftedBy,
  isSuspensionReason,
  type RefusalReason,
  type ResumptionReason,
  type SuspensionReason,
} from "./reasons-rules";
import { type Decision, type StandingRule, thresholdOf } from "./rules";
import { writeRule } from "./store";

/*
 * What payments do to a rule. Each function runs in a transaction that holds the account's lock, and keeps the rule
 * and what the ledger watches in step.
 */

/** The rule buys nothing more until `resume`. An off rule stays off, and remembers it. */
export async function suspend(
  context: Context,
  key: AccountKey,
  standing: StandingRule,
  reason: SuspensionReason,
): Promise<void> {
  const now = context.now();
  const suspended = { ...standing, suspension: { reason, since: now }, retryAt: null };
  await writeRule(context.db, key, suspended, now);
  await setThreshold(context, key, thresholdOf(suspended));
}

/** What happens to a crossing after a refusal, as `AFTER_REFUSAL` says. The refusal itself is written by the caller. */
export async function applyRefusal(
  context: Context,
  key: AccountKey,
  crossing: number,
  standing: StandingRule,
  reason: RefusalReason,
): Promise<void> {
  const after: AfterRefusal = AFTER_REFUSAL[reason];
  if (after.next === "wait") return;
  await closeCrossing(context, key, crossing);
  if (after.next === "suspend" && isSuspensionReason(reason)) await suspend(context, key, standing, reason);
  else await setThreshold(context, key, thresholdOf(standing));
}

/**
 * Forgets declines and lifts a suspension, and evaluates at once: an account that is due by now buys. Nothing is
 * written for a rule whose payments are in order.
 */
export async function resume(
  context: Context,
  key: AccountKey,
  standing: StandingRule,
  reason: ResumptionReason,
): Promise<void> {
  if (standing.suspension === null && standing.declines === 0) return;
  if (standing.suspension !== null && !isLiftedBy(standing.suspension.reason, reason)) return;
  const resumed = { ...standing, suspension: null, declines: 0, retryAt: null };
  await writeRule(context.db, key, resumed, context.now());
  if (standing.suspension === null || !resumed.rule.enabled) return;
  await insertDecision(context.db, {
    ...ruleNumbers(key, resumed),
    at: context.now(),
    outcome: "resumed",
    reason,
  });
  await setThreshold(context, key, thresholdOf(resumed));
}

/** The numbers of the rule, for the decision log. */
export function ruleNumbers(
  account: AccountKey,
  { rule, version }: StandingRule,
): Pick<Decision, "account" | "threshold" | "quantity" | "ruleVersion"> {
  const amounts = rule.enabled ? { threshold: rule.threshold, quantity: rule.quantity } : {};
  return { account, ruleVersion: version, ...amounts };
}
