import type { AccountKey } from "@/lib/accounts/rules";
import { addCredits, type Credits } from "@/lib/credits";

declare const sequenceBrand: unique symbol;

/** The number of an entry in its account: 1, 2, 3 … without a gap. */
export type Sequence = bigint & { readonly [sequenceBrand]: true };

// Safe because the brand only says what is counted.
export const sequenceOf = (count: bigint): Sequence => count as Sequence;

export const ENTRY_KINDS = [
  "message",
  "recharge",
  "purchase",
  "transfer_out",
  "transfer_in",
  "correction",
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One line of the ledger. `amount` is signed: what the account gained. */
export type LedgerEntry = {
  readonly account: AccountKey;
  readonly sequence: Sequence;
  readonly kind: EntryKind;
  readonly amount: Credits;
  readonly balanceBefore: Credits;
  readonly balanceAfter: Credits;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  /** The other SMS account of a transfer. */
  readonly peerServiceName: string | null;
  /** Why a correction was made. */
  readonly reason: string | null;
  readonly postedAt: Date;
};

export type NewEntry = Pick<
  LedgerEntry,
  "kind" | "amount" | "idempotencyKey" | "requestHash" | "peerServiceName" | "reason"
>;

/** What an account is at one moment. Whoever changes it names the `version` that it saw. */
export type AccountState = {
  readonly account: AccountKey;
  readonly balance: Credits;
  /** Of the last entry; 0 before the first. */
  readonly sequence: Sequence;
  readonly threshold: Credits | null;
  /** How many crossings there were. The open one, if there is one, has this number. */
  readonly crossings: number;
  readonly hasOpenCrossing: boolean;
  readonly version: bigint;
  readonly lastPostedAt: Date;
};

/** A threshold that was reached, with the numbers of that moment. */
export type Crossing = {
  readonly crossing: number;
  readonly sequence: Sequence;
  readonly balance: Credits;
  readonly threshold: Credits;
  readonly openedAt: Date;
};

/** What one transaction does to one account. */
export type AccountChange = {
  readonly before: AccountState;
  readonly after: AccountState;
  readonly entries: readonly LedgerEntry[];
  /** In order. The last is open afterwards if the account then has an open one; the others are closed again. */
  readonly opened: readonly Crossing[];
  /** The crossing that was open before and is closed now. */
  readonly closed: { readonly crossing: number; readonly at: Date } | null;
};

/**
 * Is a recharge due? The one predicate of the product: the balance has reached the threshold when it is at or below
 * it. Nobody watches where there is no threshold.
 */
export function isDue(balance: Credits, threshold: Credits | null): boolean {
  return threshold !== null && balance <= threshold;
}

/** An account while a list of postings is being decided. */
export type AccountDraft = {
  readonly before: AccountState;
  balance: Credits;
  sequence: Sequence;
  threshold: Credits | null;
  crossings: number;
  hasOpenCrossing: boolean;
  lastPostedAt: Date;
  readonly entries: LedgerEntry[];
  readonly opened: Crossing[];
  closed: AccountChange["closed"];
};

export function draftOf(before: AccountState): AccountDraft {
  const { balance, sequence, threshold, crossings, hasOpenCrossing, lastPostedAt } = before;
  return {
    before,
    balance,
    sequence,
    threshold,
    crossings,
    hasOpenCrossing,
    lastPostedAt,
    entries: [],
    opened: [],
    closed: null,
  };
}

/** The draft as a change of one step: however much happened, the version grows by one. */
export function changeOf(draft: AccountDraft): AccountChange {
  const { before, balance, sequence, threshold, crossings, hasOpenCrossing, lastPostedAt } = draft;
  const after: AccountState = {
    account: before.account,
    balance,
    sequence,
    threshold,
    crossings,
    hasOpenCrossing,
    version: before.version + 1n,
    lastPostedAt,
  };
  return { before, after, entries: draft.entries, opened: draft.opened, closed: draft.closed };
}

/** Adds one entry and evaluates the threshold. The balance suffices: whoever calls has looked. */
export function move(
  draft: AccountDraft,
  entry: NewEntry,
  at: Date,
): { readonly entry: LedgerEntry; readonly crossing: number | null } {
  const balanceBefore = draft.balance;
  draft.balance = addCredits(balanceBefore, entry.amount);
  draft.sequence = sequenceOf(draft.sequence + 1n);
  if (at > draft.lastPostedAt) draft.lastPostedAt = at;
  const written: LedgerEntry = {
    account: draft.before.account,
    sequence: draft.sequence,
    kind: entry.kind,
    amount: entry.amount,
    balanceBefore,
    balanceAfter: draft.balance,
    idempotencyKey: entry.idempotencyKey,
    requestHash: entry.requestHash,
    peerServiceName: entry.peerServiceName,
    reason: entry.reason,
    postedAt: draft.lastPostedAt,
  };
  draft.entries.push(written);
  return { entry: written, crossing: evaluateThreshold(draft, draft.lastPostedAt) };
}

/** Opens a crossing if one is due and none is open. Answers its number. */
export function evaluateThreshold(draft: AccountDraft, at: Date): number | null {
  if (draft.hasOpenCrossing || draft.threshold === null || !isDue(draft.balance, draft.threshold))
    return null;
  draft.crossings += 1;
  draft.hasOpenCrossing = true;
  draft.opened.push({
    crossing: draft.crossings,
    sequence: draft.sequence,
    balance: draft.balance,
    threshold: draft.threshold,
    openedAt: at,
  });
  return draft.crossings;
}

/** Closes this crossing if it is the open one. One that is closed already stays so. */
export function closeOpenCrossing(draft: AccountDraft, crossing: number, at: Date): void {
  if (!draft.hasOpenCrossing || draft.crossings !== crossing) return;
  draft.hasOpenCrossing = false;
  if (draft.opened.length === 0) draft.closed = { crossing, at };
}
