import "server-only";
import { printCredits } from "@/lib/credits";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { saveListedPrices } from "@/lib/rates/load";
import type { DestinationRate, PackTier, PriceList } from "@/lib/rates/rules";
import { getPriceList, ratesOn, tiersOn } from "@/lib/rates/service";
import { CALLING_CODES } from "./countries";
import { checkDestinations } from "./destinations-rules";
import { COLUMNS, readPriceFile } from "./file";
import { checkPacks } from "./packs-rules";
import { ratesThatChangeThePast, tiersThatChangeThePast } from "./past-rules";
import {
  columnOf,
  type FileProblem,
  inFileOrder,
  type PriceListKind,
  type RateRow,
  type TierRow,
} from "./rules";
import {
  lockPrices,
  readChargedPackDays,
  readChargedRateDays,
  readCurrencies,
  readEveryRate,
  readEveryTier,
} from "./store";

export type ImportOutcome =
  | {
      readonly kind: "imported";
      readonly list: PriceListKind;
      readonly rows: number;
      /** Rows of the file that were there already, with the same figures and source. */
      readonly unchanged: number;
      /** The dates from which they hold, earliest first. */
      readonly dates: readonly string[];
    }
  | { readonly kind: "refused"; readonly problems: readonly FileProblem[] };

/**
 * Imports a list of destinations or of packs, for the operator's commands only: `db` is the owner's. Everything is
 * checked before anything is written, and every problem is told at once. `from` is the date for a file without one.
 */
export async function importPrices(
  context: Context,
  bytes: Uint8Array,
  from: string | null = null,
): Promise<Result<ImportOutcome>> {
  if (context.caller.kind !== "system") return fail({ code: "not_allowed" });
  const outcome = await context.db.transaction(async (tx): Promise<ImportOutcome> => {
    await lockPrices(tx);
    const currencies = await readCurrencies(tx);
    const { file, problems } = readPriceFile(bytes, from);
    if (file === null) return refused(problems);
    const knowledge = { currencies, callingCodes: CALLING_CODES, from };
    const dates = columnOf(file, "valid_from");
    return file.kind === "packs"
      ? importTiers({ ...context, db: tx }, checkPacks(file, knowledge), problems, dates)
      : importRates({ ...context, db: tx }, checkDestinations(file, knowledge), problems, dates);
  });
  return ok(outcome);
}

async function importRates(
  { db }: Context,
  { rows, problems }: { rows: RateRow[]; problems: FileProblem[] },
  before: FileProblem[],
  dates: number,
): Promise<ImportOutcome> {
  const lists = listsOf(rows);
  const stored = rows.length === 0 ? [] : await readEveryRate(db, lists);
  const charged = rows.length === 0 ? [] : await readChargedRateDays(db, lists, firstDay(rows, stored));
  const all = [...before, ...problems, ...ratesThatChangeThePast(rows, stored, charged, dates)];
  if (all.length > 0) return refused(all);
  const print = (row: Omit<RateRow, "line">) => rateCells(row).join("\n");
  const known = new Set(stored.map(print));
  await saveListedPrices(db, { priceLists: [], rates: rows.map(withoutLine), tiers: [] });
  return imported("destinations", rows, rows.filter((row) => known.has(print(row))).length);
}

async function importTiers(
  { db }: Context,
  { rows, problems }: { rows: TierRow[]; problems: FileProblem[] },
  before: FileProblem[],
  dates: number,
): Promise<ImportOutcome> {
  const lists = listsOf(rows);
  const stored = rows.length === 0 ? [] : await readEveryTier(db, lists);
  const charged = rows.length === 0 ? [] : await readChargedPackDays(db, lists, firstDay(rows, stored));
  const all = [...before, ...problems, ...tiersThatChangeThePast(rows, stored, charged, dates)];
  if (all.length > 0) return refused(all);
  const print = (row: Omit<TierRow, "line">) => tierCells(row).join("\n");
  const known = new Set(stored.map(print));
  await saveListedPrices(db, { priceLists: [], rates: [], tiers: rows.map(withoutLine) });
  return imported("packs", rows, rows.filter((row) => known.has(print(row))).length);
}

/** One list with everything that ever held or will, as a file that may be imported again. Public figures. */
export async function exportPrices({ db }: Pick<Context, "db">, list: PriceListKind): Promise<string> {
  const lists = await priceListNames({ db });
  const rows =
    list === "destinations"
      ? (await readEveryRate(db, lists)).map(rateCells)
      : (await readEveryTier(db, lists)).map(tierCells);
  return [COLUMNS[list], ...rows].map((cells) => `${cells.map(csvCell).join(",")}\n`).join("");
}

/** The billing countries with a price list, by name. Public. */
export async function priceListNames({ db }: Pick<Context, "db">): Promise<string[]> {
  return [...(await readCurrencies(db)).keys()];
}

/** What holds on a day, of every price list. */
export async function showPrices(
  context: Pick<Context, "db">,
  date: string,
): Promise<{ list: PriceList; tiers: readonly PackTier[]; rates: readonly DestinationRate[] }[]> {
  const names = await priceListNames(context);
  const shown = names.map(async (name) => {
    const [list, tiers, rates] = await Promise.all([
      getPriceList(context, name),
      tiersOn(context, name, date),
      ratesOn(context, name, date),
    ]);
    return list === null ? [] : [{ list, tiers, rates: [...rates.values()] }];
  });
  return (await Promise.all(shown)).flat();
}

const refused = (problems: readonly FileProblem[]): ImportOutcome => ({
  kind: "refused",
  problems: inFileOrder(problems),
});

function imported(
  list: PriceListKind,
  rows: readonly { validFrom: string }[],
  unchanged: number,
): ImportOutcome {
  const dates = [...new Set(rows.map((row) => row.validFrom))].sort();
  return { kind: "imported", list, rows: rows.length, unchanged, dates };
}

const listsOf = (rows: readonly { priceList: string }[]) => [...new Set(rows.map((row) => row.priceList))];

/** The first day whose charges the rows may change; null for every day, when they would be a list's first. */
function firstDay(
  rows: readonly { priceList: string; validFrom: string }[],
  stored: readonly { priceList: string; validFrom: string }[],
): string | null {
  const isNewFirst = rows.some(
    (row) => !stored.some((old) => old.priceList === row.priceList && old.validFrom < row.validFrom),
  );
  return isNewFirst ? null : (rows.map((row) => row.validFrom).sort()[0] ?? null);
}

function withoutLine<Row extends { line: number }>({ line: _, ...row }: Row): Omit<Row, "line"> {
  return row;
}

const rateCells = (row: Omit<RateRow, "line">): string[] => [
  row.country,
  row.callingCode,
  row.priceList,
  row.validFrom,
  printCredits(row.credits),
  row.source,
];

const tierCells = (row: Omit<TierRow, "line">): string[] => [
  row.priceList,
  row.validFrom,
  row.quantityMin.toString(),
  row.quantityMax?.toString() ?? "",
  row.unitPrice.toString(),
  row.source,
];

const csvCell = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
