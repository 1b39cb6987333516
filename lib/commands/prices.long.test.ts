import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";

/*
 * The command as the operator types it, each time a process of its own, on a database that is real. The tests stand in
 * the order of his work: what one imports, the next finds.
 */

const DAY = "2031-03-01";
const DAY_BEFORE = "2031-02-28";
/** Each run starts npm and reads the whole product. */
const TAKES = 60_000;

const PRODUCT = process.cwd();

type Run = { readonly code: number; readonly out: string; readonly err: string };

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-prices-"));
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await database.close();
});

/** In the operator's own folder, where his files are. */
function prices(...args: string[]): Promise<Run> {
  const options = { cwd: folder, env: { ...process.env, DATABASE_URL: database.url }, maxBuffer: 10_000_000 };
  return new Promise((resolve) => {
    execFile(
      "npm",
      ["--prefix", PRODUCT, "run", "-s", "prices", "--", ...args],
      options,
      (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      },
    );
  });
}

const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);

/** All prices and rates, as the database has them. */
const everything = async () => [
  await database.sql`select * from destination_rates order by price_list, country, valid_from`.values(),
  await database.sql`select * from pack_prices order by price_list, valid_from, quantity_min`.values(),
];

/** The line of a country, or of a tier, in the price list of Italy, as `show` prints it. */
function shown(out: string, begin: string): string {
  const [, italy = ""] = out.split(/^Price list it .*$/m);
  return italy.split("\n").find((line) => line.trim().startsWith(begin)) ?? "";
}

describe("npm run prices", () => {
  test(
    "takes a changed rate with its date, and shows the old one until the day before",
    async () => {
      const exported = await prices("export", "destinations");
      expect(exported).toMatchObject({ code: 0, err: "" });
      const changed = `${exported.out}IT,39,it,${DAY},0.755,"our contract, second year"\n`;
      write("rates.csv", changed);

      const imported = await prices("import", "rates.csv");
      expect(imported).toMatchObject({ code: 0, err: "" });
      expect(imported.out).toMatch(/^Imported 415 rows of destinations: 1 new or changed, 414 as before/);

      const [before, after] = await Promise.all([
        prices("show", "--on", DAY_BEFORE),
        prices("show", "--on", DAY),
      ]);
      expect(shown(before.out, "IT +39")).toMatch(/^ {2}IT \+39 +0\.7 +2020-05-19 /);
      expect(shown(after.out, "IT +39")).toMatch(
        /^ {2}IT \+39 +0\.755 +2031-03-01 +our contract, second year$/,
      );
      expect(shown(after.out, "FR +33")).toBe(shown(before.out, "FR +33"));

      const again = await prices("export", "destinations");
      expect(again.out.split("\n").sort()).toEqual(changed.split("\n").sort());
    },
    TAKES,
  );

  test(
    "takes a changed price of packs by --from, and what it exports can be imported as it is",
    async () => {
      write(
        "packs.csv",
        `price_list,quantity_min,quantity_max_excluded,unit_price_micros,source
it,100,1000,41000,our prices
it,1000,,38500,our prices
`,
      );
      const imported = await prices("import", "packs.csv", "--from", DAY);
      expect(imported).toEqual({
        code: 0,
        err: "",
        out: `Imported 2 rows of packs: 2 new or changed, 0 as before; from ${DAY}.\n`,
      });
      const [before, after] = await Promise.all([
        prices("show", "--on", DAY_BEFORE),
        prices("show", "--on", DAY),
      ]);
      expect(shown(before.out, "100-199")).toMatch(/^ {2}100-199 +0\.042 +2020-05-19 +published$/);
      expect(shown(after.out, "100-999")).toMatch(/^ {2}100-999 +0\.041 +2031-03-01 +our prices$/);
      expect(shown(after.out, "1000+")).toMatch(/^ {2}1000\+ +0\.0385 +2031-03-01 +our prices$/);
      expect(shown(after.out, "100-199")).toBe("");

      const stands = await everything();
      const exported = await prices("export", "packs");
      write("exported.csv", exported.out);
      const again = await prices("import", "exported.csv");
      expect(again.out).toMatch(/^Imported 26 rows of packs: 0 new or changed, 26 as before/);
      expect(await everything()).toEqual(stands);
      expect((await prices("export", "packs")).out).toBe(exported.out);
    },
    TAKES,
  );

  test(
    "refuses a file with mistakes whole: each with file, line and column, and nothing is written",
    async () => {
      const stands = await everything();
      write(
        "broken.csv",
        `country,calling_code,price_list,valid_from,credits,source
PT,351,it,${DAY},0.9,good
ZZ,39,it,${DAY},-1,
FR,33,it,${DAY},0.12345,good
`,
      );
      const refused = await prices("import", "broken.csv");
      expect(refused).toMatchObject({ code: 1, out: "" });
      const [country, credits, source, decimals, last] = refused.err.split("\n");
      expect(country).toMatch(/^broken\.csv:3:1 country there is no country "ZZ"/);
      expect(credits).toMatch(/^broken\.csv:3:5 credits -1 is not more than 0/);
      expect(source).toMatch(/^broken\.csv:3:6 source is empty/);
      expect(decimals).toMatch(/^broken\.csv:4:5 credits 0\.12345 has more than three decimals/);
      expect(last).toBe("Nothing was imported: 4 problems.");

      write(
        "gap.csv",
        `price_list,valid_from,quantity_min,quantity_max_excluded,unit_price_micros,source
it,2032-01-01,100,500,41000,our prices
it,2032-01-01,600,,40000,our prices
`,
      );
      const gap = await prices("import", "gap.csv");
      expect(gap).toMatchObject({ code: 1, out: "" });
      expect(gap.err).toMatch(
        /^gap\.csv:3:3 quantity_min leaves a gap: no tier from 500 to 599 \(line 2\)\n/,
      );
      expect(await everything()).toEqual(stands);
    },
    TAKES,
  );

  test.each([
    [["import", "missing.csv"], /missing\.csv/],
    [["show", "--on", "31/01/2027"], /--on takes a day such as 2027-01-31, not "31\/01\/2027"/],
    [["export", "everything"], /^Usage:/],
  ])(
    "%j says what is wrong, without a stack, and fails",
    async (args, told) => {
      const run = await prices(...args);
      expect(run).toMatchObject({ code: 1, out: "" });
      expect(run.err).toMatch(told);
      expect(run.err).not.toMatch(/^ +at /m);
    },
    TAKES,
  );
});
