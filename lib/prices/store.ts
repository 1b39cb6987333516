import "server-only";
import { asc, inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { destinationRates, packPrices, priceLists } from "@/db/schema/rates";
import { creditsOf } from "@/lib/credits";
import { microsOf } from "@/lib/money";
import type { ChargedDay, ChargedRateDay } from "./past-rules";
import type { RateRow, TierRow } from "./rules";

/** One import at a time: the second sees what the first wrote. Held until the transaction ends. */
export async function lockPrices(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('ricarica.prices'))`);
}

/** Currency by price list. */
export async function readCurrencies(db: Database): Promise<Map<string, string>> {
  const rows = await db
    .select({ priceList: priceLists.priceList, currency: priceLists.currency })
    .from(priceLists)
    .orderBy(asc(priceLists.priceList));
  return new Map(rows.map((row) => [row.priceList, row.currency]));
}

/** Every rate that ever held or will, of some lists, in the order of an exported file. */
export async function readEveryRate(
  db: Database,
  lists: readonly string[],
): Promise<Omit<RateRow, "line">[]> {
  const rows = await db
    .select()
    .from(destinationRates)
    .where(inArray(destinationRates.priceList, [...lists]))
    .orderBy(asc(destinationRates.priceList), asc(destinationRates.country), asc(destinationRates.validFrom));
  return rows.map(({ creditThousandths, ...row }) => ({ ...row, credits: creditsOf(creditThousandths) }));
}

/** Every tier that ever held or will, of some lists, in the order of an exported file. */
export async function readEveryTier(
  db: Database,
  lists: readonly string[],
): Promise<Omit<TierRow, "line">[]> {
  const rows = await db
    .select()
    .from(packPrices)
    .where(inArray(packPrices.priceList, [...lists]))
    .orderBy(asc(packPrices.priceList), asc(packPrices.validFrom), asc(packPrices.quantityMin));
  return rows.map(({ unitPriceMicros, ...row }) => ({ ...row, unitPrice: microsOf(unitPriceMicros) }));
}

/** The days, each in its customer's time zone, on which messages were charged. Every day when `since` is null. */
export async function readChargedRateDays(
  db: Database,
  lists: readonly string[],
  since: string | null,
): Promise<ChargedRateDay[]> {
  // A day begins up to 14 hours before it does in UTC; two days earlier is early enough for every zone.
  const rows = await db.execute<{ price_list: string; country: string; day: string }>(sql`
    select c.price_list, r.country, to_char(m.sent_at at time zone c.time_zone, 'YYYY-MM-DD') as day
    from messages m
      join customers c using (customer_id)
      join message_recipients r using (customer_id, message_id)
    where c.price_list in ${[...lists]}
      and m.sent_at >= coalesce(${since}::date - 2, '-infinity')
    group by 1, 2, 3`);
  return rows.map(({ price_list, country, day }) => ({ priceList: price_list, country, day }));
}

/** As above, the days on which orders were made. */
export async function readChargedPackDays(
  db: Database,
  lists: readonly string[],
  since: string | null,
): Promise<ChargedDay[]> {
  const rows = await db.execute<{ price_list: string; day: string }>(sql`
    select o.price_list, to_char(o.created_at at time zone c.time_zone, 'YYYY-MM-DD') as day
    from orders o
      join customers c using (customer_id)
    where o.price_list in ${[...lists]}
      and o.created_at >= coalesce(${since}::date - 2, '-infinity')
    group by 1, 2`);
  return rows.map(({ price_list, day }) => ({ priceList: price_list, day }));
}
