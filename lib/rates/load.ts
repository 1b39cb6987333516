import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { Database } from "@/db/client";
import { parseCredits } from "@/lib/credits";
import { parseDay } from "@/lib/day";
import { microsOf } from "@/lib/money";
import { tierProblem } from "./rules";
import { forgetRates } from "./service";
import { type ListedPrices, writePriceLists } from "./store";

const FILES = {
  priceLists: "price-lists.csv",
  rates: "destinations.csv",
  tiers: "packs.csv",
} as const;

/** The text of the three files. */
export type PriceFiles = Readonly<Record<keyof typeof FILES, string>>;

const DIRECTORY = join("db", "data");

/** Reads the files from a folder, by default the lists that the product ships. */
export async function readPriceFiles(directory = DIRECTORY): Promise<PriceFiles> {
  // Read when it is asked for: a build need not know which files.
  const read = (name: string) =>
    readFile(/* turbopackIgnore: true */ join(/* turbopackIgnore: true */ directory, name), "utf8");
  const [priceLists, rates, tiers] = await Promise.all([
    read(FILES.priceLists),
    read(FILES.rates),
    read(FILES.tiers),
  ]);
  return { priceLists, rates, tiers };
}

/**
 * Loads the price lists, in one transaction, at each start. What stands in the tables already stays as it is: the
 * operator may have imported other figures for the same dates. Throws, with the file and the line, if a row cannot be right; then nothing is loaded.
 * `db` may be the owner's or one with the right to write these three tables.
 */
export async function loadPriceLists(
  db: Database,
  files?: PriceFiles,
): Promise<{ priceLists: number; rates: number; tiers: number }> {
  const listed = parsePriceFiles(files ?? (await readPriceFiles()));
  await writePriceLists(db, listed, "keep");
  forgetRates();
  return {
    priceLists: listed.priceLists.length,
    rates: listed.rates.length,
    tiers: listed.tiers.length,
  };
}

/** Writes rows that the operator's import has checked. Joins the transaction that `db` is. */
export async function saveListedPrices(db: Database, listed: ListedPrices): Promise<void> {
  await writePriceLists(db, listed);
  forgetRates();
}

const Day = z.string().refine((day) => parseDay(day) !== null, { message: "a day such as 2026-10-01" });
const ListName = z.string().regex(/^[a-z]{2}$/, { message: "two lower-case letters" });
const Source = z.string().min(1, { message: "where the figure comes from" });
const Whole = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, { message: "a whole number above zero" })
  .transform(Number);

const PriceListRow = z
  .object({
    price_list: ListName,
    currency: z.string().regex(/^[A-Z]{3}$/, { message: "three capital letters" }),
    vat_percent: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/, { message: "a percentage such as 22 or 5.5" }),
    vat_source: Source,
  })
  .transform((row) => ({
    priceList: row.price_list,
    currency: row.currency,
    vat: basisPointsOf(row.vat_percent),
    vatSource: row.vat_source,
  }));

const RateRow = z
  .object({
    price_list: ListName,
    valid_from: Day,
    country: z.string().regex(/^[A-Z]{2}$/, { message: "two capital letters" }),
    calling_code: z.string().regex(/^[1-9]\d{0,2}$/, { message: "one to three digits" }),
    credits: z.string().transform((text, issues) => {
      const credits = parseCredits(text);
      if (credits !== null && credits > 0n) return credits;
      issues.addIssue({ code: "custom", message: "an amount above zero with at most three decimals" });
      return z.NEVER;
    }),
    source: Source,
  })
  .transform((row) => ({
    priceList: row.price_list,
    validFrom: row.valid_from,
    country: row.country,
    callingCode: row.calling_code,
    credits: row.credits,
    source: row.source,
  }));

const TierRow = z
  .object({
    price_list: ListName,
    valid_from: Day,
    quantity_min: Whole,
    quantity_max_excluded: z.union([z.literal("").transform(() => null), Whole]),
    unit_price_micros: Whole,
    source: Source,
  })
  .transform((row) => ({
    priceList: row.price_list,
    validFrom: row.valid_from,
    quantityMin: row.quantity_min,
    quantityMax: row.quantity_max_excluded,
    unitPrice: microsOf(BigInt(row.unit_price_micros)),
    source: row.source,
  }));

/** Reads and checks the three files. Throws with the file and the line. */
export function parsePriceFiles(files: PriceFiles): ListedPrices {
  const priceLists = rowsOf(FILES.priceLists, files.priceLists, PriceListRow, (row) => row.priceList);
  const known = new Set(priceLists.map((list) => list.priceList));
  const rates = rowsOf(
    FILES.rates,
    files.rates,
    RateRow,
    (row) => `${row.priceList} ${row.country} ${row.validFrom}`,
  );
  const tiers = rowsOf(
    FILES.tiers,
    files.tiers,
    TierRow,
    (row) => `${row.priceList} ${row.validFrom} ${row.quantityMin}`,
  );
  for (const { priceList } of [...rates, ...tiers]) {
    if (!known.has(priceList)) throw new Error(`${FILES.priceLists} has no row for price list ${priceList}`);
  }
  for (const name of new Set(tiers.map(scheduleOf))) {
    const problem = tierProblem(tiers.filter((tier) => scheduleOf(tier) === name));
    if (problem !== null) throw new Error(`${FILES.tiers}: ${name}: ${problem}`);
  }
  return { priceLists, rates, tiers };
}

const scheduleOf = (tier: { priceList: string; validFrom: string }) =>
  `price list ${tier.priceList} from ${tier.validFrom}`;

function rowsOf<Row>(file: string, text: string, schema: z.ZodType<Row>, keyOf: (row: Row) => string): Row[] {
  const records: unknown[] = parse(text, { columns: true, skip_empty_lines: true, bom: true });
  const seen = new Set<string>();
  return records.map((record, index) => {
    const line = `${file} line ${index + 2}`;
    const parsed = schema.safeParse(record);
    if (!parsed.success) {
      const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
      throw new Error(`${line}: ${wrong.join("; ")}`);
    }
    const key = keyOf(parsed.data);
    if (seen.has(key)) throw new Error(`${line}: a second row for ${key}`);
    seen.add(key);
    return parsed.data;
  });
}

function basisPointsOf(percent: string): bigint {
  const [whole = "", decimals = ""] = percent.split(".");
  return BigInt(whole) * 100n + BigInt(decimals.padEnd(2, "0"));
}
