import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { creditsOf, printCredits, wholeCredits } from "@/lib/credits";
import { loadPriceLists, parsePriceFiles, type PriceFiles, readPriceFiles } from "./load";
import { messagesFor, tierFor, tierProblem } from "./rules";
import { forgetRates, getPriceList, pricesVersion, rateOn, ratesOn, tiersOn } from "./service";
import { writePriceLists } from "./store";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(forgetRates);

const dated: PriceFiles = {
  priceLists: "price_list,currency,vat_percent,vat_source\nzz,EUR,5.5,a test\n",
  rates: `price_list,valid_from,country,calling_code,credits,source
zz,2020-01-01,IT,39,1,first
zz,2021-01-01,IT,39,2.5,second
zz,2022-01-01,IT,39,0.005,third
zz,2021-06-15,FR,33,3,added later
`,
  tiers: `price_list,valid_from,quantity_min,quantity_max_excluded,unit_price_micros,source
zz,2020-01-01,100,500,50000,old
zz,2020-01-01,500,,40000,old
zz,2021-01-01,100,,30000,new
`,
};

/** The same under another name, of a test of its own. */
const listNamed = (name: string): PriceFiles => ({
  priceLists: dated.priceLists.replace("zz", name),
  rates: dated.rates.replaceAll("zz", name),
  tiers: dated.tiers.replaceAll("zz", name),
});

describe("the lists that the product ships", () => {
  test("hold 207 destinations and 12 tiers each, with VAT and a source for every figure", async () => {
    for (const [list, vat] of [
      ["it", 2200n],
      ["fr", 2000n],
    ] as const) {
      expect(await getPriceList(database, list)).toMatchObject({ currency: "EUR", vat });
      const rates = await ratesOn(database, list, "2026-11-22");
      expect(rates.size).toBe(207);
      expect([...rates.values()].every((rate) => rate.source !== "")).toBe(true);
      expect(await tiersOn(database, list, "2026-11-22")).toHaveLength(12);
    }
  });

  test("price Italy at 0.7 and India at 0.1 for list it, on every day", async () => {
    for (const date of ["2019-01-01", "2020-05-18", "2020-05-19", "2026-11-22", "2099-12-31"]) {
      const italy = await rateOn(database, "it", "IT", date);
      const india = await rateOn(database, "it", "IN", date);
      expect(italy?.credits).toBe(700n);
      expect(india?.credits).toBe(100n);
      expect(italy !== null && messagesFor(wholeCredits(100), italy)).toBe(142n);
      expect(india !== null && messagesFor(wholeCredits(100), india)).toBe(1000n);
    }
  });

  test("sell 100 credits at 0.042 EUR each in list it, and nothing smaller", async () => {
    const tiers = await tiersOn(database, "it", "2026-11-22");
    expect(tierFor(tiers, 99)).toBeNull();
    expect(tierFor(tiers, 100)).toMatchObject({ unitPrice: 42_000n, source: "published" });
    expect(tierFor(tiers, 199)?.unitPrice).toBe(42_000n);
    expect(tierFor(tiers, 200)?.unitPrice).toBe(41_580n);
    expect(tierFor(tiers, 250)?.unitPrice).toBe(41_370n);
    expect(tierFor(tiers, 500)?.unitPrice).toBe(40_740n);
    expect(tierFor(tiers, 1000)?.unitPrice).toBe(39_900n);
    expect(tierFor(tiers, 5_000_000)?.unitPrice).toBe(32_340n);
  });

  test("have no row for a country that no source names", async () => {
    for (const country of ["VA", "JE", "CW", "XX"]) {
      expect(await rateOn(database, "it", country, "2026-11-22")).toBeNull();
    }
    expect(await rateOn(database, "xx", "IT", "2026-11-22")).toBeNull();
    expect(await getPriceList(database, "xx")).toBeNull();
  });
});

describe("prices and rates have dates", () => {
  beforeAll(() => loadPriceLists(database.owner.db, dated));

  test.each([
    ["2019-12-31", "1"],
    ["2020-01-01", "1"],
    ["2020-12-31", "1"],
    ["2021-01-01", "2.5"],
    ["2021-12-31", "2.5"],
    ["2022-01-01", "0.005"],
    ["2030-01-01", "0.005"],
  ])("on %s Italy costs %s", async (date, credits) => {
    const rate = await rateOn(database, "zz", "IT", date);
    expect(rate && printCredits(rate.credits)).toBe(credits);
  });

  test("a destination that was added later is not served before", async () => {
    expect(await rateOn(database, "zz", "FR", "2021-06-14")).toBeNull();
    expect(await rateOn(database, "zz", "FR", "2019-01-01")).toBeNull();
    expect((await rateOn(database, "zz", "FR", "2021-06-15"))?.credits).toBe(3000n);
  });

  test("the tiers of one date stand together, and none of an older one beside them", async () => {
    const sources = async (date: string) => (await tiersOn(database, "zz", date)).map((tier) => tier.source);
    expect(await sources("2019-01-01")).toEqual(["old", "old"]);
    expect(await sources("2020-12-31")).toEqual(["old", "old"]);
    expect(await sources("2021-01-01")).toEqual(["new"]);
  });
});

describe("loading", () => {
  test("the same files again changes nothing", async () => {
    const all = () =>
      database.sql`select * from destination_rates order by price_list, country, valid_from`.values();
    const before = await all();
    expect(await loadPriceLists(database.owner.db)).toEqual({ priceLists: 2, rates: 414, tiers: 24 });
    expect(await all()).toEqual(before);
  });

  test("keeps what the operator has written over the shipped figures, VAT and currency too", async () => {
    const files = listNamed("yy");
    await loadPriceLists(database.owner.db, files);
    const figures = () => database.owner.sql`
      select currency, vat_basis_points, vat_source, credit_thousandths, unit_price_micros
      from price_lists join destination_rates using (price_list) join pack_prices using (price_list)
      where price_list = 'yy' order by destination_rates.valid_from, country, quantity_min`;
    await database.owner.sql`
      update price_lists set currency = 'CHF', vat_basis_points = 810, vat_source = 'our own' where price_list = 'yy'`;
    await database.owner.sql`update destination_rates set credit_thousandths = 7 where price_list = 'yy'`;
    await database.owner.sql`update pack_prices set unit_price_micros = 60000 where price_list = 'yy'`;
    const before = await figures();
    await loadPriceLists(database.owner.db, files);
    expect(await figures()).toEqual(before);
    expect(await getPriceList(database, "yy")).toMatchObject({ currency: "CHF", vat: 810n });
  });

  test("is not for the application's role", async () => {
    await expect(loadPriceLists(database.db, listNamed("xx"))).rejects.toThrow();
  });

  const shipped = readPriceFiles();
  const spoilt: [string, (files: PriceFiles) => PriceFiles, RegExp][] = [
    [
      "a rate of nothing",
      (f) => ({ ...f, rates: f.rates.replace("IT,39,0.7,", "IT,39,0,") }),
      /destinations.csv line 301: credits/,
    ],
    [
      "four decimals",
      (f) => ({ ...f, rates: f.rates.replace("IT,39,0.7,", "IT,39,0.7001,") }),
      /destinations.csv line 301/,
    ],
    [
      "a row twice",
      (f) => ({ ...f, rates: `${f.rates}it,2020-05-19,IT,39,1,twice\n` }),
      /a second row for it IT/,
    ],
    [
      "a day that does not exist",
      (f) => ({ ...f, tiers: f.tiers.replace("2026-10-01", "2026-02-30") }),
      /packs.csv line 2/,
    ],
    ["no source", (f) => ({ ...f, tiers: f.tiers.replace(",published", ",") }), /packs.csv line 2: source/],
    [
      "a gap between tiers",
      (f) => ({ ...f, tiers: f.tiers.replace("it,2020-05-19,100,200", "it,2020-05-19,100,199") }),
      /must end where the next begins/,
    ],
    [
      "packs that cost nothing",
      (f) => ({ ...f, tiers: f.tiers.replace(",42000,published", ",40,published") }),
      /100 credits would cost less than half a cent/,
    ],
    [
      "no open end",
      (f) => ({ ...f, tiers: f.tiers.replace("1000000,,32340", "1000000,2000000,32340") }),
      /no upper end/,
    ],
    [
      "a list that is not there",
      (f) => ({ ...f, priceLists: f.priceLists.replace("it,EUR", "es,EUR") }),
      /no row for price list it/,
    ],
  ];
  test.each(spoilt)("with %s stops with file and line, and loads nothing", async (_name, spoil, message) => {
    const files = spoil(await shipped);
    expect(() => parsePriceFiles(files)).toThrow(message);
    await expect(loadPriceLists(database.owner.db, files)).rejects.toThrow(message);
    expect((await rateOn(database, "it", "IT", "2026-11-22"))?.credits).toBe(700n);
  });
});

test("a send asks the database for no rate that was read a moment ago, and sees a new list when told", async () => {
  await loadPriceLists(database.owner.db, dated);
  await rateOn(database, "zz", "IT", "2025-01-01");
  await database.owner.sql`
    update destination_rates set credit_thousandths = 9 where price_list = 'zz' and valid_from = '2022-01-01'`;
  expect((await rateOn(database, "zz", "IT", "2025-01-01"))?.credits).toBe(creditsOf(5n));
  forgetRates();
  expect((await rateOn(database, "zz", "IT", "2025-01-01"))?.credits).toBe(creditsOf(9n));
});

test("what another process changes is in force here half a second later, and the version tells", async () => {
  const list = listNamed("vv");
  await loadPriceLists(database.owner.db, list);
  const italy = async () => (await rateOn(database, "vv", "IT", "2025-01-01"))?.credits;
  expect(await italy()).toBe(creditsOf(5n));
  const before = await pricesVersion(database);
  // As another process does it: nothing here is told.
  await writePriceLists(database.owner.db, {
    priceLists: [],
    tiers: [],
    rates: parsePriceFiles(list).rates.map((rate) => ({ ...rate, credits: creditsOf(8n) })),
  });
  await sleep(600);
  expect(await italy()).toBe(creditsOf(8n));
  expect(await pricesVersion(database)).toBe(before + 1n);
});

test("the version is read once for all who ask at the same time, and by each for himself where that failed", async () => {
  const select = vi.spyOn(database.db, "select");
  const asked = await Promise.all(Array.from({ length: 20 }, () => pricesVersion(database)));
  expect(new Set(asked).size).toBe(1);
  expect(select).toHaveBeenCalledTimes(1);
  forgetRates();
  select.mockImplementationOnce(() => {
    throw new Error("the transaction has failed");
  });
  const [failed, ...others] = await Promise.allSettled(
    Array.from({ length: 3 }, () => pricesVersion(database)),
  );
  expect(failed?.status).toBe("rejected");
  expect(others.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  select.mockRestore();
});

test("a change that is given up changes no version", async () => {
  const before = await pricesVersion(database);
  const givenUp = database.owner.db.transaction(async (tx) => {
    await writePriceLists(tx, { priceLists: [], rates: [], tiers: [] });
    throw new Error("given up");
  });
  await expect(givenUp).rejects.toThrow("given up");
  forgetRates();
  expect(await pricesVersion(database)).toBe(before);
});

test("tiers without a gap have no problem, in whatever order they come", () => {
  const tier = (quantityMin: number, quantityMax: number | null) => ({
    quantityMin,
    quantityMax,
    validFrom: "2020-01-01",
    source: "a test",
    unitPrice: parsePriceFiles(dated).tiers[0]?.unitPrice ?? expect.fail(),
  });
  expect(tierProblem([tier(500, null), tier(100, 500)])).toBeNull();
  expect(tierProblem([tier(100, null), tier(500, null)])).not.toBeNull();
  expect(tierProblem([tier(100, 600), tier(500, null)])).not.toBeNull();
});
