import "server-only";
import type { Database } from "@/db/client";
import type { AccountKey } from "@/lib/accounts/rules";
import { mayRead } from "@/lib/caller";
import type { Credits } from "@/lib/credits";
import { type Context, oncePerPage } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { cutPage, pageLimit } from "@/lib/page";
import {
  type BalanceDay,
  findSequences,
  readBalanceAfter,
  readDays,
  readStretch,
  type Stretch,
} from "./history-store";
import { type AccountState, type LedgerEntry, ENTRY_KINDS, type EntryKind } from "./rules";
import { readStates } from "./store";

/** From `from` on and before `to`; an end that is left out is open. */
export type InstantRange = { readonly from?: Date | undefined; readonly to?: Date | undefined };

export type EntryFilter = InstantRange & {
  /** Left out: all. */
  readonly kinds?: readonly EntryKind[] | undefined;
  /** Only entries with a smaller sequence: the `next` of the page before. */
  readonly before?: bigint | undefined;
  readonly limit: number;
};

export type EntryPage = {
  readonly entries: readonly LedgerEntry[];
  /** Where the next page starts; null on the last one. */
  readonly next: bigint | null;
};

const MAX_ON_A_PAGE = 1000;
const ROWS_OF_A_READ = 2000;
const MAX_DAYS = 3660;

/** Entries of an account, the newest first, a page at a time. Fails with `not_found`. */
export async function listEntries(
  context: Context,
  key: AccountKey,
  filter: EntryFilter,
): Promise<Result<EntryPage>> {
  const state = await readState(context, key);
  if (state === null) return fail({ code: "not_found" });
  const { first, behind } = await boundsOf(context, state, filter);
  const limit = pageLimit(filter.limit, MAX_ON_A_PAGE);
  const found = await readStretch(context.db, key, {
    first,
    behind: filter.before !== undefined && filter.before < behind ? filter.before : behind,
    kinds: kindsOf(filter.kinds),
    limit: limit + 1,
    order: "newest",
  });
  const { rows, next } = cutPage(found, limit, ({ sequence }) => sequence);
  return ok({ entries: rows, next });
}

export type PeriodOfEntries = {
  /** Before the first entry of the period, and after the last. */
  readonly opening: Credits;
  readonly closing: Credits;
  /** The oldest first, some at a time. What is posted meanwhile is not among them. */
  readonly entries: AsyncIterable<readonly LedgerEntry[]>;
};

/**
 * All entries of a period, those of some kinds only if asked, with the balances at its ends, for a file of any length.
 * Fails with `not_found`.
 */
export async function entriesOfPeriod(
  context: Context,
  key: AccountKey,
  period: InstantRange,
  kinds?: readonly EntryKind[],
): Promise<Result<PeriodOfEntries>> {
  const state = await readState(context, key);
  if (state === null) return fail({ code: "not_found" });
  const { first, behind } = await boundsOf(context, state, period);
  const [opening, closing] = await Promise.all([
    readBalanceAfter(context.db, key, first - 1n),
    readBalanceAfter(context.db, key, behind - 1n),
  ]);
  const entries = readInParts(context.db, key, { first, behind, kinds: kindsOf(kinds) });
  return ok({ opening, closing, entries });
}

/**
 * The balance at the end of each of the last `days` calendar days of a time zone, today's as it is now, with what
 * recharges and packs bought brought: the oldest first. Fails with `not_found`.
 */
export async function balanceSeries(
  context: Context,
  key: AccountKey,
  days: number,
  timeZone: string,
): Promise<Result<readonly BalanceDay[]>> {
  const state = await readState(context, key);
  if (state === null) return fail({ code: "not_found" });
  const count = Math.min(Math.max(Math.trunc(days), 1), MAX_DAYS);
  return ok(await readDays(context.db, key, { days: count, timeZone, now: context.now() }));
}

async function readState(context: Context, key: AccountKey): Promise<AccountState | null> {
  if (!mayRead(context.caller, key.customerId)) return null;
  return readStateOnce(context, key);
}

const readStateOnce = oncePerPage(async ({ db }, { customerId, serviceName }: AccountKey) => {
  const states = await readStates(db, customerId, [serviceName], "read");
  return states.get(serviceName) ?? null;
});

const findSequencesOnce = oncePerPage(
  ({ db }, { account, instants }: { account: AccountKey; instants: readonly Date[] }) =>
    findSequences(db, account, instants),
);

async function boundsOf(
  context: Context,
  { account, sequence }: AccountState,
  { from, to }: InstantRange,
): Promise<{ readonly first: bigint; readonly behind: bigint }> {
  const instants = [from, to].filter((instant) => instant !== undefined);
  const found = instants.length === 0 ? [] : await findSequencesOnce(context, { account, instants });
  const first = from === undefined ? 1n : (found[0] ?? 1n);
  const behind = to === undefined ? sequence + 1n : (found.at(-1) ?? sequence + 1n);
  return { first, behind: behind < first ? first : behind };
}

/** Null for all kinds, which needs no filter. */
function kindsOf(kinds: readonly EntryKind[] | undefined): readonly EntryKind[] | null {
  return kinds === undefined || ENTRY_KINDS.every((kind) => kinds.includes(kind)) ? null : kinds;
}

async function* readInParts(
  db: Database,
  key: AccountKey,
  { first, ...rest }: Pick<Stretch, "first" | "behind" | "kinds">,
): AsyncGenerator<readonly LedgerEntry[]> {
  let from = first;
  for (;;) {
    const stretch = { ...rest, first: from, limit: ROWS_OF_A_READ, order: "oldest" } as const;
    const entries = await readStretch(db, key, stretch);
    const last = entries.at(-1);
    if (last === undefined) return;
    yield entries;
    if (entries.length < ROWS_OF_A_READ) return;
    from = last.sequence + 1n;
  }
}
