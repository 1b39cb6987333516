import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { divideHalfUp, microsOf, priceOf, priceOfSum } from "./money";

/** Worked out by hand: credits, millionths each, basis points of VAT; then cents without VAT, of VAT and in all. */
test.each([
  [100, 42_000n, 2200n, 420n, 92n, 512n],
  [200, 41_580n, 2200n, 832n, 183n, 1015n],
  // 249 at 0.04158 are 10.35342; 22 % of 10.35 are 2.277.
  [249, 41_580n, 2200n, 1035n, 228n, 1263n],
  // 250 at 0.04137 are 10.3425; 22 % of 10.34 are 2.2748, and 22 % of the exact sum would be 2.28.
  [250, 41_370n, 2200n, 1034n, 227n, 1261n],
  [500, 40_950n, 2200n, 2048n, 451n, 2499n],
  [100, 60_000n, 2000n, 600n, 120n, 720n],
  // 0.125 is half way and goes up; 20 % of 0.13 are 0.026.
  [1, 125_000n, 2000n, 13n, 3n, 16n],
  // 0.124999 goes down; 20 % of 0.12 are 0.024.
  [1, 124_999n, 2000n, 12n, 2n, 14n],
  // 22 % of 0.25 are 0.055, half way: up.
  [1, 250_000n, 2200n, 25n, 6n, 31n],
  [1_000_000, 39_000n, 0n, 3_900_000n, 0n, 3_900_000n],
])("%i credits at %i millionths with %i basis points", (quantity, unit, vat, net, tax, total) => {
  expect(priceOf(quantity, microsOf(unit), vat)).toEqual({
    netMicros: BigInt(quantity) * unit,
    netCents: net,
    vatCents: tax,
    totalCents: total,
  });
});

test("whoever knows the rounded net and the rate finds the same VAT and total, for any sum", () => {
  const sum = fc.bigInt(0n, 10n ** 15n).map(microsOf);
  const rate = fc.bigInt(0n, 3000n);
  fc.assert(
    fc.property(sum, rate, (netMicros, vat) => {
      const { netCents, vatCents, totalCents } = priceOfSum(netMicros, vat);
      const again = priceOfSum(microsOf(netCents * 10_000n), vat);
      expect({ vatCents, totalCents }).toEqual({ vatCents: again.vatCents, totalCents: again.totalCents });
      expect(netCents + vatCents).toBe(totalCents);
    }),
  );
});

describe("a quotient is rounded half up", () => {
  test.each([
    [0n, 10n, 0n],
    [4n, 10n, 0n],
    [5n, 10n, 1n],
    [14n, 10n, 1n],
    [15n, 10n, 2n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [7n, 7n, 1n],
    [-4n, 10n, 0n],
    [-6n, 10n, -1n],
    [-5n, 10n, 0n],
    [-15n, 10n, -1n],
    [-16n, 10n, -2n],
  ])("%i by %i is %i", (dividend, divisor, quotient) => {
    expect(divideHalfUp(dividend, divisor)).toBe(quotient);
  });
});
