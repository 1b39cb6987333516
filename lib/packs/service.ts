import "server-only";
import type { Context } from "@/lib/context";
import { wholeCredits } from "@/lib/credits";
import { dayIn } from "@/lib/day";
import { formatCountry } from "@/lib/format";
import { LARGEST_ORDER, parseQuantity, quoteOf } from "@/lib/orders/rules";
import { CALLING_CODES } from "@/lib/prices/countries";
import { getPriceList, ratesOn, tiersOn } from "@/lib/rates/service";
import { betterPack, reachOf, USUAL_QUANTITY } from "./rules";
import type { PacksQuestion, PacksView } from "./schema";

/** What packs cost today and what they send. Prices are public. Null when there is no such price list. */
export async function viewPacks(
  context: Pick<Context, "db" | "now">,
  question: PacksQuestion,
): Promise<PacksView | null> {
  const { priceList, locale } = question;
  const today = dayIn(question.timeZone, context.now());
  const [list, tiers, rates] = await Promise.all([
    getPriceList(context, priceList),
    tiersOn(context, priceList, today),
    ratesOn(context, priceList, today),
  ]);
  if (list === null) return null;
  const home = priceList.toUpperCase();
  // A country that is not served stays chosen, so that the page can say so.
  const isCountry = question.country !== null && CALLING_CODES.has(question.country);
  const country = isCountry ? question.country : home;
  const rate = rates.get(country) ?? null;
  const reach = (quantity: number) => (rate === null ? null : reachOf(wholeCredits(quantity), rate.credits));
  const asked = question.quantity === "" ? USUAL_QUANTITY.toString() : question.quantity;
  const quoted = quoteOf(list, tiers, parseQuantity(asked));
  const { compare } = new Intl.Collator(locale);
  const countries = [...new Set([...rates.keys(), country])].map((code) => ({
    country: code,
    name: formatCountry(locale, code),
  }));
  return {
    list,
    today,
    asked,
    quoted,
    rate,
    country,
    lines: tiers.flatMap((tier) => {
      if (tier.quantityMin > LARGEST_ORDER) return [];
      const line = quoteOf(list, tiers, tier.quantityMin);
      return "quote" in line ? [{ tier, quote: line.quote, reach: reach(tier.quantityMin) }] : [];
    }),
    reach: "quote" in quoted ? reach(quoted.quote.quantity) : null,
    better: "quote" in quoted ? betterPack(list, tiers, quoted.quote) : null,
    countries: countries.sort((a, b) => compare(a.name, b.name)),
  };
}
