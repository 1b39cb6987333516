/*
 * Why nothing was bought, and what happens next. Refusals are written to tables that only grow, so that each reason must
 * come to rest: after it, nothing is written again until something happens. Whoever refuses looks here what to do.
 */

/** What lifts a suspension. */
export type ResumptionReason = "method_changed" | "purchase_succeeded";

export type AfterRefusal =
  /**
   * The crossing is closed, and the ledger watches what the rule says now: nothing where it may not buy. What is still due
   * opens the next crossing at once.
   */
  | { readonly next: "close" }
  /** The crossing stays open, so that no sweep opens another; workers ask again every `lookEveryMs`. The log says it once. */
  | { readonly next: "wait"; readonly lookEveryMs: number }
  /** As `close`, and the rule may not buy until one of these events. */
  | { readonly next: "suspend"; readonly until: readonly ResumptionReason[] };

/** How long a worker leaves a crossing alone that it could not answer. */
export const LOOK_EVERY_MS = 15_000;

const CLOSE = { next: "close" } as const;
const SUSPEND = { next: "suspend", until: ["method_changed", "purchase_succeeded"] } as const;

/** Of a crossing that was not answered by a purchase, or of a recharge that was dropped before money moved. */
export const AFTER_REFUSAL = {
  off: CLOSE,
  suspended: CLOSE,
  no_longer_due: CLOSE,
  rule_changed: CLOSE,
  /** What was ordered is no longer of the size that is needed. */
  resized: CLOSE,
  /** The price list sells no such quantity today. A list may be imported at any moment. */
  no_price: { next: "wait", lookEveryMs: LOOK_EVERY_MS },
  no_payment_method: SUSPEND,
} as const satisfies Readonly<Record<string, AfterRefusal>>;

/** Why something that was due was not bought. */
export type RefusalReason = keyof typeof AFTER_REFUSAL;

/** Why a rule buys nothing until one of the events that its line names. */
export const AFTER_SUSPENSION = {
  /** Declined too often. */
  payment_declined: SUSPEND,
  /** The same card can never succeed. */
  declined_for_good: SUSPEND,
  needs_authentication: SUSPEND,
  no_payment_method: SUSPEND,
} as const satisfies Readonly<Record<string, AfterRefusal>>;

export type SuspensionReason = keyof typeof AFTER_SUSPENSION;

export const isSuspensionReason = (text: string): text is SuspensionReason =>
  Object.hasOwn(AFTER_SUSPENSION, text);

/** Does this event lift a suspension for this reason? */
export function isLiftedBy(reason: SuspensionReason, event: ResumptionReason): boolean {
  const { until }: { readonly until: readonly ResumptionReason[] } = AFTER_SUSPENSION[reason];
  return until.includes(event);
}
