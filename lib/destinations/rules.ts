import { type Credits, wholeCredits } from "../credits";
import { divideHalfUp, type Micros, microsOf } from "../money";
import { reachOf } from "../packs/rules";
import type { DestinationRate } from "../rates/rules";

/** One line of the page: a rate of the list, and what it comes to. */
export type Destination = DestinationRate & {
  /** In the reader's language. */
  readonly name: string;
  /** What the search compares a query with. */
  readonly words: string;
  /** What one part costs in money at the chosen pack, without VAT, to the nearest millionth. */
  readonly money: Micros;
  /** Messages of one part that 100 credits pay for, rounded down. */
  readonly perHundred: bigint;
  /** And the balance of the chosen account; null for a stranger. */
  readonly withBalance: bigint | null;
};

/** The columns by which the page can be sorted, in the order of the page. */
export const SORT_COLUMNS = ["country", "code", "credits", "money", "hundred", "balance"] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];
export type Direction = "asc" | "desc";

export function isSortColumn(value: unknown): value is SortColumn {
  return SORT_COLUMNS.some((column) => column === value);
}

/** Works out the figures of one rate. `unitPrice` is that of the chosen pack. */
export function destinationOf(
  rate: DestinationRate,
  { name, words }: { name: string; words: string },
  { unitPrice, balance }: { unitPrice: Micros; balance: Credits | null },
): Destination {
  return {
    ...rate,
    name,
    words,
    money: microsOf(divideHalfUp(unitPrice * rate.credits, 1000n)),
    perHundred: reachOf(wholeCredits(100), rate.credits).messages,
    withBalance: balance === null ? null : reachOf(balance, rate.credits).messages,
  };
}

/**
 * Sorts by a column, then by name. Money follows credits, and what a sum of credits sends runs against them; both are
 * compared by the rate itself, so that figures which round alike still stand in their true order.
 */
export function sortDestinations(
  destinations: readonly Destination[],
  column: SortColumn,
  direction: Direction,
  compareNames: (a: string, b: string) => number,
): Destination[] {
  const sign = direction === "asc" ? 1 : -1;
  const compare = COMPARE[column];
  return [...destinations].sort(
    (a, b) =>
      sign * (column === "country" ? compareNames(a.name, b.name) : compare(a, b)) ||
      compareNames(a.name, b.name) ||
      (a.country < b.country ? -1 : 1),
  );
}

const byCredits = (a: Destination, b: Destination): number => Number(a.credits - b.credits);
const COMPARE: Readonly<Record<SortColumn, (a: Destination, b: Destination) => number>> = {
  country: () => 0,
  code: (a, b) => Number(a.callingCode) - Number(b.callingCode),
  credits: byCredits,
  money: byCredits,
  hundred: (a, b) => byCredits(b, a),
  balance: (a, b) => byCredits(b, a),
};

/** What one country's rate was on one day and is on another; null where the list did not serve it. */
export type RateChange = {
  readonly country: string;
  readonly before: Credits | null;
  readonly after: Credits | null;
};

type Rates = ReadonlyMap<string, DestinationRate>;

/** The countries whose rate differs between two days; what stays the same is left out. */
export function changesBetween(before: Rates, after: Rates): RateChange[] {
  const countries = new Set([...before.keys(), ...after.keys()]);
  return [...countries].flatMap((country) => {
    const change = {
      country,
      before: before.get(country)?.credits ?? null,
      after: after.get(country)?.credits ?? null,
    };
    return change.before === change.after ? [] : [change];
  });
}
