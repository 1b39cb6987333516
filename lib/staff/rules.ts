import type { Caller, StaffRight } from "@/lib/caller";

/** What a member of staff can have looked at. */
export const ACCESS_SUBJECTS = [
  "overview",
  "history",
  "orders",
  "recharges",
  "rule",
  "dossier",
  "explanation",
  "corrections",
  "list",
  "export",
] as const;
export type AccessSubject = (typeof ACCESS_SUBJECTS)[number];

export const BALANCE_FILTERS = ["all", "below", "zero", "suspended", "failing", "dry"] as const;
export type BalanceFilter = (typeof BALANCE_FILTERS)[number];

export const BALANCE_SORTS = ["customer", "balance", "runs_out", "last_entry"] as const;
export type BalanceSort = (typeof BALANCE_SORTS)[number];

/** An account in the list of balances. Amounts as by `printCredits`, instants in ISO form. */
export type BalanceRow = {
  readonly customerId: string;
  readonly customerName: string;
  readonly serviceName: string;
  readonly name: string;
  readonly status: "enable" | "disable";
  readonly balance: string;
  readonly rule: "on" | "off" | "suspended";
  readonly threshold: string | null;
  readonly quantity: number | null;
  readonly suspensionReason: string | null;
  /** Payments declined in a row. */
  readonly declines: number;
  /** By messages, in the seven days before the worker last recorded; null until it has. */
  readonly spentLastWeek: string | null;
  /** Whole hours until it is empty at that pace. */
  readonly hoursLeft: number | null;
  /** Empty within a day at that pace. */
  readonly runsDry: boolean;
  readonly lastEntryAt: string | null;
};

export type BalanceList = {
  readonly filter: BalanceFilter;
  readonly sort: BalanceSort;
  readonly direction: "asc" | "desc";
};

/** One access. Who it was, and from where, is for those who lead; a customer learns the right and the instant. */
export type StaffAccessDto = {
  readonly accessId: string;
  readonly at: string;
  readonly what: string;
  readonly customerId: string;
  readonly serviceName: string | null;
  readonly staffName: string | null;
  readonly staffUserId: string | null;
  readonly staffRight: string;
  readonly address: string | null;
  readonly ticket: string | null;
};

export type StaffCaller = { readonly userId: string; readonly right: StaffRight };

/** The caller as a member of staff; null for everybody else, for whom none of this exists. */
export function staffOf(caller: Caller): StaffCaller | null {
  return caller.kind === "support" ? caller : null;
}

/** Corrections are a right of their own: who only looks, or leads, does not touch. */
export const mayCorrect = ({ right }: StaffCaller): boolean => right === "billing";

/** Who looked at whom is for those who lead. */
export const mayAudit = ({ right }: StaffCaller): boolean => right === "lead";

/** The longest number of a ticket. */
export const LONGEST_TICKET = 60;

/** A ticket as typed; null for none, undefined for what is none. */
export function readTicket(given: string | undefined): string | null | undefined {
  const ticket = (given ?? "").trim();
  if (ticket === "") return null;
  return ticket.length > LONGEST_TICKET || /\p{Cc}/u.test(ticket) ? undefined : ticket;
}

/** An account with a balance that falls at a steady pace: whole hours until it is empty, or null if it does not fall. */
export function hoursLeft(balance: bigint, spentWeek: bigint | null): number | null {
  if (spentWeek === null || spentWeek <= 0n) return null;
  const hours = (balance * 168n) / spentWeek;
  return Number(hours > 100_000n ? 100_000n : hours);
}

/** Is it empty within a day, at the pace of the last week? As the filter of the list has it, in SQL. */
export const runsDry = (balance: bigint, spentWeek: bigint | null): boolean =>
  spentWeek !== null && spentWeek > 0n && balance * 7n <= spentWeek;
