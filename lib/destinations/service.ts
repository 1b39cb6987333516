import "server-only";
import type { Context } from "@/lib/context";
import { dayIn } from "@/lib/day";
import { formatCountry } from "@/lib/format";
import { microsOf } from "@/lib/money";
import { countryOfNumber } from "@/lib/messages/phone-number";
import { CALLING_CODES } from "@/lib/prices/countries";
import { priceListNames } from "@/lib/prices/service";
import { tierFor } from "@/lib/rates/rules";
import { getPriceList, ratesOn, tiersOn } from "@/lib/rates/service";
import type { DestinationsAddress } from "./address-rules";
import { wordsOf } from "./names";
import { changesBetween, destinationOf, sortDestinations } from "./rules";
import type { DestinationsView, PriceReader } from "./schema";
import { foldQuery, isFound, isInternational, isNumber } from "./search-rules";

const ZERO = microsOf(0n);

/** What the page of destinations shows for an address. Null when there is no price list at all. */
export async function viewDestinations(
  context: Pick<Context, "db" | "now">,
  address: DestinationsAddress,
  reader: PriceReader,
): Promise<DestinationsView | null> {
  const lists = await priceListNames(context);
  const name = choosePriceList(lists, address.list, reader);
  const list = name === null ? null : await getPriceList(context, name);
  if (list === null) return null;
  const today = dayIn(reader.timeZone, context.now());
  const date = address.date ?? today;
  const [rates, tiers, before] = await Promise.all([
    ratesOn(context, list.priceList, date),
    tiersOn(context, list.priceList, date),
    address.against === null ? null : ratesOn(context, list.priceList, address.against),
  ]);
  const tier = tierFor(tiers, address.quantity) ?? tiers[0] ?? null;
  const { compare } = new Intl.Collator(reader.locale);
  const nameOf = (country: string) => formatCountry(reader.locale, country);
  const found = finder(address.query);
  // A balance in messages makes sense by the rates that its customer pays.
  const balance = list.priceList === reader.priceList ? reader.balance : null;
  const figures = { unitPrice: tier?.unitPrice ?? ZERO, balance };
  const all = [...rates.values()].map((rate) => {
    const words = wordsOf(rate.country, rate.callingCode);
    return destinationOf(rate, { name: nameOf(rate.country), words }, figures);
  });
  const rows = sortDestinations(all, address.sort, address.direction, compare).map((row) => ({
    ...row,
    isShown: found.has(row.country, row.words),
  }));
  const notServed = [...CALLING_CODES]
    .filter(([country]) => !rates.has(country))
    .map(([country, code]) => ({
      country,
      name: nameOf(country),
      isFound: address.query !== "" && found.has(country, wordsOf(country, code)),
    }));
  const changes = before === null ? null : changesBetween(before, rates);
  const byName = (a: { name: string }, b: { name: string }) => compare(a.name, b.name);
  return {
    list,
    lists,
    today,
    date,
    tiers,
    tier,
    rows,
    shownCount: rows.filter(({ isShown }) => isShown).length,
    numberOf: found.number === null ? null : { country: found.number, isServed: rates.has(found.number) },
    notServed: notServed.sort(byName),
    changes: changes?.map((change) => ({ ...change, name: nameOf(change.country) })).sort(byName) ?? null,
  };
}

/** The list asked for, else the reader's own, else that of his language, else the first. */
export function choosePriceList(
  lists: readonly string[],
  asked: string | null,
  reader: Pick<PriceReader, "locale" | "priceList">,
): string | null {
  const wanted = [asked, reader.priceList, reader.locale, "it"];
  return wanted.find((name): name is string => name !== null && lists.includes(name)) ?? lists[0] ?? null;
}

/**
 * A whole telephone number finds its one country; everything else is compared with the words of each. A number that is
 * none anywhere finds nothing: its first digits would name a country only if they were a calling code.
 */
function finder(query: string) {
  const folded = foldQuery(query);
  const number = isNumber(folded) ? countryOfNumber(folded) : null;
  const isLost = number === null && isNumber(folded) && !isInternational(query);
  const has = (country: string, words: string) =>
    number === null ? !isLost && isFound(words, folded) : country === number;
  return { number, has };
}
