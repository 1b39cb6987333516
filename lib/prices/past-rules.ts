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
 * would answer otherwise is refused, and told from which date on it may hold.
 */
export function ratesThatChangeThePast(
  rows: readonly RateRow[],
  stored: readonly StoredRate[],
  charged: readonly ChargedRateDay[],
): FileProblem[] {
  const keyOf = (row: { priceList: string; country: string }) => `${row.priceList} ${row.country}`;
  const before = groupBy(stored, keyOf);
  const inFile = groupBy(rows, keyOf);
  const problems = new Map<RateRow, FileProblem>();
  const lastDays = lastDayOf(charged, keyOf);
  for (const charge of charged) {
    const key = keyOf(charge);
    const was = inForce(before.get(key) ?? [], charge.day);
    const file = inFile.get(key) ?? [];
    const dates = new Set(file.map((row) => row.validFrom));
    const kept = (before.get(key) ?? []).filter((row) => !dates.has(row.validFrom));
    const culprit = inForce<RateRow | StoredRate>([...kept, ...file], charge.day);
    if (was === null || culprit === null || culprit.credits === was.credits || !("line" in culprit)) continue;
    problems.set(
      culprit,
      past(culprit.line, `messages to ${charge.country}`, charge, lastDays.get(key) ?? charge.day),
    );
  }
  return [...problems.values()];
}

/** As for the rates; the tiers of one list and date stand and fall together. */
export function tiersThatChangeThePast(
  rows: readonly TierRow[],
  stored: readonly StoredTier[],
  charged: readonly ChargedDay[],
): FileProblem[] {
  const before = setsOf(stored);
  const inFile = setsOf(rows);
  const problems = new Map<TierSet<TierRow>, FileProblem>();
  const lastDays = lastDayOf(charged, (charge) => charge.priceList);
  for (const charge of charged) {
    const mine = before.filter((set) => set.priceList === charge.priceList);
    const file = inFile.filter((set) => set.priceList === charge.priceList);
    const dates = new Set(file.map((set) => set.validFrom));
    const was = inForce(mine, charge.day);
    const kept = mine.filter((set) => !dates.has(set.validFrom));
    const culprit = inForce<TierSet<TierRow> | TierSet<StoredTier>>([...kept, ...file], charge.day);
    const mark = file.find((set) => set === culprit);
    if (was === null || mark === undefined || mark.print === was.print) continue;
    const line = mark.tiers[0]?.line ?? 1;
    problems.set(mark, past(line, "orders", charge, lastDays.get(charge.priceList) ?? charge.day));
  }
  return [...problems.values()];
}

type TierSet<Tier extends StoredTier> = {
  readonly priceList: string;
  readonly validFrom: string;
  readonly tiers: readonly Tier[];
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

function setsOf<Tier extends StoredTier>(tiers: readonly Tier[]): TierSet<Tier>[] {
  const groups = groupBy(tiers, (tier) => `${tier.priceList} ${tier.validFrom}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const print = group
      .map((tier) => `${tier.quantityMin}-${tier.quantityMax ?? ""}:${tier.unitPrice}`)
      .sort()
      .join(" ");
    return [{ priceList: first.priceList, validFrom: first.validFrom, tiers: group, print }];
  });
}

/** The latest that holds on the day; before the first date the first holds, as everywhere. */
function inForce<Row extends { readonly validFrom: string }>(rows: readonly Row[], day: string): Row | null {
  const sorted = [...rows].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return sorted.findLast((row) => row.validFrom <= day) ?? sorted[0] ?? null;
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

function past(line: number, what: string, charge: ChargedDay, last: string): FileProblem {
  return {
    line,
    column: null,
    name: "valid_from",
    code: "changes_the_past",
    text: `would change what ${what} of price list ${charge.priceList} were charged on ${charge.day}; it may hold from ${dayAfter(last)}`,
  };
}
