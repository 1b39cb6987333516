import "server-only";
import { LRUCache } from "lru-cache";
import type { Context } from "@/lib/context";
import type { DestinationRate, PackTier, PriceList } from "./rules";
import { readPriceList, readRates, readTiers } from "./store";

/*
 * Prices and rates are public: these reads ask for no caller. Each takes a day, "2026-10-01", in the customer's time
 * zone (`dayIn`). The latest row whose `valid_from` is not after that day holds; before the first date of a list its
 * first rows hold, so that an account that is older than the list can send and buy.
 *
 * What was read is kept for a few seconds in each process, by list and day, so that a send costs no query here. A
 * newly loaded list is in force everywhere after that time, without a restart and without a word between processes.
 */

type Kept<Value> = LRUCache<string, Promise<Value>>;

// By the clock of the process, not the context's: that one may stand in the past, and prices change in the present.
const KEPT = { max: 500, ttl: 5000 };

const ratesKept: Kept<ReadonlyMap<string, DestinationRate>> = new LRUCache(KEPT);
const tiersKept: Kept<readonly PackTier[]> = new LRUCache(KEPT);
const listsKept: Kept<PriceList | null> = new LRUCache(KEPT);

function keep<Value>(kept: Kept<Value>, key: string, read: () => Promise<Value>): Promise<Value> {
  const found = kept.get(key);
  if (found !== undefined) return found;
  const value = read();
  kept.set(key, value);
  value.catch(() => {
    if (kept.peek(key) === value) kept.delete(key);
  });
  return value;
}

/** Forgets what this process keeps, for whoever has just changed a list. */
export function forgetRates(): void {
  ratesKept.clear();
  tiersKept.clear();
  listsKept.clear();
}

/** What one part to each served country costs on a day, by country code. */
export function ratesOn(
  { db }: Pick<Context, "db">,
  priceList: string,
  date: string,
): Promise<ReadonlyMap<string, DestinationRate>> {
  return keep(ratesKept, `${priceList} ${date}`, async () => {
    const rates = await readRates(db, priceList, date);
    return new Map(rates.map((rate) => [rate.country, rate]));
  });
}

/** What one part to a country costs on a day; null if the list does not serve it. */
export async function rateOn(
  context: Pick<Context, "db">,
  priceList: string,
  country: string,
  date: string,
): Promise<DestinationRate | null> {
  return (await ratesOn(context, priceList, date)).get(country) ?? null;
}

/** The tiers of the price of a credit on a day, smallest first; empty if there is no such list. */
export function tiersOn(
  { db }: Pick<Context, "db">,
  priceList: string,
  date: string,
): Promise<readonly PackTier[]> {
  return keep(tiersKept, `${priceList} ${date}`, () => readTiers(db, priceList, date));
}

/** Currency and VAT of a list; null if there is no such list. */
export function getPriceList({ db }: Pick<Context, "db">, priceList: string): Promise<PriceList | null> {
  return keep(listsKept, priceList, () => readPriceList(db, priceList));
}
