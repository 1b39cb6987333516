import "server-only";
import type { AccountKey } from "@/lib/accounts/rules";
import { mayChange, mayRead } from "@/lib/caller";
import { type Credits, creditsOf, MAX_CREDITS, negateCredits } from "@/lib/credits";
import type { Context } from "@/lib/context";
import { count } from "@/lib/counters";
import { fail, type Failure, type Result } from "@/lib/failure";
import { accountsOf, type Posted, type PostingRequest } from "./posting-rules";
import type { Attachment } from "./attachment-rules";
import { isTransaction, batcherOf, postInTransaction } from "./posting-store";
import { insertLedgerAccount } from "./store";
import { changeAccount } from "./threshold-store";
import { closed, evaluated, watched } from "./threshold-rules";

/** A posting as a verb asks for it. `at` is for what happened earlier; by default it is the context's now. */
export type PostingInput = PostingRequest & { readonly at?: Date; readonly attach?: Attachment };

/** The longest idempotency key: an idempotency key of a customer with its prefix fits. */
const MAX_KEY_LENGTH = 300;

/**
 * Moves credits. On the pool, postings that come at the same time share a transaction with others of the same
 * customer, and each has its own answer; in an open transaction, the posting stands when that one commits.
 * An idempotency key that was posted before answers as the first time. Refuses with `insufficient_credits`, `conflict` (the
 * idempotency key was posted with another content), `not_found` and `not_allowed`; a transfer to itself is `invalid_input`.
 */
export function post(context: Context, input: PostingInput): Promise<Result<Posted>> {
  for (const key of accountsOf(input)) {
    const refusal = refusalToChange(context, key);
    if (refusal !== null) return Promise.resolve(fail(refusal));
  }
  if (input.kind === "transfer" && input.from.customerId !== input.to.customerId) {
    return Promise.resolve(fail({ code: "not_found" }));
  }
  assertWellFormed(input);
  const posting = { ...input, at: input.at ?? context.now() };
  const answer = isTransaction(context.db)
    ? postInTransaction(context.db, posting)
    : batcherOf(context.db).post(posting);
  return answer.then((result) => counted(input.kind, result));
}

function counted(kind: PostingInput["kind"], result: Result<Posted>): Result<Posted> {
  if (!result.ok) count("ricarica_post_refusals_total", { kind, code: result.failure.code });
  else if (!result.value.repeated) count("ricarica_posts_total", { kind });
  return result;
}

/** Sets the balance at or below which a crossing opens; null watches nothing. Evaluates at once, in the same transaction. */
export function setThreshold(
  context: Context,
  key: AccountKey,
  threshold: Credits | null,
): Promise<{ readonly crossing: number | null }> {
  assertSystemOrOwner(context, key);
  return changeAccount(context.db, key, (state) => watched(state, threshold, context.now()));
}

/** Closes a crossing without credits. The threshold is evaluated again by the next change only. */
export function closeCrossing(
  context: Context,
  key: AccountKey,
  crossing: number,
): Promise<{ readonly crossing: number | null }> {
  assertSystemOrOwner(context, key);
  return changeAccount(context.db, key, (state) => closed(state, crossing, context.now()));
}

/** Opens a crossing if the threshold is reached and none is open: for a sweep, and for what was closed without credits. */
export function reevaluate(context: Context, key: AccountKey): Promise<{ readonly crossing: number | null }> {
  assertSystemOrOwner(context, key);
  return changeAccount(context.db, key, (state) => evaluated(state, context.now()));
}

/** Makes the ledger account of an SMS account, at zero. Nothing happens if it exists. */
export async function openLedgerAccount(context: Context, key: AccountKey): Promise<void> {
  assertSystemOrOwner(context, key);
  await insertLedgerAccount(context.db, key);
}

function refusalToChange(context: Context, key: AccountKey): Failure | null {
  if (!mayRead(context.caller, key.customerId)) return { code: "not_found" };
  return mayChange(context.caller, key.customerId) ? null : { code: "not_allowed" };
}

/** The verbs above this slice have asked already; who comes here without the right is a mistake in the program. */
function assertSystemOrOwner(context: Context, key: AccountKey): void {
  if (!mayChange(context.caller, key.customerId)) {
    throw new Error(`${context.caller.kind} may not change an account of ${key.customerId}`);
  }
}

function assertWellFormed(input: PostingInput): void {
  const { amount, idempotencyKey } = input;
  const isSigned = input.kind === "correction";
  const least = isSigned ? negateCredits(MAX_CREDITS) : creditsOf(1n);
  if (amount === 0n || amount < least || amount > MAX_CREDITS) {
    throw new RangeError(`a ${input.kind} of ${amount.toString()} thousandths`);
  }
  if (idempotencyKey.length === 0 || idempotencyKey.length > MAX_KEY_LENGTH) {
    throw new RangeError(`an idempotency key of ${idempotencyKey.length} characters`);
  }
}
