import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { creditsOf } from "@/lib/credits";
import { type Micros, microsOf, priceOfSum } from "@/lib/money";
import { parsePriceFiles, readPriceFiles } from "@/lib/rates/load";
import { cheapestPacks, messagesByMix, type PackSize } from "./rules";

const shipped = parsePriceFiles(await readPriceFiles()).tiers.filter(({ priceList }) => priceList === "it");
const SIZES: PackSize[] = shipped.map(({ quantityMin, unitPrice }) => ({
  quantity: quantityMin,
  netMicros: microsOf(BigInt(quantityMin) * unitPrice),
}));
const cents = (netMicros: Micros) => priceOfSum(netMicros, 0n).netCents;

describe("the cheapest combination of packs", () => {
  test("12 times 100 for 50.40 EUR are 1,000 and 200 for 48.22 EUR", () => {
    const found = cheapestPacks(SIZES, 1200);
    expect(cents(microsOf(12n * 100n * 42_000n))).toBe(5040n);
    expect(found?.packs).toEqual([
      { quantity: 1000, count: 1 },
      { quantity: 200, count: 1 },
    ]);
    expect(found === null ? null : cents(found.netMicros)).toBe(4822n);
  });

  test("takes a larger pack when that costs less than filling up exactly: 2,450 are one of 2,500", () => {
    expect(cheapestPacks(SIZES, 2450)).toMatchObject({
      packs: [{ quantity: 2500, count: 1 }],
      quantity: 2500,
    });
  });

  test.each([1, 99, 100])("%i credits are one pack of 100", (total) => {
    expect(cheapestPacks(SIZES, total)?.packs).toEqual([{ quantity: 100, count: 1 }]);
  });

  test("is nothing for nothing, without sizes, and for more than can be tried", () => {
    expect([cheapestPacks(SIZES, 0), cheapestPacks([], 100), cheapestPacks(SIZES, 2_000_001)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("a million and a half is found in reasonable time", () => {
    expect(cheapestPacks(SIZES, 1_500_000)?.quantity).toBeGreaterThanOrEqual(1_500_000);
  });

  const size = fc.record({ quantity: fc.integer({ min: 1, max: 12 }), price: fc.bigInt(1n, 60n) });
  const sizes = fc
    .uniqueArray(size, { minLength: 1, maxLength: 4, selector: ({ quantity }) => quantity })
    .map((all) => all.map(({ quantity, price }) => ({ quantity, netMicros: microsOf(price) })));

  test("costs as little as the best of all combinations, tried one by one", () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 30 }), (offered, total) => {
        const found = cheapestPacks(offered, total);
        expect(found?.netMicros).toBe(leastByTrying(offered, total));
      }),
      { numRuns: 500 },
    );
  });

  test("buys enough, of sizes that are offered, and its figures are the sums of its packs", () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 200 }), (offered, total) => {
        const found = cheapestPacks(offered, total);
        if (found === null) throw new Error("nothing was found");
        const priceOf = (quantity: number) =>
          offered.find((one) => one.quantity === quantity)?.netMicros ?? microsOf(-1n);
        expect(found.quantity).toBeGreaterThanOrEqual(total);
        expect(found.packs.reduce((sum, pack) => sum + pack.quantity * pack.count, 0)).toBe(found.quantity);
        expect(found.packs.reduce((sum, pack) => sum + priceOf(pack.quantity) * BigInt(pack.count), 0n)).toBe(
          found.netMicros,
        );
      }),
      { numRuns: 500 },
    );
  });

  test("never costs more than what was bought, whatever it was", () => {
    const bought = fc.array(fc.constantFrom(...SIZES.slice(0, 7)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(bought, (packs) => {
        const paid = packs.reduce((sum, { netMicros }) => sum + netMicros, 0n);
        const total = packs.reduce((sum, { quantity }) => sum + quantity, 0);
        expect(cheapestPacks(SIZES, total)?.netMicros).toBeLessThanOrEqual(paid);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the balance in messages of one's own kind", () => {
  const sent = (messages: bigint, credits: bigint) => ({
    country: "IT",
    messages,
    parts: messages,
    credits: creditsOf(credits),
  });

  test("163.4 credits at 0.7 and 1.4 in equal shares are 155 messages", () => {
    expect(messagesByMix(creditsOf(163_400n), [sent(10n, 7000n), sent(10n, 14_000n)])).toBe(155n);
  });

  test("is unknown as long as nothing was sent", () => {
    expect(messagesByMix(creditsOf(163_400n), [])).toBeNull();
  });

  test("is rounded down: so many are paid for by the balance, and one more is not", () => {
    const some = fc.record({ messages: fc.bigInt(1n, 100_000n), credits: fc.bigInt(1n, 10n ** 9n) });
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), some, (balance, { messages, credits }) => {
        const count = messagesByMix(creditsOf(balance), [sent(messages, credits)]) ?? -1n;
        expect(count * credits <= balance * messages).toBe(true);
        expect((count + 1n) * credits > balance * messages).toBe(true);
      }),
    );
  });
});

/** Every combination, by hand. */
function leastByTrying(sizes: readonly PackSize[], total: number): bigint {
  if (total <= 0) return 0n;
  const costs = sizes.map(
    (one) => one.netMicros + leastByTrying(sizes.slice(sizes.indexOf(one)), total - one.quantity),
  );
  return costs.reduce((least, cost) => (cost < least ? cost : least));
}
