import type { Caller, StaffRight } from "@/lib/caller";

/** What a member of staff can have looked at. */
export const LOOK_SUBJECTS = [
  ...(["overview", "history", "orders", "recharges", "rule"] as const),
  ...(["dossier", "explanation", "corrections", "export"] as const),
] as const;
export type LookSubject = (typeof LOOK_SUBJECTS)[number];

export const BALANCE_FILTERS = ["all", "below", "zero", "suspended", "failing", "dry"] as const;
export type BalanceFilter = (typeof BALANCE_FILTERS)[number];

export const BALANCE_SORTS = ["customer", "balance", "runs_out", "last_movement"] as const;
export type BalanceSort = (typeof BALANCE_SORTS)[number];

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
