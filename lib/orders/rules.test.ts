import { describe, expect, test } from "vitest";
import { microsOf } from "@/lib/money";
import type { PackTier, PriceList } from "@/lib/rates/rules";
import {
  hasEnded,
  isResting,
  NEXT_STATES,
  ORDER_STATES,
  type OrderState,
  parseQuantity,
  quoteOf,
  statesBefore,
  waitBeforeAsking,
} from "./rules";

const italy: PriceList = { priceList: "it", currency: "EUR", vat: 2200n, vatSource: "test" };
const tier = (quantityMin: number, quantityMax: number | null, micros: bigint): PackTier => ({
  quantityMin,
  quantityMax,
  unitPrice: microsOf(micros),
  validFrom: "2026-01-01",
  source: "test",
});
const tiers = [tier(100, 200, 42_000n), tier(200, 250, 41_580n), tier(250, null, 41_370n)];

describe("the price of a quantity", () => {
  test("100 credits at 0.042 are 4.20 without VAT and 5.12 with 22 %", () => {
    const quoted = quoteOf(italy, tiers, 100);
    expect(quoted).toMatchObject({
      quote: { netMicros: 4_200_000n, netCents: 420n, vatCents: 92n, totalCents: 512n, currency: "EUR" },
    });
  });

  test("250 credits are 10.34 without VAT and 12.61 with 22 % of that, not of the exact 10.3425", () => {
    const quoted = quoteOf(italy, tiers, 250);
    const figures = { netMicros: 10_342_500n, netCents: 1034n, vatCents: 227n, totalCents: 1261n };
    expect(quoted).toMatchObject({ quote: figures });
  });

  test("a million credits can be ordered, and a list without tiers sells nothing", () => {
    expect(quoteOf(italy, tiers, 1_000_000)).toMatchObject({ quote: { quantity: 1_000_000 } });
    expect(quoteOf(italy, [], 100)).toMatchObject({ problem: { values: { least: 1 } } });
  });

  test.each([199, 200, 249, 250])("the tier of %i is the one that includes it", (quantity) => {
    const quoted = quoteOf(italy, tiers, quantity);
    const unitPrice = quantity < 200 ? 42_000n : quantity < 250 ? 41_580n : 41_370n;
    expect(quoted).toMatchObject({ quote: { unitPrice } });
  });

  test.each([null, 1, 99, 1_000_001])("%s credits are refused with the bounds", (quantity) => {
    expect(quoteOf(italy, tiers, quantity)).toEqual({
      problem: { problem: "quantity_out_of_range", values: { least: 100, most: 1_000_000 } },
    });
  });
});

test.each([
  ["100", 100],
  [100, 100],
  ["1000000", 1_000_000],
  ["1000001", null],
  ["0", null],
  ["-100", null],
  ["1e3", null],
  ["100.5", null],
  [100.5, null],
  [Number.NaN, null],
  ["", null],
  [null, null],
  [{}, null],
  [["100"], null],
  ["100x", null],
  ["x100", null],
])("the quantity %j reads as %j", (value, quantity) => {
  expect(parseQuantity(value)).toBe(quantity);
});

describe("the states of an order", () => {
  test("money that may have moved is never cancelled", () => {
    expect(statesBefore("cancelled")).toEqual(["open", "waiting"]);
  });

  test("credits are posted for what is paid, and for nothing else", () => {
    expect(statesBefore("credited")).toEqual(["paid"]);
  });

  test("a new payment begins only when the one before it was declined, or there was none", () => {
    expect(statesBefore("paying")).toEqual(["open", "waiting"]);
  });

  test("three states are ends, and each other one leads to an end", () => {
    const ends = ORDER_STATES.filter(hasEnded);
    expect(ends).toEqual(["credited", "declined", "cancelled"]);
    for (const state of ORDER_STATES) expect(reachable(state).some(hasEnded)).toBe(true);
  });
});

test("an unknown outcome is asked after with a wait that doubles, up to five minutes", () => {
  const began = new Date("2026-11-01T10:00:00Z");
  const after = (ms: number) => waitBeforeAsking(began, new Date(began.getTime() + ms));
  expect([after(0), after(1000), after(2000), after(4000), after(3_600_000)]).toEqual([
    1000, 1000, 2000, 4000, 300_000,
  ]);
});

function reachable(from: OrderState) {
  const seen = new Set([from]);
  for (const state of seen) for (const next of NEXT_STATES[state]) seen.add(next);
  return [...seen];
}

const HOUR_MS = 3_600_000;
/** Payments by hand, newest first, each so many milliseconds before now; a minus is one that was paid. */
const paymentsBefore = (now: Date, ages: readonly number[]) =>
  ages.map((age) => ({ isPaid: age < 0, finishedAt: new Date(now.getTime() - Math.abs(age)) }));

test.each<[rests: boolean, ages: readonly number[]]>([
  [true, [0, 1, 2, 3]],
  [true, [1000, 2000, 3000, HOUR_MS + 999]],
  // The first of the four is an hour before the last.
  [false, [1000, 2000, 3000, HOUR_MS + 1000]],
  // The last was an hour ago.
  [true, [HOUR_MS - 1, HOUR_MS, HOUR_MS, HOUR_MS]],
  [false, [HOUR_MS, HOUR_MS, HOUR_MS, HOUR_MS]],
  [false, [1, 2, 3]],
  [false, [1, -2, 3, 4]],
  [true, [1, 2, 3, 4, -5]],
  [false, []],
])("a card rests: %s, after payments by hand %j ms ago", (rests, ages) => {
  const now = new Date("2026-11-28T12:00:00Z");
  expect(isResting(paymentsBefore(now, ages), now)).toBe(rests);
});
