import "server-only";
import type { Context } from "@/lib/context";
import { wholeCredits } from "@/lib/credits";
import { dayIn } from "@/lib/day";
import type { FieldProblem } from "@/lib/failure";
import { formatCountry } from "@/lib/format";
import { LARGEST_ORDER, parseQuantity, type Quote, quoteOf } from "@/lib/orders/rules";
import type { DestinationRate, PackTier, PriceList } from "@/lib/rates/rules";
import { getPriceList, ratesOn, tiersOn } from "@/lib/rates/service";
import { type BetterPack, betterPack, type Reach, reachOf, USUAL_QUANTITY } from "./rules";

/** One tier, and what its smallest pack costs and sends. */
export type PackLine = {
  readonly tier: PackTier;
  readonly quote: Quote;
  /** Null where the list does not serve the chosen country. */
  readonly reach: Reach | null;
};

export type PacksView = {
  readonly list: PriceList;
  readonly today: string;
  /** Those that somebody can buy, smallest first. */
  readonly lines: readonly PackLine[];
  /** As typed, or the usual one. */
  readonly asked: string;
  /** The price of what was asked for, or what is wrong with it. */
  readonly quoted: { readonly quote: Quote } | { readonly problem: FieldProblem };
  readonly reach: Reach | null;
  readonly better: BetterPack | null;
  readonly rate: DestinationRate | null;
  /** The chosen country. */
  readonly country: string;
  /** The countries to choose from, by name. */
  readonly countries: readonly { readonly country: string; readonly name: string }[];
};

export type PacksQuestion = {
  readonly priceList: string;
  /** In whose days prices change. */
  readonly timeZone: string;
  readonly locale: string;
  /** As typed; empty for the usual quantity. */
  readonly quantity: string;
  /** ISO code; null for the country of the price list. */
  readonly country: string | null;
};

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
  const country = question.country !== null && rates.has(question.country) ? question.country : home;
  const rate = rates.get(country) ?? null;
  const reach = (quantity: number) => (rate === null ? null : reachOf(wholeCredits(quantity), rate.credits));
  const asked = question.quantity === "" ? USUAL_QUANTITY.toString() : question.quantity;
  const quoted = quoteOf(list, tiers, parseQuantity(asked));
  const { compare } = new Intl.Collator(locale);
  const countries = [...rates.keys()].map((code) => ({ country: code, name: formatCountry(locale, code) }));
  return {
    ...{ list, today, asked, quoted, rate, country },
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
