import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { PLAIN_ADDRESS } from "./address-rules";
import { countryNamed } from "./names";
import { viewDestinations } from "./service";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.close());

const NOBODY = { locale: "it", priceList: null, timeZone: "Europe/Rome", balance: null };

async function search(query: string) {
  const context = { db: base.db, now: () => new Date("2026-11-20T10:00:00Z") };
  const view = await viewDestinations(context, { ...PLAIN_ADDRESS, query }, NOBODY);
  if (view === null) throw new Error("there is no list");
  return {
    shown: view.rows.filter(({ isShown }) => isShown).map(({ country }) => country),
    missed: view.notServed.filter(({ isFound }) => isFound).map(({ country }) => country),
    numberOf: view.numberOf,
  };
}

describe("the search of destinations", () => {
  test.each([
    ["+39 333 123 4567", ["IT"], "IT"],
    ["0039 333 1234567", ["IT"], "IT"],
    ["+1 416 555 0123", ["CA"], "CA"],
    ["+1 212 555 0123", ["US"], "US"],
    ["+44 7400 123456", ["GB"], "GB"],
  ])("%s is of one country, by the whole number", async (typed, shown, country) => {
    expect(await search(typed)).toMatchObject({ shown, numberOf: { country } });
  });

  test.each(["333 123 4567", "3331234567", "06 1234 5678"])(
    "%s says no country: its first digits are no calling code",
    async (typed) => {
      expect(await search(typed)).toEqual({ shown: [], missed: [], numberOf: null });
    },
  );

  test("a number that is being typed finds what its calling code may be", async () => {
    expect(await search("+39 333 12")).toEqual({ shown: ["IT"], missed: ["VA"], numberOf: null });
  });

  test.each([
    ["Olanda", "NL"],
    ["inghilterra", "GB"],
    ["UK", "GB"],
    ["USA", "US"],
    ["Turkey", "TR"],
    ["turcja", "TR"],
    ["czech republic", "CZ"],
    ["ivory coast", "CI"],
    ["hong kong", "HK"],
    ["Niederländische Antillen", "AN"],
    ["Antyle Holenderskie", "AN"],
  ])("finds %s by the name that people use", async (typed, country) => {
    expect((await search(typed)).shown).toContain(country);
  });

  test("a country without a row is told apart from nonsense", async () => {
    expect(await search("vaticano")).toEqual({ shown: [], missed: ["VA"], numberOf: null });
    expect(await search("zzz")).toEqual({ shown: [], missed: [], numberOf: null });
  });
});

test.each([
  ["Vaticano", "VA"],
  ["olanda", "NL"],
  ["uk", "GB"],
  ["Niger", "NE"],
  ["Guinea", "GN"],
  ["Corea", null],
  ["Nuova", null],
  ["ita", null],
  ["xyz", null],
])("the entry %s of an estimate names %s", (entry, country) => {
  expect(countryNamed(entry, ["VA", "NL", "GB", "NE", "NG", "GN", "GW", "GQ", "KR", "KP", "NZ", "NC"])).toBe(
    country,
  );
});
