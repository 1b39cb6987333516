import type { Context } from "@/lib/context";
import { dayIn } from "@/lib/day";
import { timesCredits, THOUSANDTHS_PER_CREDIT, wholeCredits } from "@/lib/credits";
import { divideHalfUp, microsOf, type Micros } from "@/lib/money";
import { messagesFor, type DestinationRate, type PackTier, type PriceList } from "@/lib/rates/rules";
import { getPriceList, rateOn, tiersOn } from "@/lib/rates/service";
import { CALLS } from "../calls/table";
import { routeAdapter, type Outcome } from "../route-adapter";
import { englishName, invalidArgument, type ApiProblem } from "../errors";
import { creditsToWire, priceOfMicros, priceOfPack } from "../wire/amounts";

/** Open calls know no customer and so no time zone: prices change at midnight of the lists' home. */
const TIME_ZONE = "Europe/Rome";

type Prices = {
  readonly list: PriceList;
  readonly rate: DestinationRate;
  readonly tiers: readonly PackTier[];
};

export const getDestinationRate = routeAdapter(CALLS.getDestinationRate, async ({ query }, server) => {
  const prices = await pricesOf(server, query.country, query.billingCountry);
  if (!prices.ok) return prices;
  const { list, rate, tiers } = prices.value;
  const [smallest] = tiers;
  if (smallest === undefined) return { ok: false, problem: noRate(query.country, query.billingCountry) };
  return {
    ok: true,
    value: {
      country: rate.country.toLowerCase(),
      countryCode: rate.callingCode,
      credit: creditsToWire(rate.credits),
      price: priceOfMicros(priceOfPart(rate, smallest), list.currency),
    },
  };
});

export const listPackTiers = routeAdapter(CALLS.listPackTiers, async ({ query }, server) => {
  const prices = await pricesOf(server, query.country, query.billingCountry);
  if (!prices.ok) return prices;
  const { list, rate, tiers } = prices.value;
  return {
    ok: true,
    value: tiers.map((tier) => ({
      country: rate.country.toLowerCase(),
      creditQuantityMin: tier.quantityMin,
      creditQuantityMax: tier.quantityMax,
      creditPrice: priceOfMicros(tier.unitPrice, list.currency),
      smsPrice: priceOfMicros(priceOfPart(rate, tier), list.currency),
      packPrice: priceOfPack(microsOf(BigInt(tier.quantityMin) * tier.unitPrice), list.currency),
      smsQuantity: Number(messagesFor(wholeCredits(tier.quantityMin), rate)),
    })),
  };
});

/** One part in millionths of the currency, rounded half up where a list is finer than that. */
function priceOfPart(rate: DestinationRate, tier: PackTier): Micros {
  return microsOf(divideHalfUp(timesCredits(rate.credits, tier.unitPrice), THOUSANDTHS_PER_CREDIT));
}

async function pricesOf(
  server: Pick<Context, "db" | "now">,
  country: string,
  billingCountry: string,
): Promise<Outcome<Prices>> {
  const priceList = billingCountry.toLowerCase();
  const list = await getPriceList(server, priceList);
  if (list === null) {
    return {
      ok: false,
      problem: invalidArgument("billingCountry", "a country that has a price list, such as it"),
    };
  }
  const day = dayIn(TIME_ZONE, server.now());
  const [rate, tiers] = await Promise.all([
    rateOn(server, priceList, country.toUpperCase(), day),
    tiersOn(server, priceList, day),
  ]);
  if (rate === null) return { ok: false, problem: noRate(country, billingCountry) };
  return { ok: true, value: { list, rate, tiers } };
}

const noRate = (country: string, billingCountry: string): ApiProblem => ({
  status: 404,
  errorCode: "NOT_FOUND",
  message: `There is no rate for ${englishName(country.toUpperCase())} on the price list of ${englishName(billingCountry.toUpperCase())}`,
});
