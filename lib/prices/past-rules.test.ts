import { describe, expect, test } from "vitest";
import { creditsOf } from "../credits";
import { microsOf } from "../money";
import { ratesThatChangeThePast, tiersThatChangeThePast } from "./past-rules";

const rate = (validFrom: string, thousandths: bigint, line = 2) => ({
  line,
  priceList: "it",
  country: "IT",
  callingCode: "39",
  validFrom,
  credits: creditsOf(thousandths),
  source: "x",
});
const tier = (validFrom: string, micros: bigint, line = 2) => ({
  line,
  priceList: "it",
  validFrom,
  quantityMin: 100,
  quantityMax: null,
  unitPrice: microsOf(micros),
  source: "x",
});
const sent = (day: string) => ({ priceList: "it", country: "IT", day });
const stored = [rate("2026-10-01", 700n)];

/** The dates stand in the fourth column. */
const ratesRefused = (...given: DropLast<Parameters<typeof ratesThatChangeThePast>>) =>
  ratesThatChangeThePast(...given, 4);
const tiersRefused = (...given: DropLast<Parameters<typeof tiersThatChangeThePast>>) =>
  tiersThatChangeThePast(...given, 4);
type DropLast<List extends readonly unknown[]> = List extends readonly [...infer Rest, unknown]
  ? Rest
  : never;

describe("a rate that would change what was charged is refused", () => {
  test("from the day of the last message, and the day after is named", () => {
    const problems = ratesRefused([rate("2026-11-20", 800n)], stored, [
      sent("2026-11-20"),
      sent("2026-11-21"),
    ]);
    expect(problems).toMatchObject([{ line: 2, column: 4 }]);
    expect(problems[0]?.text).toContain("may hold from 2026-11-22");
  });

  test("but not from the day after the last message", () => {
    expect(ratesRefused([rate("2026-11-22", 800n)], stored, [sent("2026-11-21")])).toEqual([]);
  });

  test("nor where the figure stays the same", () => {
    expect(ratesRefused([rate("2026-11-01", 700n)], stored, [sent("2026-11-21")])).toEqual([]);
  });

  test("nor where a later row of the list holds on the days with messages", () => {
    const later = [...stored, rate("2026-11-10", 900n)];
    expect(ratesRefused([rate("2026-11-01", 800n)], later, [sent("2026-11-21")])).toEqual([]);
  });

  test("also by a new first row, which holds for the days before it too", () => {
    const problems = ratesRefused([rate("2026-09-01", 800n)], stored, [sent("2026-08-20")]);
    expect(problems).toHaveLength(1);
  });

  test("also by a new first date of the list, for a country that the file does not name", () => {
    const india = { ...rate("2026-09-01", 100n), country: "IN" };
    const problems = ratesRefused([india], stored, [sent("2026-08-20")]);
    expect(problems.map(({ line }) => line)).toEqual([2]);
  });

  test("also by another figure for a date that has one", () => {
    expect(ratesRefused([rate("2026-10-01", 650n)], stored, [sent("2026-10-02")])).toHaveLength(1);
  });

  test("only of its own country and price list", () => {
    const charged = [
      { priceList: "fr", country: "IT", day: "2026-11-21" },
      { priceList: "it", country: "IN", day: "2026-11-21" },
    ];
    expect(ratesRefused([rate("2026-10-01", 650n)], stored, charged)).toEqual([]);
  });

  test("and a country that had no rate was never charged", () => {
    expect(ratesRefused([rate("2026-10-01", 650n)], [], [sent("2026-11-21")])).toEqual([]);
  });
});

describe("tiers that would change what was charged are refused", () => {
  const orders = [{ priceList: "it", day: "2026-11-21" }];
  const tiers = [tier("2026-10-01", 42_000n)];

  test("from the day of the last order, and the day after is named", () => {
    const problems = tiersRefused([tier("2026-11-21", 43_000n)], tiers, orders);
    expect(problems.map(({ text }) => text)).toEqual([
      "would change what orders of price list it were charged on 2026-11-21; it may hold from 2026-11-22",
    ]);
  });

  test("but not from the day after, nor where all tiers stay the same", () => {
    expect(tiersRefused([tier("2026-11-22", 43_000n)], tiers, orders)).toEqual([]);
    expect(tiersRefused([tier("2026-11-01", 42_000n)], tiers, orders)).toEqual([]);
  });
});
