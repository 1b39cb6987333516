import { printCredits } from "@/lib/credits";
import type { LedgerEntry } from "@/lib/ledger/rules";
import {
  type Chain,
  type DecisionThen,
  type Figure,
  type Line,
  type LineKey,
  movedLine,
  type RuleThen,
} from "./facts-rules";

/** A line, and what it tells of: two chains may tell of the same decision. */
export type Event = { readonly id: string | null; readonly line: Line };

/** The decision that set what is watched, and its crossing, are written within one transaction. */
export const SAME_MOMENT_MS = 2000;

/** Is it about the rule rather than about a recharge? */
export const isOfRule = (outcome: DecisionThen["outcome"]): boolean =>
  ["turned_on", "changed", "turned_off", "resumed"].includes(outcome);

/** What happened in a chain, in order: what made a recharge due, that it was, and each step after. */
export function eventsOf(chain: Chain, rule: RuleThen | null): Event[] {
  const { decisions, moved, order } = chain;
  const cause = causeOf(chain);
  const later = decisions.filter((one) => one !== cause.decision).map((one) => decisionEvent(one, chain));
  const between = moved.map(entryEvent);
  const events = [...cause.events, dueEvent(chain, rule), ...sorted([...later, ...between])];
  const isStillUnknown = order?.state === "unknown" || order?.state === "paying";
  if (isStillUnknown && chain.crossing.closedAt === null) {
    const at = decisions.at(-1)?.at ?? chain.crossing.openedAt;
    events.push({ id: null, line: lineAt("still_unknown", at, { order: { text: order.orderId } }) });
  }
  return events;
}

/** By time; what happened at the same instant stays as it stood. */
const sorted = (events: readonly Event[]): Event[] =>
  [...events].sort((a, b) => a.line.at.localeCompare(b.line.at));

/** An entry crossed if the crossing is of its instant; otherwise a change of the rule did, or a second look. */
function causeOf({ crossing, crossed, decisions }: Chain): {
  readonly events: Event[];
  readonly decision: DecisionThen | null;
} {
  const openedAt = crossing.openedAt.getTime();
  if (crossed?.postedAt.getTime() === openedAt) return { events: [entryEvent(crossed)], decision: null };
  const decision = decisions.findLast(
    ({ at, outcome }) =>
      at.getTime() <= openedAt &&
      openedAt - at.getTime() <= SAME_MOMENT_MS &&
      (outcome === "turned_on" || outcome === "changed" || outcome === "resumed"),
  );
  if (decision !== undefined) return { events: [ruleEvent(decision)], decision };
  const balance = { credits: printCredits(crossing.balance) };
  return {
    events: [{ id: null, line: lineAt("evaluated_again", crossing.openedAt, { balance }) }],
    decision: null,
  };
}

function dueEvent({ crossing, decisions }: Chain, rule: RuleThen | null): Event {
  const evaluated = decisions.find(({ quantity, ruleVersion }) => quantity !== null && ruleVersion !== null);
  const figures = {
    balance: { credits: printCredits(crossing.balance) },
    threshold: { credits: printCredits(crossing.threshold) },
    quantity: { count: evaluated?.quantity ?? rule?.quantity ?? 0 },
    version: { count: evaluated?.ruleVersion ?? rule?.version ?? 0 },
  };
  return { id: null, line: lineAt("due", crossing.openedAt, figures) };
}

const entryEvent = (entry: LedgerEntry): Event => ({
  id: `entry ${entry.sequence.toString()}`,
  line: movedLine(entry),
});

const lineAt = (key: LineKey, at: Date, figures: Line["figures"]): Line => ({
  key,
  at: at.toISOString(),
  figures,
});

function ruleEvent(decision: DecisionThen): Event {
  const { outcome, reason, threshold, quantity, at, decisionId } = decision;
  const key =
    outcome === "resumed"
      ? reason === "purchase_succeeded"
        ? "resumed_purchase"
        : "resumed_method"
      : outcome === "turned_off" || outcome === "turned_on"
        ? outcome
        : "changed";
  const figures = {
    threshold: threshold === null ? { text: "—" } : { credits: printCredits(threshold) },
    quantity: { count: quantity ?? 0 },
  };
  return { id: `decision ${decisionId.toString()}`, line: lineAt(key, at, figures) };
}

function decisionEvent(decision: DecisionThen, chain: Chain): Event {
  const { outcome, at, decisionId } = decision;
  if (isOfRule(outcome)) return ruleEvent(decision);
  return {
    id: `decision ${decisionId.toString()}`,
    line: lineAt(keyOf(decision), at, figuresOf(decision, chain)),
  };
}

function keyOf({ outcome, reason, quantity, credits }: DecisionThen): LineKey {
  switch (outcome) {
    case "claimed":
      return quantity === credits ? "claimed" : "claimed_multiple";
    case "waiting":
      return "declined";
    case "refused":
      return refusalKey(reason);
    case "suspended":
      return suspensionKey(reason);
    case "turned_on":
    case "changed":
    case "turned_off":
    case "paying":
    case "unknown":
    case "paid":
    case "credited":
      return outcome;
    case "resumed":
      return "resumed_method";
  }
}

const REFUSALS = ["off", "suspended", "no_longer_due", "rule_changed", "resized", "no_price"] as const;
const SUSPENSIONS = ["declined_for_good", "needs_authentication", "no_payment_method"] as const;

function refusalKey(reason: string | null): LineKey {
  const known = REFUSALS.find((one) => one === reason);
  return known === undefined ? "refused_other" : `refused_${known}`;
}

function suspensionKey(reason: string | null): LineKey {
  return `suspended_${SUSPENSIONS.find((one) => one === reason) ?? "payment_declined"}`;
}

function figuresOf(decision: DecisionThen, { order }: Chain): Readonly<Record<string, Figure>> {
  const money = (cents: string | undefined): Figure =>
    order === null || cents === undefined ? { text: "—" } : { cents, currency: order.currency };
  return {
    balance: { credits: printCredits(decision.balance) },
    threshold: decision.threshold === null ? { text: "—" } : { credits: printCredits(decision.threshold) },
    quantity: { count: decision.quantity ?? 0 },
    credits: { count: decision.credits ?? 0 },
    order: { text: decision.orderId?.toString() ?? "—" },
    attempt: { count: decision.attempt ?? 0 },
    code: { text: decision.declineCode ?? "—" },
    net: money(order?.netCents),
    total: money(order?.totalCents),
    retryAt: decision.retryAt === null ? { text: "—" } : { at: decision.retryAt.toISOString() },
  };
}
