import type { AccountKey, RuleState } from "@/lib/accounts/rules";
import { type Credits, parseCredits, printCredits, wholeCredits } from "@/lib/credits";
import type { FieldProblem } from "@/lib/failure";
import { isDue } from "@/lib/ledger/rules";
import type { OrderState } from "@/lib/orders/rules";
import type { RefusalReason, ResumptionReason, SuspensionReason } from "./reasons-rules";

/** What a rule may buy at once, whole credits. */
export const QUANTITIES = [100, 200, 250, 500, 1000] as const;
export type Quantity = (typeof QUANTITIES)[number];

/**
 * The highest threshold: the largest order less the largest quantity. Up to it one order always lifts even an empty
 * account above the threshold, so that no recharge is ever cut short.
 */
export const HIGHEST_THRESHOLD = wholeCredits(999_000);

/** Off carries no amounts, so that "off, but with a threshold" cannot be written down. */
export type Rule =
  | { readonly enabled: false }
  | { readonly enabled: true; readonly threshold: Credits; readonly quantity: Quantity };

/** Reads a quantity on offer; null for any other. */
export function parseQuantityOnOffer(value: unknown): Quantity | null {
  return QUANTITIES.find((quantity) => quantity === value || quantity.toString() === value) ?? null;
}

export type Reading<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: FieldProblem };

/** Reads a threshold in machine form: from "0", at most three decimals, up to `HIGHEST_THRESHOLD`. */
export function parseThreshold(text: string): Reading<Credits> {
  const value = parseCredits(text);
  if (value !== null && value >= 0n && value <= HIGHEST_THRESHOLD) return { ok: true, value };
  const values = { decimalMark: ".", example: "0.7" };
  const refuse = (problem: string): Reading<Credits> => ({ ok: false, problem: { problem, values } });
  if (text.trim() === "") return refuse("amount_missing");
  if (/^[\d.]+e[+-]?\d+$/i.test(text)) return refuse("amount_exponent");
  if (/^-[\d.]+$/.test(text)) return refuse("amount_negative");
  if (/^\d+\.\d{4,}$/.test(text)) return refuse("amount_too_many_decimals");
  if (!/^\d+(\.\d+)?$/.test(text)) return refuse("amount_not_a_number");
  const most = Number(printCredits(HIGHEST_THRESHOLD));
  return { ok: false, problem: { problem: "threshold_too_large", values: { most } } };
}

/**
 * How many whole credits lift the balance above the threshold: the smallest multiple of the quantity that does. One
 * purchase for one need, and what it ends at never triggers another. 0 for a balance that is above already.
 */
export function creditsToBuy(balance: Credits, threshold: Credits, quantity: number): number {
  if (!isDue(balance, threshold)) return 0;
  const missing = threshold - balance;
  return (Number(missing / wholeCredits(quantity)) + 1) * quantity;
}

/** Where a recharge stands. The last three are ends. */
export type RechargeState =
  "claimed" | "paying" | "unknown" | "waiting" | "paid" | "credited" | "refused" | "suspended";

/** A recharge stands where its order does, under its own words. */
export const RECHARGE_STATE = {
  open: "claimed",
  paying: "paying",
  unknown: "unknown",
  waiting: "waiting",
  paid: "paid",
  credited: "credited",
  declined: "suspended",
  cancelled: "refused",
} as const satisfies Record<OrderState, RechargeState>;

/** A rule as it stands, with what its payments have led to. */
export type StandingRule = {
  readonly rule: Rule;
  readonly version: number;
  /** Outlives turning the rule off and on again. */
  readonly suspension: { readonly reason: SuspensionReason; readonly since: Date } | null;
  /** In a row, over all recharges of the rule. */
  readonly declines: number;
  /** No payment before this instant. */
  readonly retryAt: Date | null;
  readonly changedAt: Date | null;
};

export const NEVER_SET: StandingRule = {
  rule: { enabled: false },
  version: 0,
  suspension: null,
  declines: 0,
  retryAt: null,
  changedAt: null,
};

export function stateOf({ rule, suspension }: Pick<StandingRule, "rule" | "suspension">): RuleState {
  if (!rule.enabled) return "off";
  return suspension === null ? "on" : "suspended";
}

/** What the ledger watches: only a rule that may buy. */
export const thresholdOf = (standing: Pick<StandingRule, "rule" | "suspension">): Credits | null =>
  standing.rule.enabled && standing.suspension === null ? standing.rule.threshold : null;

export const isSameRule = (a: Rule, b: Rule): boolean =>
  a.enabled && b.enabled ? a.threshold === b.threshold && a.quantity === b.quantity : a.enabled === b.enabled;

export type Claim =
  | {
      readonly kind: "buy";
      readonly threshold: Credits;
      readonly quantity: Quantity;
      readonly credits: number;
    }
  | { readonly kind: "refuse"; readonly reason: RefusalReason };

/** Answers a crossing with the balance and the rule of this moment, which may be others than when it opened. */
export function evaluateCrossing(standing: StandingRule, balance: Credits, hasPaymentMethod: boolean): Claim {
  const { rule, suspension } = standing;
  if (!rule.enabled) return { kind: "refuse", reason: "off" };
  if (suspension !== null) return { kind: "refuse", reason: "suspended" };
  const credits = creditsToBuy(balance, rule.threshold, rule.quantity);
  if (credits === 0) return { kind: "refuse", reason: "no_longer_due" };
  if (!hasPaymentMethod) return { kind: "refuse", reason: "no_payment_method" };
  return { kind: "buy", threshold: rule.threshold, quantity: rule.quantity, credits };
}

/** Everything that the decision log may say. */
export const DECISION_OUTCOMES = [
  "claimed",
  "paying",
  "unknown",
  "waiting",
  "paid",
  "credited",
  "refused",
  "suspended",
  "resumed",
  "turned_on",
  "changed",
  "turned_off",
] as const;
export type DecisionOutcome = (typeof DECISION_OUTCOMES)[number];

export type DecisionReason = RefusalReason | SuspensionReason | ResumptionReason;

/** One line of the decision log. The store adds the balance of that moment. */
export type Decision = {
  readonly account: AccountKey;
  readonly at: Date;
  readonly outcome: DecisionOutcome;
  readonly reason?: DecisionReason;
  readonly threshold?: Credits;
  readonly quantity?: number;
  readonly credits?: number;
  readonly ruleVersion?: number;
  readonly rechargeId?: string;
  readonly crossing?: number;
  readonly sequence?: bigint;
  readonly orderId?: bigint;
  readonly attempt?: number;
  readonly declineCode?: string;
  readonly retryAt?: Date;
};
