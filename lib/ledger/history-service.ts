import "server-only";
import type { Database } from "@/db/client";
import type { AccountKey } from "@/lib/accounts/rules";
import { mayRead } from "@/lib/caller";
import type { Credits } from "@/lib/credits";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import {
  type BalanceDay,
  findSequences,
  readBalanceAfter,
  readDays,
  readStretch,
  type Stretch,
} from "./history-store";
import { type AccountState, type Movement, MOVEMENT_KINDS, type MovementKind } from "./rules";
import { readStates } from "./store";

/** From `from` on and before `to`; an end that is left out is open. */
export type Period = { readonly from?: Date | undefined; readonly to?: Date | undefined };

export type MovementFilter = Period & {
  /** Left out: all. */
  readonly kinds?: readonly MovementKind[] | undefined;
  /** Only movements with a smaller sequence: the `next` of the page before. */
  readonly before?: bigint | undefined;
  readonly limit: number;
};

export type MovementPage = {
  readonly movements: readonly Movement[];
  /** Where the next page starts; null on the last one. */
  readonly next: bigint | null;
};

const MAX_ON_A_PAGE = 1000;
const ROWS_OF_A_READ = 2000;
const MAX_DAYS = 3660;

/** Movements of an account, the newest first, a page at a time. Fails with `not_found`. */
export async function listMovements(
  context: Context,
  key: AccountKey,
  filter: MovementFilter,
): Promise<Result<MovementPage>> {
  const state = await readState(context, key);
  if (state === null) return fail({ code: "not_found" });
  const { first, behind } = await boundsOf(context, state, filter);
  const limit = Math.min(Math.max(filter.limit, 1), MAX_ON_A_PAGE);
  const found = await readStretch(context.db, key, {
    first,
    behind: filter.before !== undefined && filter.before < behind ? filter.before : behind,
    kinds: kindsOf(filter.kinds),
    // One more than is shown tells whether there is a next page.
    limit: limit + 1,
    order: "newest",
  });
  const movements = found.slice(0, limit);
  return ok({ movements, next: found.length > limit ? (movements.at(-1)?.sequence ?? null) : null });
}

export type PeriodOfMovements = {
  /** Before the first movement of the period, and after the last. */
  readonly opening: Credits;
  readonly closing: Credits;
  /** The oldest first, some at a time. What is posted meanwhile is not among them. */
  readonly movements: AsyncIterable<readonly Movement[]>;
};

/**
 * All movements of a period, those of some kinds only if asked, with the balances at its ends, for a file of any length.
 * Fails with `not_found`.
 */
export async function movementsOfPeriod(
  context: Context,
  key: AccountKey,
  period: Period,
  kinds?: readonly MovementKind[],
): Promise<Result<PeriodOfMovements>> {
  const state = await readState(context, key);
  if (state === null) return fail({ code: "not_found" });
  const { first, behind } = await boundsOf(context, state, period);
  const [opening, closing] = await Promise.all([
    readBalanceAfter(context.db, key, first - 1n),
    readBalanceAfter(context.db, key, behind - 1n),
  ]);
  const movements = readInParts(context.db, key, { first, behind, kinds: kindsOf(kinds) });
  return ok({ opening, closing, movements });
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
  const states = await readStates(context.db, key.customerId, [key.serviceName], "read");
  return states.get(key.serviceName) ?? null;
}

async function boundsOf(
  context: Context,
  { account, sequence }: AccountState,
  { from, to }: Period,
): Promise<{ readonly first: bigint; readonly behind: bigint }> {
  const instants = [from, to].filter((instant) => instant !== undefined);
  const found = instants.length === 0 ? [] : await findSequences(context.db, account, instants);
  const first = from === undefined ? 1n : (found[0] ?? 1n);
  const behind = to === undefined ? sequence + 1n : (found.at(-1) ?? sequence + 1n);
  return { first, behind: behind < first ? first : behind };
}

/** Null for all kinds, which needs no filter. */
function kindsOf(kinds: readonly MovementKind[] | undefined): readonly MovementKind[] | null {
  return kinds === undefined || MOVEMENT_KINDS.every((kind) => kinds.includes(kind)) ? null : kinds;
}

async function* readInParts(
  db: Database,
  key: AccountKey,
  { first, ...rest }: Pick<Stretch, "first" | "behind" | "kinds">,
): AsyncGenerator<readonly Movement[]> {
  let from = first;
  for (;;) {
    const stretch = { ...rest, first: from, limit: ROWS_OF_A_READ, order: "oldest" } as const;
    const movements = await readStretch(db, key, stretch);
    const last = movements.at(-1);
    if (last === undefined) return;
    yield movements;
    if (movements.length < ROWS_OF_A_READ) return;
    from = last.sequence + 1n;
  }
}
