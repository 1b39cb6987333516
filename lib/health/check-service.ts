import "server-only";
import type { AccountKey } from "@/lib/accounts/rules";
import { mayRead } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { newLease } from "@/lib/leases/rules";
import { verifyAccounts } from "@/lib/ledger/verify-service";
import {
  type Check,
  readCheck,
  readFailing,
  readRound,
  takeSlice,
  writeChecks,
  writeProgress,
} from "./check-store";

/** What the self-check last found of an account. `problems` is empty when its balance is the sum of its entries. */
export type CheckDto = { readonly checkedAt: string; readonly problems: readonly string[] };

export type CheckPace = {
  /** Accounts of one slice. */
  readonly limit: number;
  /** A slice ends with the account that brings it to so many entries, so that it ends long before its lease. */
  readonly maxEntries: number;
  /** A slice that takes a second is followed by this many seconds of rest. */
  readonly restPerWork: number;
  readonly leastRestMs: number;
  /** A round over all accounts begins no sooner than this after the one before. */
  readonly leastRoundMs: number;
};

/** At most a tenth of one connection's time; a small product is looked at every five minutes. */
export const USUAL_PACE: CheckPace = {
  limit: 500,
  maxEntries: 200_000,
  restPerWork: 9,
  leastRestMs: 500,
  leastRoundMs: 5 * 60_000,
};

const LEASE_MS = 10 * 60_000;
const WEEK_MS = 7 * 24 * 60 * 60_000;

/** What a slice found: the accounts that contradict themselves. */
export type CheckedSlice = {
  readonly accounts: number;
  readonly failed: readonly Check[];
  readonly endsRound: boolean;
};

/**
 * The next slice of the self-check; null if none is due, or if it took so long that another worker has it now. Proves of each account that its balance is the sum of its entries,
 * and writes down what it found with the time, and how much the account's messages used in the last week. For workers, of
 * which any number may take turns.
 */
export async function checkSlice(
  context: Context,
  pace: CheckPace = USUAL_PACE,
): Promise<CheckedSlice | null> {
  const { db, now } = context;
  const startedAt = now();
  const held = newLease(startedAt, LEASE_MS);
  const progress = await takeSlice(db, startedAt, held);
  if (progress === null) return null;
  const began = performance.now();
  const { after } = progress;
  const verified = await verifyAccounts(context, {
    after,
    limit: pace.limit,
    maxEntries: pace.maxEntries,
  });
  const { last, discrepancies } = verified;
  const checkedAt = now();
  await writeChecks(db, {
    after,
    last,
    discrepancies,
    checkedAt,
    limit: pace.limit,
    since: new Date(checkedAt.getTime() - WEEK_MS),
  });
  const rest = Math.max((performance.now() - began) * pace.restPerWork, pace.leastRestMs);
  const soonest = last === null ? progress.roundStartedAt.getTime() + pace.leastRoundMs : 0;
  const dueAt = new Date(Math.max(checkedAt.getTime() + rest, soonest));
  const accounts = progress.accounts + BigInt(verified.accounts);
  const isMine = await writeProgress(db, held.lease, { last, accounts, now: checkedAt, dueAt });
  if (!isMine) return null;
  const failed = discrepancies.map((one) => ({ ...one, checkedAt }));
  return { accounts: verified.accounts, failed, endsRound: last === null };
}

/** When an account was last checked and what was found; null before the first time. For its customer and for staff. */
export async function lastCheck(context: Context, key: AccountKey): Promise<Result<CheckDto | null>> {
  if (!mayRead(context.caller, key.customerId)) return fail({ code: "not_found" });
  const check = await readCheck(context.db, key);
  return ok(check === null ? null : { checkedAt: check.checkedAt.toISOString(), problems: check.problems });
}

export type CheckState = {
  readonly lastRound: { readonly finishedAt: string; readonly accounts: number } | null;
  readonly failing: readonly (AccountKey & CheckDto)[];
};

/** How the self-check stands over all accounts. For staff. */
export async function checkState(context: Context): Promise<Result<CheckState>> {
  if (context.caller.kind !== "support" && context.caller.kind !== "system")
    return fail({ code: "not_found" });
  const [round, failing] = await Promise.all([readRound(context.db), readFailing(context.db, 100)]);
  return ok({
    lastRound: round && { finishedAt: round.finishedAt.toISOString(), accounts: Number(round.accounts) },
    failing: failing.map((check) => ({ ...check, checkedAt: check.checkedAt.toISOString() })),
  });
}
