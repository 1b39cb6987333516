import "server-only";
import { and, asc, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { destinationRates, packPrices, priceLists, priceVersion } from "@/db/schema/rates";
import { creditsOf } from "@/lib/credits";
import { microsOf } from "@/lib/money";
import type { DestinationRate, PackTier, PriceList } from "./rules";

/** Counted up in the transaction that changes a list. */
export async function readPriceVersion(db: Database): Promise<bigint> {
  const [row] = await db.select({ version: priceVersion.version }).from(priceVersion);
  if (row === undefined) throw new Error("the version of the price lists is not there");
  return row.version;
}

/** Null if there is no such list. */
export async function readPriceList(db: Database, priceList: string): Promise<PriceList | null> {
  const [row] = await db.select().from(priceLists).where(eq(priceLists.priceList, priceList));
  return row === undefined ? null : { ...row, vat: BigInt(row.vatBasisPoints) };
}

/**
 * The rate of each country that holds on a day: the latest row not after it. A day before the list's first counts
 * as that first.
 */
export async function readRates(db: Database, priceList: string, date: string): Promise<DestinationRate[]> {
  const rows = await db
    .selectDistinctOn([destinationRates.country])
    .from(destinationRates)
    .where(
      and(
        eq(destinationRates.priceList, priceList),
        sql`${destinationRates.validFrom} <= greatest(${date}::date,
          (select min(valid_from) from destination_rates where price_list = ${priceList}))`,
      ),
    )
    .orderBy(asc(destinationRates.country), sql`${destinationRates.validFrom} desc`);
  return rows.map(({ country, callingCode, validFrom, source, creditThousandths }) => ({
    country,
    callingCode,
    validFrom,
    source,
    credits: creditsOf(creditThousandths),
  }));
}

/** The tiers that hold on a day, smallest first: all those of the latest date not after it, none of an older one. */
export async function readTiers(db: Database, priceList: string, date: string): Promise<PackTier[]> {
  const rows = await db
    .select()
    .from(packPrices)
    .where(
      and(
        eq(packPrices.priceList, priceList),
        sql`${packPrices.validFrom} = (select max(valid_from) from pack_prices
          where price_list = ${priceList} and valid_from <= greatest(${date}::date,
            (select min(valid_from) from pack_prices where price_list = ${priceList})))`,
      ),
    )
    .orderBy(asc(packPrices.quantityMin));
  return rows.map(({ quantityMin, quantityMax, validFrom, source, unitPriceMicros }) => ({
    quantityMin,
    quantityMax,
    validFrom,
    source,
    unitPrice: microsOf(unitPriceMicros),
  }));
}

export type ListedPrices = {
  readonly priceLists: readonly PriceList[];
  readonly rates: readonly (DestinationRate & { readonly priceList: string })[];
  readonly tiers: readonly (PackTier & { readonly priceList: string })[];
};

/**
 * Writes lists in one transaction. A rate replaces that of its list, country and date; the tiers of one list and
 * date replace all that stood there, because they only make sense together. Nothing else is removed. With `keep`,
 * what stands there already stays as it is.
 */
export async function writePriceLists(
  db: Database,
  given: ListedPrices,
  existing: "replace" | "keep" = "replace",
): Promise<void> {
  await db.transaction(async (tx) => {
    const listed = existing === "keep" ? await withoutExisting(tx, given) : given;
    if (listed.priceLists.length > 0) {
      await tx
        .insert(priceLists)
        .values(listed.priceLists.map(({ vat, ...list }) => ({ ...list, vatBasisPoints: Number(vat) })))
        .onConflictDoUpdate({
          target: priceLists.priceList,
          set: {
            currency: sql`excluded.currency`,
            vatBasisPoints: sql`excluded.vat_basis_points`,
            vatSource: sql`excluded.vat_source`,
          },
        });
    }
    if (listed.rates.length > 0) {
      await tx
        .insert(destinationRates)
        .values(listed.rates.map(({ credits, ...rate }) => ({ ...rate, creditThousandths: credits })))
        .onConflictDoUpdate({
          target: [destinationRates.priceList, destinationRates.country, destinationRates.validFrom],
          set: {
            callingCode: sql`excluded.calling_code`,
            creditThousandths: sql`excluded.credit_thousandths`,
            source: sql`excluded.source`,
          },
        });
    }
    const tierSets = new Map(listed.tiers.map((tier) => [`${tier.priceList} ${tier.validFrom}`, tier]));
    for (const { priceList, validFrom } of tierSets.values()) {
      await tx
        .delete(packPrices)
        .where(and(eq(packPrices.priceList, priceList), eq(packPrices.validFrom, validFrom)));
    }
    if (listed.tiers.length > 0) {
      await tx
        .insert(packPrices)
        .values(listed.tiers.map(({ unitPrice, ...tier }) => ({ ...tier, unitPriceMicros: unitPrice })));
    }
    await tx.update(priceVersion).set({ version: sql`${priceVersion.version} + 1` });
  });
}

/** Leaves out the lists that there are, and the rates and the tiers of whose list and date (and country) there are any. */
async function withoutExisting(db: Database, listed: ListedPrices): Promise<ListedPrices> {
  const lists = await db.select({ priceList: priceLists.priceList }).from(priceLists);
  const rates = await db
    .select({
      priceList: destinationRates.priceList,
      date: destinationRates.validFrom,
      of: destinationRates.country,
    })
    .from(destinationRates);
  const tiers = await db
    .selectDistinct({ priceList: packPrices.priceList, date: packPrices.validFrom })
    .from(packPrices);
  const knownLists = new Set(lists.map(({ priceList }) => priceList));
  const known = new Set(rates.map(({ priceList, date, of }) => `${priceList} ${date} ${of}`));
  const knownSets = new Set(tiers.map(({ priceList, date }) => `${priceList} ${date}`));
  return {
    priceLists: listed.priceLists.filter(({ priceList }) => !knownLists.has(priceList)),
    rates: listed.rates.filter((rate) => !known.has(`${rate.priceList} ${rate.validFrom} ${rate.country}`)),
    tiers: listed.tiers.filter((tier) => !knownSets.has(`${tier.priceList} ${tier.validFrom}`)),
  };
}
