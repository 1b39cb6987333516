import type { AccountKey } from "@/lib/accounts/rules";
import { addCredits, type Credits } from "@/lib/credits";

declare const sequenceBrand: unique symbol;

/** The number of a movement in its account: 1, 2, 3 … without a gap. */
export type Sequence = bigint & { readonly [sequenceBrand]: true };

// Safe because the brand only says what is counted.
export const sequenceOf = (count: bigint): Sequence => count as Sequence;

export const MOVEMENT_KINDS = [
  "message",
  "recharge",
  "purchase",
  "transfer_out",
  "transfer_in",
  "correction",
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** One line of the ledger. `amount` is signed: what the account gained. */
export type Movement = {
  readonly account: AccountKey;
  readonly sequence: Sequence;
  readonly kind: MovementKind;
  readonly amount: Credits;
  readonly balanceBefore: Credits;
  readonly balanceAfter: Credits;
  readonly reference: string;
  readonly fingerprint: string;
  /** The other SMS account of a transfer. */
  readonly peerServiceName: string | null;
  /** Why a correction was made. */
  readonly reason: string | null;
  readonly postedAt: Date;
};

export type NewMovement = Pick<
  Movement,
  "kind" | "amount" | "reference" | "fingerprint" | "peerServiceName" | "reason"
>;

/** What an account is at one moment. Whoever changes it names the `version` that it saw. */
export type AccountState = {
  readonly account: AccountKey;
  readonly balance: Credits;
  /** Of the last movement; 0 before the first. */
  readonly sequence: Sequence;
  readonly watermark: Credits | null;
  /** How many crossings there were. The open one, if there is one, has this number. */
  readonly crossings: number;
  readonly hasOpenCrossing: boolean;
  readonly version: bigint;
  readonly lastPostedAt: Date;
};

/** A watermark that was reached, with the numbers of that moment. */
export type Crossing = {
  readonly crossing: number;
  readonly sequence: Sequence;
  readonly balance: Credits;
  readonly watermark: Credits;
  readonly openedAt: Date;
};

/** What one transaction does to one account. */
export type AccountChange = {
  readonly before: AccountState;
  readonly after: AccountState;
  readonly movements: readonly Movement[];
  /** In order. The last is open afterwards if the account then has an open one; the others are closed again. */
  readonly opened: readonly Crossing[];
  /** The crossing that was open before and is closed now. */
  readonly closed: { readonly crossing: number; readonly at: Date } | null;
};

/**
 * Is a recharge due? The one predicate of the product: the balance has reached the watermark when it is at or below
 * it. Nobody watches where there is no watermark.
 */
export function isDue(balance: Credits, watermark: Credits | null): boolean {
  return watermark !== null && balance <= watermark;
}

/** An account while a list of postings is being decided. */
export type AccountDraft = {
  readonly before: AccountState;
  balance: Credits;
  sequence: Sequence;
  watermark: Credits | null;
  crossings: number;
  hasOpenCrossing: boolean;
  lastPostedAt: Date;
  readonly movements: Movement[];
  readonly opened: Crossing[];
  closed: AccountChange["closed"];
};

export function draftOf(before: AccountState): AccountDraft {
  const { balance, sequence, watermark, crossings, hasOpenCrossing, lastPostedAt } = before;
  return {
    before,
    balance,
    sequence,
    watermark,
    crossings,
    hasOpenCrossing,
    lastPostedAt,
    movements: [],
    opened: [],
    closed: null,
  };
}

/** The draft as a change of one step: however much happened, the version grows by one. */
export function changeOf(draft: AccountDraft): AccountChange {
  const { before, balance, sequence, watermark, crossings, hasOpenCrossing, lastPostedAt } = draft;
  const after: AccountState = {
    account: before.account,
    balance,
    sequence,
    watermark,
    crossings,
    hasOpenCrossing,
    version: before.version + 1n,
    lastPostedAt,
  };
  return { before, after, movements: draft.movements, opened: draft.opened, closed: draft.closed };
}

/** Adds one movement and evaluates the watermark. The balance suffices: whoever calls has looked. */
export function move(
  draft: AccountDraft,
  movement: NewMovement,
  at: Date,
): { readonly movement: Movement; readonly crossing: number | null } {
  const balanceBefore = draft.balance;
  draft.balance = addCredits(balanceBefore, movement.amount);
  draft.sequence = sequenceOf(draft.sequence + 1n);
  if (at > draft.lastPostedAt) draft.lastPostedAt = at;
  const written: Movement = {
    account: draft.before.account,
    sequence: draft.sequence,
    kind: movement.kind,
    amount: movement.amount,
    balanceBefore,
    balanceAfter: draft.balance,
    reference: movement.reference,
    fingerprint: movement.fingerprint,
    peerServiceName: movement.peerServiceName,
    reason: movement.reason,
    postedAt: draft.lastPostedAt,
  };
  draft.movements.push(written);
  return { movement: written, crossing: evaluateThreshold(draft, draft.lastPostedAt) };
}

/** Opens a crossing if one is due and none is open. Answers its number. */
export function evaluateThreshold(draft: AccountDraft, at: Date): number | null {
  if (draft.hasOpenCrossing || draft.watermark === null || !isDue(draft.balance, draft.watermark))
    return null;
  draft.crossings += 1;
  draft.hasOpenCrossing = true;
  draft.opened.push({
    crossing: draft.crossings,
    sequence: draft.sequence,
    balance: draft.balance,
    watermark: draft.watermark,
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
