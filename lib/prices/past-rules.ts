import type { FileProblem, RateRow, TierRow } from "./rules";
import { dayAfter } from "./rules";

/** A day on which something was charged by a price list, in the customer's time zone. */
export type ChargedDay = { readonly priceList: string; readonly day: string };
export type ChargedRateDay = ChargedDay & { readonly country: string };

/** What stands in the tables already; the part of a row that decides what is charged. */
export type StoredRate = Pick<RateRow, "priceList" | "country" | "validFrom" | "credits">;
export type StoredTier = Pick<
  TierRow,
  "priceList" | "validFrom" | "quantityMin" | "quantityMax" | "unitPrice"
>;

/**
 * A message keeps the rate that it was charged at, and a date's rates must stay what they were for everyone who looks
 * them up later. So each day that has messages is asked twice, before the import and after it: a row of the file that
 * would answer otherwise is refused, and told from which date on it may hold. `column` is that of the dates.
 */
export function ratesThatChangeThePast(
  rows: readonly RateRow[],
  stored: readonly StoredRate[],
  charged: readonly ChargedRateDay[],
  column: number,
): FileProblem[] {
  const keyOf = (row: { priceList: string; country: string }) => `${row.priceList} ${row.country}`;
  const dateOf = (row: StoredRate) => `${keyOf(row)} ${row.validFrom}`;
  const replaced = new Set(rows.map(dateOf));
  const merged: (RateRow | StoredRate)[] = [...stored.filter((row) => !replaced.has(dateOf(row))), ...rows];
  const before = { rows: groupBy(stored, keyOf), first: firstDates(stored) };
  const after = { rows: groupBy(merged, keyOf), first: firstDates(merged) };
  const problems = new Map<RateRow, FileProblem>();
  const lastDays = lastDayOf(charged, keyOf);
  for (const charge of charged) {
    const key = keyOf(charge);
    const was = inForce(before.rows.get(key) ?? [], charge.day, before.first.get(charge.priceList));
    const is = inForce(after.rows.get(key) ?? [], charge.day, after.first.get(charge.priceList));
    if (was === null || is?.credits === was.credits) continue;
    // A new first date of the list moves what holds before it, also for countries that the file does not name.
    const culprit = rows.find((row) => row === is) ?? earliest(rows, charge.priceList);
    if (culprit === undefined) continue;
    const last = lastDays.get(key) ?? charge.day;
    problems.set(
      culprit,
      past({ line: culprit.line, column }, `messages to ${charge.country}`, charge, last),
    );
  }
  return [...problems.values()];
}

/** As for the rates; the tiers of one list and date stand and fall together. */
export function tiersThatChangeThePast(
  rows: readonly TierRow[],
  stored: readonly StoredTier[],
  charged: readonly ChargedDay[],
  column: number,
): FileProblem[] {
  const before = setsOf(stored);
  const file = setsOf(rows);
  const replaced = new Set(file.map(({ key }) => key));
  const after = [...before.filter(({ key }) => !replaced.has(key)), ...file];
  const [firstBefore, firstAfter] = [firstDates(before), firstDates(after)];
  const problems = new Map<TierSet, FileProblem>();
  const lastDays = lastDayOf(charged, (charge) => charge.priceList);
  for (const charge of charged) {
    const isMine = (set: TierSet) => set.priceList === charge.priceList;
    const was = inForce(before.filter(isMine), charge.day, firstBefore.get(charge.priceList));
    const is = inForce(after.filter(isMine), charge.day, firstAfter.get(charge.priceList));
    if (was === null || is === null || is.print === was.print) continue;
    const last = lastDays.get(charge.priceList) ?? charge.day;
    problems.set(is, past({ line: is.line, column }, "orders", charge, last));
  }
  return [...problems.values()];
}

type TierSet = {
  readonly key: string;
  readonly priceList: string;
  readonly validFrom: string;
  /** Of its first tier in the file; 0 for what is stored. */
  readonly line: number;
  /** Two sets that print alike charge alike. */
  readonly print: string;
};

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

function setsOf(tiers: readonly (StoredTier & { readonly line?: number })[]): TierSet[] {
  const groups = groupBy(tiers, (tier) => `${tier.priceList} ${tier.validFrom}`);
  return [...groups].flatMap(([key, group]) => {
    const [first] = group;
    if (first === undefined) return [];
    const print = group
      .map((tier) => `${tier.quantityMin}-${tier.quantityMax ?? ""}:${tier.unitPrice}`)
      .sort()
      .join(" ");
    return [{ key, priceList: first.priceList, validFrom: first.validFrom, line: first.line ?? 0, print }];
  });
}

/** The latest that holds on the day; a day before the list's first date counts as that date, as everywhere. */
function inForce<Row extends { readonly validFrom: string }>(
  rows: readonly Row[],
  day: string,
  first = "",
): Row | null {
  const date = day < first ? first : day;
  const held = rows.filter((row) => row.validFrom <= date);
  return held.reduce<Row | null>((best, row) => (best && best.validFrom >= row.validFrom ? best : row), null);
}

/** The first date of each price list. */
function firstDates(
  rows: readonly { readonly priceList: string; readonly validFrom: string }[],
): Map<string, string> {
  const first = new Map<string, string>();
  for (const { priceList, validFrom } of rows) {
    const known = first.get(priceList);
    if (known === undefined || validFrom < known) first.set(priceList, validFrom);
  }
  return first;
}

function earliest(rows: readonly RateRow[], priceList: string): RateRow | undefined {
  const mine = rows.filter((row) => row.priceList === priceList);
  return [...mine].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))[0];
}

function lastDayOf<Charge extends ChargedDay>(
  charged: readonly Charge[],
  keyOf: (charge: Charge) => string,
): Map<string, string> {
  const last = new Map<string, string>();
  for (const charge of charged) {
    const known = last.get(keyOf(charge));
    if (known === undefined || known < charge.day) last.set(keyOf(charge), charge.day);
  }
  return last;
}

function past(
  place: Pick<FileProblem, "line" | "column">,
  what: string,
  charge: ChargedDay,
  last: string,
): FileProblem {
  return {
    ...place,
    name: "valid_from",
    code: "changes_the_past",
    text: `would change what ${what} of price list ${charge.priceList} were charged on ${charge.day}; it may hold from ${dayAfter(last)}`,
  };
}
