import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { creditsOf } from "@/lib/credits";
import { microsOf } from "@/lib/money";
import { type DestinationsAddress, PLAIN_ADDRESS, printAddress, readAddress } from "./address-rules";
import { changesBetween, destinationOf, SORT_COLUMNS, sortDestinations } from "./rules";

const rateOf = (country: string, credits: bigint, callingCode = "39") => ({
  country,
  callingCode,
  credits: creditsOf(credits),
  validFrom: "2026-10-01",
  source: "published",
});
const row = (country: string, credits: bigint, callingCode?: string) =>
  destinationOf(
    rateOf(country, credits, callingCode),
    { name: country, words: "" },
    { unitPrice: microsOf(42_000n), balance: creditsOf(163_400n) },
  );
const compare = (a: string, b: string) => a.localeCompare(b);

describe("the figures of a destination", () => {
  test("Italy at 0.7: 0.0294 EUR, 142 for 100 credits, 233 with a balance of 163.4", () => {
    expect(row("IT", 700n)).toMatchObject({ money: 29_400n, perHundred: 142n, withBalance: 233n });
  });

  test("money is exact to half a millionth, for every rate and price", () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 1_000_000n), fc.bigInt(1n, 1_000_000n), (rate, price) => {
        const { money } = destinationOf(
          rateOf("IT", rate),
          { name: "", words: "" },
          { unitPrice: microsOf(price), balance: null },
        );
        const off = money * 1000n - rate * price;
        expect(off <= 500n && off >= -500n).toBe(true);
      }),
    );
  });
});

describe("sorting", () => {
  const rows = [row("B", 900n, "1"), row("C", 100n, "39"), row("A", 900n, "262")];
  const order = (column: (typeof SORT_COLUMNS)[number], direction: "asc" | "desc") =>
    sortDestinations(rows, column, direction, compare)
      .map(({ country }) => country)
      .join("");

  test("by each column, in both directions; equals stand by name", () => {
    expect(SORT_COLUMNS.map((column) => [column, order(column, "asc"), order(column, "desc")])).toEqual([
      ["country", "ABC", "CBA"],
      ["code", "BCA", "ACB"],
      ["credits", "CAB", "ABC"],
      ["money", "CAB", "ABC"],
      ["hundred", "ABC", "CAB"],
      ["balance", "ABC", "CAB"],
    ]);
  });
});

test("between two days only what differs is a change: new, gone, dearer", () => {
  const on = (...rates: ReturnType<typeof rateOf>[]) => new Map(rates.map((rate) => [rate.country, rate]));
  expect(
    changesBetween(
      on(rateOf("IT", 700n), rateOf("FR", 900n), rateOf("DE", 1n)),
      on(rateOf("IT", 800n), rateOf("DE", 1n), rateOf("ES", 5n)),
    ),
  ).toEqual([
    { country: "IT", before: 700n, after: 800n },
    { country: "FR", before: 900n, after: null },
    { country: "ES", before: null, after: 5n },
  ]);
});

describe("the address", () => {
  test("of the page as usual is empty", () => {
    expect(printAddress(PLAIN_ADDRESS)).toBe("");
    expect(readAddress({})).toEqual(PLAIN_ADDRESS);
  });

  test("keeps everything that was chosen", () => {
    const day = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
    const dayOrNone = fc.option(day.map((date) => date.toISOString().slice(0, 10)));
    const address: fc.Arbitrary<DestinationsAddress> = fc.record({
      query: fc.string({ maxLength: 60 }),
      sort: fc.constantFrom(...SORT_COLUMNS),
      direction: fc.constantFrom("asc", "desc"),
      list: fc.option(fc.constantFrom("it", "fr")),
      quantity: fc.integer({ min: 100, max: 1_000_000 }),
      date: dayOrNone,
      against: dayOrNone,
      account: fc.option(fc.constant("sms-ab12345-1")),
    });
    fc.assert(
      fc.property(address, (given) => {
        expect(readAddress(Object.fromEntries(new URLSearchParams(printAddress(given))))).toEqual(given);
      }),
    );
  });

  test("that makes no sense shows the page as usual", () => {
    const nonsense = { sort: "price", dir: "up", list: "IT", pack: "1e3", date: "2026-02-30", account: "x" };
    expect(readAddress({ ...nonsense, against: ["x", "y"] })).toEqual(PLAIN_ADDRESS);
  });
});
