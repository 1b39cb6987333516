import { expect, test } from "vitest";
import { creditsOf, MAX_CREDITS } from "@/lib/credits";
import { centsOf, microsOf } from "@/lib/money";
import {
  CreditsOrZero,
  creditsFromWire,
  creditsToWire,
  PositiveCredits,
  priceOfCents,
  priceOfMicros,
  priceOfPack,
} from "./amounts";

test.each([
  [0.7, 700n],
  [0.001, 1n],
  [1.5, 1500n],
  [0.1 + 0.2, null],
  [0.0005, null],
  [1.0001, null],
  [0.0009999, null],
  [Number(MAX_CREDITS) / 1000, MAX_CREDITS],
  [Number(MAX_CREDITS) / 1000 + 1, null],
  [1e21, null],
  [Number.NaN, null],
  [Number.POSITIVE_INFINITY, null],
])("a program that sends %d credits means %s thousandths", (sent, thousandths) => {
  expect(creditsFromWire(sent)).toBe(thousandths);
  expect(PositiveCredits.safeParse(sent).success).toBe(thousandths !== null);
  if (thousandths !== null) expect(creditsToWire(creditsOf(thousandths))).toBe(sent);
});

test("the largest amount may also be taken away, and nothing beyond it", () => {
  const most = Number(MAX_CREDITS) / 1000;
  expect([creditsFromWire(-most), creditsFromWire(-most - 0.001)]).toEqual([creditsOf(-MAX_CREDITS), null]);
});

test("nothing is no positive amount, and less than nothing is none at all", () => {
  expect(PositiveCredits.safeParse(0).success).toBe(false);
  expect(CreditsOrZero.safeParse(0).success).toBe(true);
  expect(CreditsOrZero.safeParse(-0.001).success).toBe(false);
  expect(CreditsOrZero.safeParse(0.0001).success).toBe(false);
});

test("money has two decimals where it is a total, four where it is a price, and further ones that are not zero", () => {
  expect(priceOfCents(centsOf(512n), "EUR")).toEqual({ currencyCode: "EUR", text: "5.12 €", value: 5.12 });
  expect(priceOfMicros(microsOf(29_400n), "EUR").text).toBe("0.0294 €");
  expect(priceOfMicros(microsOf(1_000_000n), "GBP").text).toBe("1.0000 £");
  expect(priceOfPack(microsOf(4_200_000n), "EUR").text).toBe("4.20 €");
  expect(priceOfPack(microsOf(10_342_500n), "EUR").text).toBe("10.3425 €");
  expect(priceOfCents(centsOf(1n), "XYZ").text).toBe("0.01 XYZ");
  const others = ["PLN", "CHF", "USD"].map((currency) => priceOfCents(centsOf(512n), currency).text);
  expect(others).toEqual(["5.12 zł", "5.12 CHF", "5.12 $"]);
});
