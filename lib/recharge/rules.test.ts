import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addCredits, creditsOf, NO_CREDITS, parseCredits, printCredits, wholeCredits } from "@/lib/credits";
import { isDue } from "@/lib/ledger/rules";
import { LARGEST_ORDER, ORDER_STATES } from "@/lib/orders/rules";
import {
  creditsToBuy,
  HIGHEST_THRESHOLD,
  isSameRule,
  evaluateCrossing,
  NEVER_SET,
  parseQuantityOnOffer,
  parseThreshold,
  QUANTITIES,
  RECHARGE_STATE,
  type StandingRule,
  stateOf,
  thresholdOf,
} from "./rules";

const on = (threshold: string, quantity: 100 | 1000 = 100): StandingRule => ({
  ...NEVER_SET,
  rule: { enabled: true, threshold: amount(threshold), quantity },
  version: 1,
});

function amount(text: string) {
  const read = parseCredits(text);
  if (read === null) throw new Error(text);
  return read;
}

describe("a threshold in machine form", () => {
  test.each(["0", "0.001", "0.7", "12.345", "999000", "007"])("%s is one", (text) => {
    expect(parseThreshold(text)).toEqual({ ok: true, value: amount(text) });
  });

  test.each([
    ["", "amount_missing"],
    ["  ", "amount_missing"],
    ["-1", "amount_negative"],
    ["-0.5", "amount_negative"],
    ["abc", "amount_not_a_number"],
    ["1,5", "amount_not_a_number"],
    ["0,0001", "amount_not_a_number"],
    [".5", "amount_not_a_number"],
    ["5.", "amount_not_a_number"],
    ["1e9", "amount_exponent"],
    ["0.0001", "amount_too_many_decimals"],
    ["0.7000", "amount_too_many_decimals"],
    ["999000.001", "threshold_too_large"],
    ["1000000000", "threshold_too_large"],
    ["99999999999999999999", "threshold_too_large"],
    ["NaN", "amount_not_a_number"],
    ["15e-10", "amount_exponent"],
    ["1.5E+9", "amount_exponent"],
    ["x1e9", "amount_not_a_number"],
    ["1e9x", "amount_not_a_number"],
    ["x-1", "amount_not_a_number"],
    ["-1x", "amount_not_a_number"],
    ["12.00001", "amount_too_many_decimals"],
    ["x0.0001", "amount_not_a_number"],
    ["0.0001x", "amount_not_a_number"],
    ["١٢", "amount_not_a_number"],
  ])("%j is none: %s", (text, problem) => {
    expect(parseThreshold(text)).toMatchObject({ ok: false, problem: { problem } });
  });
});

test("a threshold that is refused is answered with an example, or with the most that there may be", () => {
  const values = { decimalMark: ".", example: "0.7" };
  expect(parseThreshold("abc")).toMatchObject({ problem: { values } });
  expect(parseThreshold("999000.001")).toMatchObject({ problem: { values: { most: 999_000 } } });
});

test.each([
  [100, 100],
  ["250", 250],
  [1000, 1000],
  [101, null],
  ["1e2", null],
  ["100 ", null],
  [0, null],
  [null, null],
  [true, null],
])("the quantity %j is read as %j", (value, quantity) => {
  expect(parseQuantityOnOffer(value)).toBe(quantity);
});

describe("how much is bought", () => {
  test.each([
    ["20", "20", 100, 100],
    ["20.001", "20", 100, 0],
    ["19.999", "20", 100, 100],
    // Exactly one quantity short: 100 would end at the threshold and trigger again, so it is 200.
    ["0", "100", 100, 200],
    ["0.001", "100", 100, 100],
    ["0", "429.8", 50, 450],
    ["0", "0", 100, 100],
    ["0", "99.999", 100, 100],
    ["0", "999000", 1000, 1_000_000],
  ])("at %s with a threshold of %s and a quantity of %i: %i", (balance, threshold, quantity, bought) => {
    expect(creditsToBuy(amount(balance), amount(threshold), quantity)).toBe(bought);
  });

  const anyCredits = fc.bigInt({ min: 0n, max: HIGHEST_THRESHOLD }).map(creditsOf);

  test("it is the smallest multiple that ends above the threshold, and fits in one order", () => {
    fc.assert(
      fc.property(anyCredits, anyCredits, fc.constantFrom(...QUANTITIES), (balance, threshold, quantity) => {
        const bought = creditsToBuy(balance, threshold, quantity);
        expect(bought % quantity).toBe(0);
        expect(bought).toBeLessThanOrEqual(LARGEST_ORDER);
        // What it ends at never triggers another, and one quantity less would have.
        expect(isDue(addCredits(balance, wholeCredits(bought)), threshold)).toBe(false);
        if (bought > 0) {
          expect(isDue(addCredits(balance, wholeCredits(bought - quantity)), threshold)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("the highest threshold is the last one that one order lifts an empty account above", () => {
    const most = Math.max(...QUANTITIES);
    expect(creditsToBuy(NO_CREDITS, HIGHEST_THRESHOLD, most)).toBe(LARGEST_ORDER);
    expect(printCredits(HIGHEST_THRESHOLD)).toBe("999000");
  });
});

describe("a crossing is answered with the rule and the balance of this moment", () => {
  test("bought, with the numbers of the rule", () => {
    expect(evaluateCrossing(on("20"), amount("20"), true)).toEqual({
      kind: "buy",
      threshold: amount("20"),
      quantity: 100,
      credits: 100,
    });
  });

  test.each<[string, StandingRule, string, boolean]>([
    ["off", NEVER_SET, "0", true],
    ["suspended", { ...on("20"), suspension: { reason: "payment_declined", since: new Date() } }, "0", true],
    ["no_longer_due", on("20"), "20.001", true],
    ["no_payment_method", on("20"), "20", false],
  ])("refused: %s", (reason, standing, balance, hasMethod) => {
    expect(evaluateCrossing(standing, amount(balance), hasMethod)).toEqual({ kind: "refuse", reason });
  });
});

test("a threshold of 0 is not off", () => {
  expect(stateOf(on("0"))).toBe("on");
  expect(thresholdOf(on("0"))).toBe(NO_CREDITS);
  expect(thresholdOf(NEVER_SET)).toBeNull();
});

test("a suspended rule is watched by nobody, and one that is off is off, suspended or not", () => {
  const suspension = { reason: "payment_declined", since: new Date() } as const;
  expect(thresholdOf({ ...on("20"), suspension })).toBeNull();
  expect(stateOf({ ...on("20"), suspension })).toBe("suspended");
  expect(stateOf({ ...NEVER_SET, suspension })).toBe("off");
});

test("two rules are the same when their numbers are", () => {
  expect(isSameRule(on("20").rule, on("20").rule)).toBe(true);
  expect(isSameRule(on("20").rule, on("20.001").rule)).toBe(false);
  expect(isSameRule(on("20").rule, on("20", 1000).rule)).toBe(false);
  expect(isSameRule(on("20").rule, { enabled: false })).toBe(false);
  expect(isSameRule({ enabled: false }, { enabled: false })).toBe(true);
});

test("a recharge has a state for each of its order's, and no two share one", () => {
  expect(new Set(ORDER_STATES.map((state) => RECHARGE_STATE[state])).size).toBe(ORDER_STATES.length);
});
