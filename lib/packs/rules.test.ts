import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { creditsOf, wholeCredits } from "@/lib/credits";
import { microsOf } from "@/lib/money";
import { LARGEST_ORDER, type Quote, quoteOf } from "@/lib/orders/rules";
import type { PriceList } from "@/lib/rates/rules";
import { parsePriceFiles, readPriceFiles } from "@/lib/rates/load";
import { sourceKindOf } from "@/lib/prices/source-rules";
import { betterPack, packReach, reachOf } from "./rules";

const shipped = parsePriceFiles(await readPriceFiles());
const tiersOf = (list: string) => shipped.tiers.filter((tier) => tier.priceList === list);
const listOf = (name: string): PriceList => {
  const list = shipped.priceLists.find((one) => one.priceList === name);
  if (list === undefined) throw new Error(`no price list ${name}`);
  return list;
};
const LISTS = ["it", "fr"] as const;
const anyQuantity = fc.integer({ min: 100, max: LARGEST_ORDER });

function quote(name: string, quantity: number): Quote {
  const quoted = quoteOf(listOf(name), tiersOf(name), quantity);
  if (!("quote" in quoted)) throw new Error(`${quantity} is refused`);
  return quoted.quote;
}
const better = (name: string, quantity: number) =>
  betterPack(listOf(name), tiersOf(name), quote(name, quantity));

describe("the price of any quantity from 100 to 1,000,000", () => {
  test("adds up, and the VAT is that of the rounded net, in each list", () => {
    fc.assert(
      fc.property(fc.constantFrom(...LISTS), anyQuantity, (name, quantity) => {
        const { unitPrice, vat, netMicros, netCents, vatCents, totalCents } = quote(name, quantity);
        expect(netMicros).toBe(BigInt(quantity) * unitPrice);
        expect(netCents + vatCents).toBe(totalCents);
        // Half up means: above it by at most half a cent, below it by less.
        const netError = 2n * (netCents * 10_000n - netMicros);
        expect(netError > -10_000n && netError <= 10_000n).toBe(true);
        const vatError = 2n * (vatCents * 10_000n - netCents * vat);
        expect(vatError > -10_000n && vatError <= 10_000n).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(LISTS.flatMap((name) => tiersOf(name).map((tier) => [name, tier.quantityMin, tier] as const)))(
    "in list %s, %i credits have the price of the tier that begins there, and one less does not",
    (name, border, tier) => {
      expect(quote(name, border).unitPrice).toBe(tier.unitPrice);
      if (border === 100) return;
      const below = quote(name, border - 1).unitPrice;
      expect(below).toBeGreaterThan(tier.unitPrice);
      expect(tiersOf(name).find(({ quantityMax }) => quantityMax === border)?.unitPrice).toBe(below);
    },
  );

  test("99 and 1,000,001 are not sold", () => {
    for (const quantity of [99, LARGEST_ORDER + 1]) {
      expect(quoteOf(listOf("it"), tiersOf("it"), quantity)).toHaveProperty("problem");
    }
  });
});

describe("a larger pack that costs no more", () => {
  test("is offered for 249 credits: 250 cost 2 cents less", () => {
    expect(quote("it", 249).totalCents).toBe(1263n);
    expect(better("it", 249)).toMatchObject({ quote: { quantity: 250, totalCents: 1261n }, saving: 2n });
  });

  test("is offered for 198 credits, where 200 cost the same, and not for 197", () => {
    expect(better("it", 198)).toMatchObject({ quote: { quantity: 200 }, saving: 0n });
    expect(better("it", 197)).toBeNull();
  });

  test("is offered for 999,999 credits, and never beyond a million", () => {
    expect(better("it", 999_999)?.quote.quantity).toBe(LARGEST_ORDER);
    expect(better("it", LARGEST_ORDER)).toBeNull();
  });

  test("is offered exactly when one exists, and is then the cheapest, by trying every border", () => {
    fc.assert(
      fc.property(fc.constantFrom(...LISTS), anyQuantity, (name, quantity) => {
        const asked = quote(name, quantity);
        const borders = tiersOf(name).map(({ quantityMin }) => quantityMin);
        const totals = borders.filter((min) => min > quantity).map((min) => quote(name, min).totalCents);
        const isThere = totals.some((total) => total <= asked.totalCents);
        const found = better(name, quantity);
        expect(found !== null).toBe(isThere);
        if (found === null) return;
        expect(found.quote.quantity).toBeGreaterThan(quantity);
        expect(totals.every((total) => found.quote.totalCents <= total)).toBe(true);
        expect(found.saving).toBe(asked.totalCents - found.quote.totalCents);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("what a pack sends", () => {
  test("100 credits at 0.7 are 142 messages and 0.6 credits left", () => {
    expect(packReach(100, creditsOf(700n))).toEqual({ messages: 142n, left: "0.6" });
  });

  test("is rounded down, and what is left would not pay for one more", () => {
    const rate = fc.bigInt(1n, 1_000_000n).map(creditsOf);
    fc.assert(
      fc.property(anyQuantity, rate, (quantity, each) => {
        const { messages, left } = reachOf(wholeCredits(quantity), each);
        expect(messages * each + left).toBe(wholeCredits(quantity));
        expect(left >= 0n && left < each).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("of nothing, or less, is nothing", () => {
    expect(reachOf(creditsOf(-500n), creditsOf(700n)).messages).toBe(0n);
  });
});

test.each([
  ["published", "published"],
  ["the guide, 2020-05-19", "published"],
  ["public rates API, billing country fr, recorded 2026-10-01", "published"],
  ["carried over from price list fr: no Italian figure is published for this destination", "carried_over"],
  ["example schedule: the operator sets these; only the 100-credit price is published", "own"],
  ["our contract of 2027", "own"],
])("the source %j counts as %s", (source, kind) => {
  expect(sourceKindOf(source)).toBe(kind);
});

test("nothing in the shipped lists is called published that is not", () => {
  const published = shipped.tiers.filter(({ source }) => sourceKindOf(source) === "published");
  expect(published.map(({ priceList, quantityMin }) => [priceList, quantityMin])).toEqual([
    ["fr", 100],
    ["it", 100],
  ]);
  expect(published.map(({ unitPrice }) => unitPrice)).toEqual([microsOf(60_000n), microsOf(42_000n)]);
});
