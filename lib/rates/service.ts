import "server-only";
import { LRUCache } from "lru-cache";
import type { Context } from "@/lib/context";
import type { DestinationRate, PackTier, PriceList } from "./rules";
import { readPriceList, readPriceVersion, readRates, readTiers } from "./store";

/*
 * Prices and rates are public: these reads ask for no caller. Each takes a day, "2026-10-01", in the customer's time
 * zone (`dayIn`). The latest row whose `valid_from` is not after that day holds; before the first date of a list its
 * first rows hold, so that an account that is older than the list can send and buy.
 *
 * What was read is kept in each process, by list and day, so that a send costs no query here. Each change of a list
 * counts up the version of them all, which is looked at every half second: that is how long a change may take to be in
 * force everywhere, without a restart and without a word between processes. Rows changed by hand take five seconds.
 */

// By the clock of the process, not the context's: that one may stand in the past, and prices change in the present.
const KEPT = { max: 500, ttl: 5000 };
const VERSION_KEPT_MS = 500;

type Kept<Value> = LRUCache<string, Promise<Value>>;

type KeptPrices = {
  version: { readonly readAt: number; readonly value: bigint } | null;
  /** For all who ask while it is being read. */
  reading: Promise<bigint> | null;
  readonly rates: Kept<ReadonlyMap<string, DestinationRate>>;
  readonly tiers: Kept<readonly PackTier[]>;
  readonly lists: Kept<PriceList | null>;
};

declare global {
  // On the global object, because the framework evaluates this module once for each of its bundles, and what one of
  // them draws is kept by another under the version that it knows.
  var ricaricaPrices: KeptPrices | undefined;
}

const kept = (): KeptPrices =>
  (globalThis.ricaricaPrices ??= {
    version: null,
    reading: null,
    rates: new LRUCache(KEPT),
    tiers: new LRUCache(KEPT),
    lists: new LRUCache(KEPT),
  });

/** What is told of the lists holds as long as this number stays. At most half a second old; null if it is older. */
export function knownPricesVersion(): bigint | null {
  const known = kept().version;
  return known !== null && known.readAt + VERSION_KEPT_MS > performance.now() ? known.value : null;
}

/** As above, read if it is older. */
export async function pricesVersion({ db }: Pick<Context, "db">): Promise<bigint> {
  const known = knownPricesVersion();
  if (known !== null) return known;
  const prices = kept();
  // Who reads it may do so in a transaction that fails: the others then read it by themselves.
  if (prices.reading !== null) return prices.reading.catch(() => readVersion(prices, db));
  prices.reading = readVersion(prices, db).finally(() => {
    prices.reading = null;
  });
  return prices.reading;
}

async function readVersion(prices: KeptPrices, db: Context["db"]): Promise<bigint> {
  const readAt = performance.now();
  const value = await readPriceVersion(db);
  prices.version = { readAt, value };
  return value;
}

async function keep<Value>(
  values: Kept<Value>,
  key: string,
  { db }: Pick<Context, "db">,
  read: () => Promise<Value>,
): Promise<Value> {
  // Looked at before the lists are read: what is older than a change is never kept under its number.
  const version = await pricesVersion({ db });
  const versioned = `${version.toString()} ${key}`;
  const found = values.get(versioned);
  if (found !== undefined) return found;
  const value = read();
  values.set(versioned, value);
  value.catch(() => {
    if (values.peek(versioned) === value) values.delete(versioned);
  });
  return value;
}

/** Forgets what this process keeps, for whoever has just changed a list. */
export function forgetRates(): void {
  globalThis.ricaricaPrices = undefined;
}

/** What one part to each served country costs on a day, by country code. */
export function ratesOn(
  { db }: Pick<Context, "db">,
  priceList: string,
  date: string,
): Promise<ReadonlyMap<string, DestinationRate>> {
  return keep(kept().rates, `${priceList} ${date}`, { db }, async () => {
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
  return keep(kept().tiers, `${priceList} ${date}`, { db }, () => readTiers(db, priceList, date));
}

/** Currency and VAT of a list; null if there is no such list. */
export function getPriceList({ db }: Pick<Context, "db">, priceList: string): Promise<PriceList | null> {
  return keep(kept().lists, priceList, { db }, () => readPriceList(db, priceList));
}
