import "server-only";
import { LRUCache } from "lru-cache";
import type { AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { addDays, dayIn, startOfDay } from "@/lib/day";
import { ok, fail, type Result } from "@/lib/failure";
import { microsOf } from "@/lib/money";
import { LARGEST_ORDER } from "@/lib/orders/rules";
import type { PackTier } from "@/lib/rates/rules";
import { getPriceList, tiersOn } from "@/lib/rates/service";
import { cheapestPacks, messagesByMix, type PackSize, type Sent } from "./rules";
import type { MixView } from "./schema";
import { readBought, readSentByCountry } from "./store";

/** Today and the days before it. */
const DAYS = 90;

/*
 * What was sent in ninety days hardly changes from one minute to the next, and adding it up is the costly part: it is
 * kept for a minute. The balance is always the one of now.
 */
const kept = new LRUCache<string, Sent[]>({ max: 1000, ttl: 60_000 });

/** How an account uses its credits. Another customer's account is `not_found`. */
export async function getMix(context: Context, key: AccountKey): Promise<Result<MixView>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const { priceList, timeZone, balance } = account.value;
  const today = dayIn(timeZone, context.now());
  const since = startOfDay(addDays(today, 1 - DAYS), timeZone);
  const [list, tiers, sent, packs] = await Promise.all([
    getPriceList(context, priceList),
    tiersOn(context, priceList, today),
    sentSince(context, key, since),
    readBought(context.db, key, since),
  ]);
  if (list === null) return fail({ code: "not_found" });
  const quantity = packs.reduce((sum, pack) => sum + pack.quantity * pack.count, 0);
  const netMicros = microsOf(packs.reduce((sum, pack) => sum + pack.netMicros, 0n));
  const cheapest = cheapestPacks(sizesOf(tiers), quantity);
  const larger = cheapest !== null && cheapest.netMicros < netMicros ? cheapest : null;
  return ok({
    days: DAYS,
    messages: messagesByMix(balance, sent),
    sent,
    bought: packs.length === 0 ? null : { packs, quantity, netMicros, larger },
    currency: list.currency,
    vat: list.vat,
  });
}

/** The packs to choose from: each tier's smallest. */
function sizesOf(tiers: readonly PackTier[]): PackSize[] {
  return tiers
    .filter(({ quantityMin }) => quantityMin <= LARGEST_ORDER)
    .map(({ quantityMin, unitPrice }) => ({
      quantity: quantityMin,
      netMicros: microsOf(BigInt(quantityMin) * unitPrice),
    }));
}

async function sentSince({ db }: Context, key: AccountKey, since: Date): Promise<Sent[]> {
  const name = `${key.customerId} ${key.serviceName} ${since.toISOString()}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  const sent = await readSentByCountry(db, key, since);
  kept.set(name, sent);
  return sent;
}
