import { type Credits, printCredits } from "@/lib/credits";
import { isDue } from "@/lib/ledger/rules";
import { type Event, eventsOf } from "./chain-rules";
import {
  type Facts,
  type Figure,
  type Line,
  type LineKey,
  movedLine,
  type PaymentState,
} from "./facts-rules";

/** Was the customer charged? `pending`: that is not known yet. */
export type Verdict = "charged" | "not_charged" | "pending";

/** How the account stood at the instant asked for. Amounts as by `printCredits`, instants in ISO form. */
export type StateThen = {
  readonly at: string;
  readonly balance: string;
  /** Of the last entry; null before the first. */
  readonly sequence: string | null;
  readonly rule: "never_set" | "off" | "on" | "suspended";
  readonly threshold: string | null;
  readonly quantity: number | null;
  readonly version: number | null;
  readonly ruleSince: string | null;
  readonly payment: PaymentState | null;
  readonly orderId: string | null;
  /** Of the order, or of what the rule would have bought; without VAT and with it. */
  readonly price: {
    readonly quantity: number;
    readonly netCents: string;
    readonly totalCents: string;
    readonly currency: string;
  } | null;
};

export type Explanation = {
  readonly verdict: Line<Verdict>;
  readonly state: StateThen;
  /** From what made a recharge due to its credit or its refusal; or what kept one from being due. Oldest first. */
  readonly steps: readonly Line[];
};

/** Turns what is known into why money moved, or why none did. */
export function explain(facts: Facts): Explanation {
  return { verdict: verdictOf(facts), state: stateOf(facts), steps: stepsOf(facts) };
}

/** No customer has chosen a language of letters yet: that of the country that is billed, or English. */
export function languageOfLetters(priceList: string): "it" | "fr" | "en" {
  if (priceList === "it" || priceList === "fr") return priceList;
  return "en";
}

/** What the rule did afterwards is told, and is no reason. */
const AFTERWARDS: readonly LineKey[] = ["turned_on", "changed", "resumed_method", "resumed_purchase"];

/** The step that answers why: how the chain ended, or what kept one from being due. */
export function reasonOf(steps: readonly Line[]): Line | null {
  return steps.findLast(({ key }) => !AFTERWARDS.includes(key)) ?? steps.at(-1) ?? null;
}

function verdictOf(facts: Facts): Line<Verdict> {
  const line = (key: Verdict, figures: Line["figures"] = {}) => ({
    key,
    at: facts.at.toISOString(),
    figures,
  });
  const order = facts.purchase ?? facts.chains.findLast((chain) => chain.order !== null)?.order ?? null;
  if (order === null) return line("not_charged");
  const { state } = order;
  if (state === "paid" || state === "credited") {
    return line("charged", {
      total: { cents: order.totalCents, currency: order.currency },
      at: { at: order.paidAt ?? order.createdAt },
      credits: { count: order.quantity },
      order: { text: order.orderId },
    });
  }
  if (state === "declined" || state === "cancelled") return line("not_charged");
  return line("pending", { order: { text: order.orderId } });
}

function stateOf(facts: Facts): StateThen {
  const { rule, suspension, at } = facts;
  const isOn = rule !== null && rule.threshold !== null && rule.quantity !== null;
  const known = facts.isAnswered
    ? facts.chains.flatMap(({ decisions, order }) => decisions.map((decision) => ({ decision, order })))
    : [];
  const last = known.findLast(({ decision }) => decision.at <= at && decision.orderId !== null);
  const order = facts.purchase ?? last?.order ?? null;
  return {
    at: at.toISOString(),
    balance: printCredits(facts.balance),
    sequence: facts.entry?.sequence.toString() ?? null,
    rule: rule === null ? "never_set" : !isOn ? "off" : suspension === null ? "on" : "suspended",
    threshold: isOn ? printCredits(rule.threshold) : null,
    quantity: isOn ? rule.quantity : null,
    version: rule?.version ?? null,
    ruleSince: rule?.since.toISOString() ?? null,
    payment: facts.purchase === null ? (last?.decision.outcome ?? null) : facts.purchase.state,
    orderId: order?.orderId ?? null,
    price: order === null ? facts.price : pick(order),
  };
}

const pick = ({ quantity, netCents, totalCents, currency }: NonNullable<StateThen["price"]>) => ({
  quantity,
  netCents,
  totalCents,
  currency,
});

function stepsOf(facts: Facts): Line[] {
  if (facts.purchase !== null) return purchaseLines(facts);
  const events = facts.chains.flatMap((chain) => eventsOf(chain, facts.rule));
  const once = events.filter(
    (event, index) => event.id === null || events.findIndex(({ id }) => id === event.id) === index,
  );
  const asked = askedLines(facts, once);
  const reasons = facts.isAnswered ? [] : reasonLines(facts);
  // Stable: what happened at the same instant stays in the order of cause and effect.
  return [...once.map(({ line }) => line), ...asked, ...reasons].sort((a, b) => a.at.localeCompare(b.at));
}

/** The entry that was asked about, unless the chain begins with it; and that a recharge was open already. */
function askedLines({ asked, chains, isAnswered }: Facts, events: readonly Event[]): Line[] {
  if (asked === null || events.some(({ id }) => id === `entry ${asked.sequence.toString()}`)) return [];
  const line = movedLine(asked);
  const open = isAnswered ? chains.find(({ crossing }) => crossing.openedAt <= asked.postedAt) : undefined;
  // The credit of the chain itself stands in it already.
  if (asked.kind === "recharge") return [];
  if (open === undefined) return [line];
  const order = open.order?.orderId;
  const figures = { since: { at: open.crossing.openedAt.toISOString() }, order: { text: order ?? "—" } };
  return [line, { key: "already_open", at: asked.postedAt.toISOString(), figures }];
}

/** Why nothing was due, or nothing was bought although it was. */
function reasonLines({ at, balance, rule, suspension, nextRule, account }: Facts): Line[] {
  const then = at.toISOString();
  const shown = { balance: credits(balance), account: { text: account } };
  if (rule === null) return [{ key: "never_set", at: then, figures: shown }];
  if (rule.threshold === null || rule.quantity === null) {
    const off: Line = {
      key: "off",
      at: then,
      figures: { ...shown, since: { at: rule.since.toISOString() } },
    };
    return nextRule === null ? [off] : [off, ruleLine("turned_on", nextRule.since, nextRule)];
  }
  if (suspension !== null) {
    const since = { at: suspension.since.toISOString() };
    const held: Line = { key: "was_suspended", at: then, figures: { ...shown, since } };
    if (suspension.until === null) return [held];
    const key = suspension.endedBy === "purchase_succeeded" ? "resumed_purchase" : "resumed_method";
    return [held, { key, at: suspension.until.toISOString(), figures: {} }];
  }
  const figures = { ...shown, threshold: credits(rule.threshold), quantity: { count: rule.quantity } };
  return [{ key: isDue(balance, rule.threshold) ? "due_unanswered" : "above", at: then, figures }];
}

function purchaseLines({ purchase }: Facts): Line[] {
  if (purchase === null) return [];
  const order = { text: purchase.orderId };
  const total = { cents: purchase.totalCents, currency: purchase.currency };
  const amount = { count: purchase.quantity };
  const lines: Line[] = [
    { key: "purchase_ordered", at: purchase.createdAt, figures: { order, total, credits: amount } },
  ];
  for (const { attempt, finishedAt, outcome, code } of purchase.attempts) {
    if (finishedAt === null || outcome === null || outcome === "paid") continue;
    const figures = { order, attempt: { count: attempt }, code: { text: code ?? "—" } };
    const key = outcome === "unknown" ? "unknown" : "declined_at_last";
    lines.push({ key, at: finishedAt, figures });
  }
  if (purchase.paidAt !== null) lines.push({ key: "paid", at: purchase.paidAt, figures: { order, total } });
  if (purchase.creditedAt !== null) {
    lines.push({ key: "purchase_credited", at: purchase.creditedAt, figures: { order, credits: amount } });
  }
  return lines;
}

const credits = (amount: Credits): Figure => ({ credits: printCredits(amount) });

function ruleLine(
  key: "turned_on",
  at: Date,
  rule: { readonly threshold: Credits | null; readonly quantity: number | null },
): Line {
  const threshold = rule.threshold === null ? { text: "—" } : credits(rule.threshold);
  return { key, at: at.toISOString(), figures: { threshold, quantity: { count: rule.quantity ?? 0 } } };
}
