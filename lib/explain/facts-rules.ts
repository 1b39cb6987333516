import { type Credits, creditsOf, printCredits } from "@/lib/credits";
import type { LedgerEntry } from "@/lib/ledger/rules";
import type { OrderState } from "@/lib/orders/rules";
import type { DecisionOutcome } from "@/lib/recharge/rules";

/** A figure, and by its name how it is to be shown in the reader's language. */
export type Figure =
  | { readonly credits: string }
  | { readonly count: number }
  | { readonly cents: string; readonly currency: string }
  /** ISO form. */
  | { readonly at: string }
  /** The same in every language. */
  | { readonly text: string };

/** Everything that a step of an explanation can say: the keys of its messages. */
export const LINE_KEYS = [
  "moved_message",
  "moved_recharge",
  "moved_purchase",
  "moved_transfer_out",
  "moved_transfer_in",
  "moved_correction",
  "turned_on",
  "changed",
  "turned_off",
  "resumed_method",
  "resumed_purchase",
  "evaluated_again",
  "due",
  "already_open",
  "claimed",
  "claimed_multiple",
  "paying",
  "declined",
  "declined_at_last",
  "unknown",
  "paid",
  "credited",
  "refused_off",
  "refused_suspended",
  "refused_no_longer_due",
  "refused_rule_changed",
  "refused_resized",
  "refused_no_price",
  "refused_other",
  "suspended_payment_declined",
  "suspended_declined_for_good",
  "suspended_needs_authentication",
  "suspended_no_payment_method",
  "still_unknown",
  "never_set",
  "off",
  "was_suspended",
  "above",
  "due_unanswered",
  "purchase_ordered",
  "purchase_credited",
] as const;
export type LineKey = (typeof LINE_KEYS)[number];

/** One message with its figures, out of which each language makes its sentence. */
export type Line<Key extends string = LineKey> = {
  readonly key: Key;
  /** ISO form. */
  readonly at: string;
  readonly figures: Readonly<Record<string, Figure>>;
};

/** A rule as one of its versions set it. Off has no amounts. */
export type RuleThen = {
  readonly version: number;
  readonly threshold: Credits | null;
  readonly quantity: number | null;
  readonly since: Date;
};

/** A line of the decision log. */
export type DecisionThen = {
  readonly decisionId: bigint;
  readonly at: Date;
  readonly outcome: DecisionOutcome;
  readonly reason: string | null;
  readonly balance: Credits;
  readonly threshold: Credits | null;
  readonly quantity: number | null;
  readonly credits: number | null;
  readonly ruleVersion: number | null;
  readonly orderId: bigint | null;
  readonly attempt: number | null;
  readonly declineCode: string | null;
  readonly retryAt: Date | null;
};

export type CrossingThen = {
  readonly crossing: number;
  readonly sequence: bigint;
  readonly balance: Credits;
  readonly threshold: Credits;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
};

/** An order with the figures that an explanation names; cents as text, instants in ISO form. */
export type OrderThen = {
  readonly orderId: string;
  readonly state: OrderState;
  readonly quantity: number;
  readonly netCents: string;
  readonly totalCents: string;
  readonly currency: string;
  readonly createdAt: string;
  readonly paidAt: string | null;
  readonly creditedAt: string | null;
};

/** One crossing with everything that it led to. */
export type Chain = {
  readonly crossing: CrossingThen;
  /** The last entry when it opened; null where there was none. */
  readonly crossed: LedgerEntry | null;
  /** In order. Changes of the rule while it was open are among them, and the one that opened it. */
  readonly decisions: readonly DecisionThen[];
  /** Transfers, corrections and purchases while it was open. */
  readonly moved: readonly LedgerEntry[];
  readonly order: OrderThen | null;
};

export type PaymentState = DecisionOutcome | OrderState;

/** A purchase by hand, with how its payments went. */
export type PurchaseThen = OrderThen & {
  readonly attempts: readonly {
    readonly attempt: number;
    readonly finishedAt: string | null;
    readonly outcome: "paid" | "declined" | "needs_authentication" | "unknown" | null;
    readonly code: string | null;
  }[];
};

/** Everything that an explanation is made from. */
export type Facts = {
  /** The service name. */
  readonly account: string;
  readonly at: Date;
  readonly balance: Credits;
  /** The last one at that instant. */
  readonly entry: LedgerEntry | null;
  /** The entry that was asked about. */
  readonly asked: LedgerEntry | null;
  readonly rule: RuleThen | null;
  /** The next version that turns a rule on that was off. */
  readonly nextRule: RuleThen | null;
  readonly suspension: SuspensionThen | null;
  /** The crossing that answers, and those that were evaluated anew from it; or the one that led to the suspension. */
  readonly chains: readonly Chain[];
  /** Was a crossing open at that instant, or asked about? */
  readonly isAnswered: boolean;
  readonly purchase: PurchaseThen | null;
  /** What the rule would have bought at that instant. */
  readonly price: {
    readonly quantity: number;
    readonly netCents: string;
    readonly totalCents: string;
    readonly currency: string;
  } | null;
};

export type SuspensionThen = {
  readonly since: Date;
  readonly until: Date | null;
  readonly endedBy: string | null;
};

/** What a suspension is told from. */
export type SuspensionTraces = {
  /** The last one that began before the instant. */
  readonly suspended: { readonly at: Date } | null;
  /** What first followed it. */
  readonly resumed: { readonly at: Date; readonly reason: string | null } | null;
  readonly turnedOff: { readonly at: Date } | null;
  /** Is the rule suspended today? */
  readonly isSuspendedNow: boolean;
};

/** A rule that is off is resumed without a word in the log: what was off after its suspension counts as resumed. */
export function suspensionAt(
  at: Date,
  { suspended, resumed, turnedOff, isSuspendedNow }: SuspensionTraces,
): SuspensionThen | null {
  if (suspended === null) return null;
  const since = suspended.at;
  if (resumed !== null) return resumed.at > at ? { since, until: resumed.at, endedBy: resumed.reason } : null;
  const isOver = !isSuspendedNow && turnedOff !== null && turnedOff.at <= at;
  return isOver ? null : { since, until: null, endedBy: null };
}

/** What an entry did, as a line. */
export function movedLine(entry: LedgerEntry): Line {
  const { kind, amount, account, balanceBefore, balanceAfter, peerServiceName, reason } = entry;
  return {
    key: `moved_${kind}`,
    at: entry.postedAt.toISOString(),
    figures: {
      account: { text: account.serviceName },
      amount: { credits: printCredits(creditsOf(amount < 0n ? -amount : amount)) },
      before: { credits: printCredits(balanceBefore) },
      balance: { credits: printCredits(balanceAfter) },
      peer: { text: peerServiceName ?? "—" },
      reason: { text: reason ?? "—" },
    },
  };
}
