import "server-only";
import type { AccountDetail, AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { NO_CREDITS } from "@/lib/credits";
import { dayIn } from "@/lib/day";
import { fail, ok, type Result } from "@/lib/failure";
import { listEntries } from "@/lib/ledger/history-service";
import type { LedgerEntry } from "@/lib/ledger/rules";
import { quoteOf } from "@/lib/orders/rules";
import { getOrder } from "@/lib/orders/service";
import { creditsToBuy } from "@/lib/recharge/rules";
import { getPriceList, tiersOn } from "@/lib/rates/service";
import { isRowNumber } from "@/lib/search-parameters";
import { chainsFrom } from "./chain-service";
import { explain, type Explanation, languageOfLetters } from "./explain-rules";
import { type Facts, type PurchaseThen, type RuleThen, suspensionAt } from "./facts-rules";
import {
  readAttemptFacts,
  readCrossing,
  readCrossingOfRecharge,
  readDecision,
  readNextRuleOn,
  readRuleAt,
  readSuspension,
} from "./facts-store";

/** What somebody asks about: an instant, an entry by its number, an order, or a line of the decision log. */
export type Asked =
  /** With `since`, all that happened between the two counts as of the instant: a minute, as people name one. */
  | { readonly at: Date; readonly since?: Date }
  | { readonly sequence: string }
  | { readonly orderId: string }
  | { readonly decisionId: string };

/** With what a page draws it by: the zone of its instants, and the language in which the customer gets it. */
export type Explained = Explanation & {
  readonly account: Pick<AccountDetail, "customerId" | "customerName" | "serviceName" | "name" | "timeZone">;
  readonly language: ReturnType<typeof languageOfLetters>;
};

/** Why an account was charged, or was not. Fails with `not_found`, also for an entry or an order of another account. */
export async function explainMoment(
  context: Context,
  key: AccountKey,
  asked: Asked,
): Promise<Result<Explained>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const subject = await subjectOf(context, key, asked);
  if (subject === null) return fail({ code: "not_found" });
  const facts = await factsOf(context, account.value, subject);
  const { customerId, customerName, serviceName, name, timeZone, priceList } = account.value;
  return ok({
    ...explain(facts),
    account: { customerId, customerName, serviceName, name, timeZone },
    language: languageOfLetters(priceList),
  });
}

/** What was asked about, found. `crossing` undefined: whichever was open at that instant. */
type Subject = {
  readonly at: Date;
  readonly since?: Date;
  readonly entry: LedgerEntry | null;
  readonly crossing: number | null | undefined;
  readonly purchase: PurchaseThen | null;
};

async function subjectOf(context: Context, key: AccountKey, asked: Asked): Promise<Subject | null> {
  if ("at" in asked) return { ...asked, entry: null, crossing: undefined, purchase: null };
  if ("sequence" in asked) return entrySubject(context, key, asked.sequence);
  if ("orderId" in asked) return orderSubject(context, key, asked.orderId);
  if (!isRowNumber(asked.decisionId)) return null;
  const found = await readDecision(context.db, key, BigInt(asked.decisionId));
  if (found === null) return null;
  return { at: found.at, entry: null, crossing: found.crossing ?? undefined, purchase: null };
}

async function entrySubject(context: Context, key: AccountKey, sequence: string): Promise<Subject | null> {
  if (!isRowNumber(sequence)) return null;
  const page = await listEntries(context, key, { before: BigInt(sequence) + 1n, limit: 1 });
  const entry = page.ok ? page.value.entries[0] : undefined;
  if (entry?.sequence.toString() !== sequence) return null;
  const { kind, idempotencyKey, postedAt: at } = entry;
  if (kind === "purchase") {
    const bought = await orderSubject(context, key, idempotencyKey.replace(/^order:/, ""));
    return bought === null ? null : { ...bought, at, entry };
  }
  const crossing =
    kind === "recharge"
      ? await crossingOfRecharge(context, key, idempotencyKey)
      : (await readCrossing(context.db, key, { sequence: entry.sequence, at }))?.crossing;
  return { at, entry, crossing: crossing ?? undefined, purchase: null };
}

async function crossingOfRecharge(context: Context, key: AccountKey, idempotencyKey: string) {
  const [, rechargeId] = /^recharge:([0-9a-f-]{36})$/.exec(idempotencyKey) ?? [];
  return rechargeId === undefined ? null : readCrossingOfRecharge(context.db, key, { rechargeId });
}

async function orderSubject(context: Context, key: AccountKey, orderId: string): Promise<Subject | null> {
  const found = await getOrder(context, key.customerId, orderId);
  if (!found.ok || found.value.serviceName !== key.serviceName) return null;
  const order = found.value;
  const at = new Date(order.createdAt);
  const id = BigInt(orderId);
  if (order.kind === "recharge") {
    const crossing = await readCrossingOfRecharge(context.db, key, { orderId: id });
    return { at, entry: null, crossing, purchase: null };
  }
  const attempts = await readAttemptFacts(context.db, key, id);
  const told = attempts.map((one) => ({ ...one, finishedAt: one.finishedAt?.toISOString() ?? null }));
  return { at, entry: null, crossing: null, purchase: { ...order, attempts: told } };
}

async function factsOf(context: Context, account: AccountDetail, subject: Subject): Promise<Facts> {
  const { customerId, serviceName } = account;
  const key = { customerId, serviceName };
  const { at, purchase } = subject;
  const [entry, rule, traces, crossing] = await Promise.all([
    subject.entry ?? lastEntry(context, key, at),
    readRuleAt(context.db, key, at),
    readSuspension(context.db, key, at),
    crossingThen(context, key, subject),
  ]);
  const balance = entry?.balanceAfter ?? NO_CREDITS;
  const suspension = suspensionAt(at, traces);
  const isAnswered = crossing !== null;
  const isOff = rule !== null && rule.threshold === null;
  const telling = crossing ?? (suspension === null || isOff ? null : traces.crossing);
  const [chains, nextRule, price] = await Promise.all([
    telling === null ? [] : chainsFrom(context, key, telling),
    isOff ? readNextRuleOn(context.db, key, rule.version) : null,
    priceThen(context, account, at, rule, balance),
  ]);
  return {
    account: serviceName,
    at,
    balance,
    entry,
    asked: subject.entry,
    rule,
    nextRule,
    suspension,
    chains: purchase === null ? chains : [],
    isAnswered,
    purchase,
    price,
  };
}

async function lastEntry(context: Context, key: AccountKey, at: Date): Promise<LedgerEntry | null> {
  // A page ends before its instant, and what was posted at the instant itself counts.
  const page = await listEntries(context, key, { to: new Date(at.getTime() + 1), limit: 1 });
  return page.ok ? (page.value.entries[0] ?? null) : null;
}

/** The number of the crossing that was asked about, or that was open at that instant. */
async function crossingThen(context: Context, key: AccountKey, subject: Subject): Promise<number | null> {
  if (subject.crossing !== undefined) return subject.crossing;
  const { at, since = at } = subject;
  const last = await readCrossing(context.db, key, { openedUntil: at });
  if (last === null || (last.closedAt !== null && last.closedAt < since)) return null;
  // Of entries with one instant, those before the one that crossed had nothing open.
  if (subject.entry !== null && subject.entry.sequence < last.sequence) return null;
  return last.crossing;
}

/** What the rule of that instant would have cost on that day; null where there was none. */
async function priceThen(
  context: Context,
  { priceList, timeZone }: AccountDetail,
  at: Date,
  rule: RuleThen | null,
  balance: Facts["balance"],
): Promise<Facts["price"]> {
  if (rule?.quantity == null || rule.threshold === null) return null;
  const [list, tiers] = await Promise.all([
    getPriceList(context, priceList),
    tiersOn(context, priceList, dayIn(timeZone, at)),
  ]);
  if (list === null) return null;
  const needed = creditsToBuy(balance, rule.threshold, rule.quantity);
  const quoted = quoteOf(list, tiers, needed === 0 ? rule.quantity : needed);
  if (!("quote" in quoted)) return null;
  const { quantity, netCents, totalCents, currency } = quoted.quote;
  return { quantity, netCents: netCents.toString(), totalCents: totalCents.toString(), currency };
}
