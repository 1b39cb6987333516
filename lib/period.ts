import { addDays, parseDay, startOfDay } from "./day";
import { type SearchParameters, searchText } from "./search-parameters";

/** The days of a period, both included; "" where it is open, and as typed where it is no day. */
export type Period = { readonly from: string; readonly to: string };

export type PeriodProblem = { readonly field: "from" | "to"; readonly problem: "day" | "order" };

/** Reads the period of an address. A day that is none is kept, to be told of. */
export function readPeriod(search: SearchParameters): Period {
  return { from: searchText(search, "from", 20), to: searchText(search, "to", 20) };
}

export function periodProblem({ from, to }: Period): PeriodProblem | null {
  if (from !== "" && parseDay(from) === null) return { field: "from", problem: "day" };
  if (to !== "" && parseDay(to) === null) return { field: "to", problem: "day" };
  return from !== "" && to !== "" && to < from ? { field: "to", problem: "order" } : null;
}

/** The instants of a period in a time zone: from the start of its first day to the end of its last. */
export function instantsOf({ from, to }: Period, timeZone: string): { from?: Date; to?: Date } {
  return {
    ...(from === "" ? {} : { from: startOfDay(from, timeZone) }),
    ...(to === "" ? {} : { to: startOfDay(addDays(to, 1), timeZone) }),
  };
}
