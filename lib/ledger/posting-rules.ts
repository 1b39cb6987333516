import type { AccountKey } from "@/lib/accounts/rules";
import { type Credits, negateCredits, printCredits } from "@/lib/credits";
import type { Failure } from "@/lib/failure";
import {
  type AccountChange,
  type AccountDraft,
  type AccountState,
  changeOf,
  draftOf,
  move,
  type LedgerEntry,
  type NewEntry,
  closeOpenCrossing,
} from "./rules";

type Posting = {
  /** The idempotency key, unique in the customer. */
  readonly idempotencyKey: string;
  /** Of the content: the same idempotency key with another request hash is a conflict. */
  readonly requestHash: string;
};

/** When it happened. An entry is never dated earlier than the one before it in its account. */
export type Dated = { readonly at: Date };

type SinglePosting = Posting & {
  readonly account: AccountKey;
  readonly amount: Credits;
  /** The crossing that this posting answers. It is closed, and the threshold is evaluated anew. */
  readonly closesCrossing?: number;
};

/** What may be asked of the ledger. Amounts are positive, but for a correction's, which has a sign and is not zero. */
export type PostingRequest =
  | (SinglePosting & { readonly kind: "message" | "recharge" | "purchase" })
  | (SinglePosting & { readonly kind: "correction"; readonly reason: string })
  | (Posting & {
      readonly kind: "transfer";
      readonly from: AccountKey;
      /** Another SMS account of the same customer. */
      readonly to: AccountKey;
      readonly amount: Credits;
    });

/** What a posting did: one entry, or the two legs of a transfer, the one that goes out first. */
export type Posted = {
  readonly entries: readonly LedgerEntry[];
  /** True for an idempotency key that was posted before: these are the entries of that time. */
  readonly repeated: boolean;
  /** The crossing that this posting opened, of the first of its accounts that has one. */
  readonly crossing: number | null;
};

export type PostingOutcome =
  | { readonly kind: "posted"; readonly posted: Posted }
  | { readonly kind: "repeated"; readonly posted: Posted }
  | { readonly kind: "refused"; readonly failure: Failure };

/** An entry of an earlier posting, and the crossing that it opened. */
export type RecordedEntry = { readonly entry: LedgerEntry; readonly crossing: number | null };

export type Applied = {
  /** One for each request, in their order. */
  readonly outcomes: readonly PostingOutcome[];
  /** The accounts that change, with their state after. A refused request changes nothing. */
  readonly changes: readonly AccountChange[];
};

/** The idempotency key of the leg of a transfer that comes in. */
export const incomingKeyOf = (idempotencyKey: string): string => `${idempotencyKey}:in`;

/** The idempotency keys that a request writes, or finds written. */
export function idempotencyKeysOf(request: PostingRequest): readonly string[] {
  return request.kind === "transfer"
    ? [request.idempotencyKey, incomingKeyOf(request.idempotencyKey)]
    : [request.idempotencyKey];
}

/** The accounts that a request moves. */
export function accountsOf(request: PostingRequest): readonly AccountKey[] {
  return request.kind === "transfer" ? [request.from, request.to] : [request.account];
}

/**
 * Decides a list of postings of one customer, in their order, each seeing what those before it did.
 * `states` is by service name; `recorded` holds, by idempotency key, what was posted before.
 */
export function apply(
  states: ReadonlyMap<string, AccountState>,
  requests: readonly (PostingRequest & Dated)[],
  recorded: ReadonlyMap<string, RecordedEntry>,
): Applied {
  const drafts = new Map<string, AccountDraft>();
  const known = new Map(recorded);
  const draftFor = (account: AccountKey): AccountDraft | null => {
    const drafted = drafts.get(account.serviceName);
    if (drafted !== undefined) return drafted;
    const state = states.get(account.serviceName);
    if (state?.account.customerId !== account.customerId) return null;
    const draft = draftOf(state);
    drafts.set(account.serviceName, draft);
    return draft;
  };

  const outcomes = requests.map((request): PostingOutcome => {
    const earlier = earlierOutcome(request, known);
    if (earlier !== null) return earlier;
    const plan =
      request.kind === "transfer" ? planTransfer(request, draftFor) : planSingle(request, draftFor);
    if (!Array.isArray(plan)) return { kind: "refused", failure: plan };
    const closes = request.kind === "transfer" ? undefined : request.closesCrossing;
    const written = plan.map(({ draft, entry }): RecordedEntry => {
      if (closes !== undefined) closeOpenCrossing(draft, closes, request.at);
      return move(draft, entry, request.at);
    });
    for (const record of written) known.set(record.entry.idempotencyKey, record);
    return { kind: "posted", posted: postedOf(written, false) };
  });

  const changes: AccountChange[] = [];
  for (const draft of drafts.values()) {
    if (draft.entries.length > 0) changes.push(changeOf(draft));
  }
  return { outcomes, changes };
}

type Plan = { readonly draft: AccountDraft; readonly entry: NewEntry }[] | Failure;

function planSingle(
  request: Exclude<PostingRequest, { kind: "transfer" }>,
  draftFor: (account: AccountKey) => AccountDraft | null,
): Plan {
  const draft = draftFor(request.account);
  if (draft === null) return { code: "not_found" };
  const amount = request.kind === "message" ? negateCredits(request.amount) : request.amount;
  if (draft.balance + amount < 0n) return insufficient(draft, negateCredits(amount));
  const reason = request.kind === "correction" ? request.reason : null;
  const { kind, idempotencyKey, requestHash } = request;
  return [{ draft, entry: { kind, amount, idempotencyKey, requestHash, reason, peerServiceName: null } }];
}

function planTransfer(
  request: Extract<PostingRequest, { kind: "transfer" }>,
  draftFor: (account: AccountKey) => AccountDraft | null,
): Plan {
  const { from, to, amount, idempotencyKey, requestHash } = request;
  if (from.serviceName === to.serviceName) {
    return { code: "invalid_input", fields: { to: { problem: "transfer_to_itself" } } };
  }
  const source = draftFor(from);
  const target = draftFor(to);
  if (source === null || target === null) return { code: "not_found" };
  if (source.balance < amount) return insufficient(source, amount);
  const leg = { requestHash, reason: null };
  return [
    {
      draft: source,
      entry: {
        ...leg,
        kind: "transfer_out",
        amount: negateCredits(amount),
        idempotencyKey,
        peerServiceName: to.serviceName,
      },
    },
    {
      draft: target,
      entry: {
        ...leg,
        kind: "transfer_in",
        amount,
        idempotencyKey: incomingKeyOf(idempotencyKey),
        peerServiceName: from.serviceName,
      },
    },
  ];
}

const insufficient = (draft: AccountDraft, requested: Credits): Failure => ({
  code: "insufficient_credits",
  available: printCredits(draft.balance),
  requested: printCredits(requested),
});

/** The answer to an idempotency key that is taken: as the first time for the same content, else a conflict. */
function earlierOutcome(
  request: PostingRequest,
  known: ReadonlyMap<string, RecordedEntry>,
): PostingOutcome | null {
  if (known.size === 0) return null;
  const records = idempotencyKeysOf(request).map((idempotencyKey) => known.get(idempotencyKey));
  if (records.every((record) => record === undefined)) return null;
  const accounts = accountsOf(request);
  const same = records.filter(
    (record, leg) =>
      record !== undefined &&
      record.entry.account.serviceName === accounts[leg]?.serviceName &&
      record.entry.requestHash === request.requestHash &&
      record.entry.kind === kindOfLeg(request, leg),
  );
  const written = same.filter((record) => record !== undefined);
  return written.length === records.length
    ? { kind: "repeated", posted: postedOf(written, true) }
    : { kind: "refused", failure: { code: "conflict" } };
}

function kindOfLeg(request: PostingRequest, leg: number): LedgerEntry["kind"] {
  if (request.kind !== "transfer") return request.kind;
  return leg === 0 ? "transfer_out" : "transfer_in";
}

function postedOf(written: readonly RecordedEntry[], repeated: boolean): Posted {
  const crossing = written.find((record) => record.crossing !== null)?.crossing ?? null;
  return { entries: written.map((record) => record.entry), repeated, crossing };
}
