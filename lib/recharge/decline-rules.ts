import { type Decline, NO_PAYMENT_METHOD } from "@/lib/orders/rules";
import type { RefusalReason, SuspensionReason } from "./reasons-rules";
import type { StandingRule } from "./rules";

/** Payments that may be declined in a row before the rule is suspended. */
export const MAX_DECLINES = 4;

/** The wait after the first decline; each further one doubles it. */
export const FIRST_WAIT_MS = 60_000;

/** How long after the `declines`-th decline in a row the next payment may be tried: 1, 2, 4 minutes. */
export const waitAfterDecline = (declines: number): number => FIRST_WAIT_MS * 2 ** (declines - 1);

/** What follows from a decline. `declines` are those in a row, this one included. */
export type DeclineEvaluation = { readonly declines: number } & (
  | { readonly kind: "wait"; readonly retryAt: Date }
  | { readonly kind: "suspend"; readonly reason: SuspensionReason }
  /** The recharge would not be claimed like this today: it ends, and the account is evaluated again. */
  | { readonly kind: "refuse"; readonly reason: RefusalReason; readonly retryAt: Date }
);

/** What a decline is evaluated by beside itself. */
export type DeclineCircumstances = {
  readonly standing: StandingRule;
  /** By which the recharge was claimed. */
  readonly ruleVersion: number;
  /** How the customer pays today. */
  readonly methodToken: string | null;
};

export function evaluateDecline(
  decline: Decline,
  { standing, ruleVersion, methodToken }: DeclineCircumstances,
  now: Date,
): DeclineEvaluation {
  // A card that is no longer the customer's says nothing of the one that has taken its place.
  const isOfToday = decline.methodToken === methodToken;
  const declines = standing.declines + (isOfToday ? 1 : 0);
  const reason = isOfToday ? suspensionReason(decline, declines) : null;
  if (reason !== null) return { kind: "suspend", reason, declines };
  const retryAt = isOfToday ? new Date(now.getTime() + waitAfterDecline(declines)) : now;
  if (!standing.rule.enabled) return { kind: "refuse", reason: "off", declines, retryAt };
  if (standing.version !== ruleVersion) return { kind: "refuse", reason: "rule_changed", declines, retryAt };
  return { kind: "wait", declines, retryAt };
}

function suspensionReason(decline: Decline, declines: number): SuspensionReason | null {
  if (decline.code === NO_PAYMENT_METHOD) return "no_payment_method";
  if (decline.needsAuthentication) return "needs_authentication";
  if (decline.final) return "declined_for_good";
  return declines >= MAX_DECLINES ? "payment_declined" : null;
}
