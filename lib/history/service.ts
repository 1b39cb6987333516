import "server-only";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import { addCredits, type Credits, NO_CREDITS, subtractCredits } from "@/lib/credits";
import { ok, type Result } from "@/lib/failure";
import {
  listEntries,
  type EntryFilter,
  entriesOfPeriod,
  type InstantRange,
} from "@/lib/ledger/history-service";
import type { LedgerEntry, EntryKind } from "@/lib/ledger/rules";
import type { Cents } from "@/lib/money";
import { historyEntryOf, type HistoryEntry, type PeriodFigures, RARE_KINDS, referencesIn } from "./rules";
import { readOrderNumbers, readPaid, readRecipientCounts } from "./store";

export type HistoryPage = {
  readonly entries: readonly HistoryEntry[];
  /** Where the next page starts; null on the last one. */
  readonly next: bigint | null;
};

/** Entries of an account with what each belongs to, the newest first, a page at a time. Fails with `not_found`. */
export async function listHistory(
  context: Context,
  key: AccountKey,
  filter: EntryFilter,
): Promise<Result<HistoryPage>> {
  const page = await listEntries(context, key, filter);
  if (!page.ok) return page;
  return ok({ entries: await describe(context, key, page.value.entries), next: page.value.next });
}

export type HistoryOfPeriod = {
  /** Before the first entry of the period, and after the last. */
  readonly opening: Credits;
  readonly closing: Credits;
  /** The oldest first, some at a time. */
  readonly entries: AsyncIterable<readonly HistoryEntry[]>;
};

/** All entries of a period for a file of any length, those of some kinds only if asked. Fails with `not_found`. */
export async function historyOfPeriod(
  context: Context,
  key: AccountKey,
  period: InstantRange,
  kinds?: readonly EntryKind[],
): Promise<Result<HistoryOfPeriod>> {
  const found = await entriesOfPeriod(context, key, period, kinds);
  if (!found.ok) return found;
  const { opening, closing, entries } = found.value;
  return ok({ opening, closing, entries: describeParts(context, key, entries) });
}

/** What a period used, bought and otherwise moved, and what its orders cost without VAT. Fails with `not_found`. */
export async function figuresOfPeriod(
  context: Context,
  key: AccountKey,
  period: { readonly from: Date; readonly to: Date },
): Promise<Result<PeriodFigures & { readonly paid: Cents }>> {
  const found = await entriesOfPeriod(context, key, period);
  if (!found.ok) return found;
  let bought = NO_CREDITS;
  let other = NO_CREDITS;
  let before: bigint | undefined;
  do {
    const filter = { ...period, kinds: RARE_KINDS, before, limit: MAX_READ };
    const page = await listEntries(context, key, filter);
    if (!page.ok) return page;
    for (const { kind, amount } of page.value.entries) {
      if (kind === "recharge" || kind === "purchase") bought = addCredits(bought, amount);
      else other = addCredits(other, amount);
    }
    before = page.value.next ?? undefined;
  } while (before !== undefined);
  // Messages are many and everything else is rare, so what they used is what the rest leaves unexplained.
  const { opening, closing } = found.value;
  const spent = subtractCredits(addCredits(addCredits(opening, bought), other), closing);
  return ok({ spent, bought, other, paid: await readPaid(context.db, key, period.from, period.to) });
}

const MAX_READ = 1000;

async function describe(
  { db }: Context,
  { customerId }: AccountKey,
  entries: readonly LedgerEntry[],
): Promise<HistoryEntry[]> {
  const { messageIds, orderKeys } = referencesIn(entries);
  const [recipients, orders] = await Promise.all([
    readRecipientCounts(db, customerId, messageIds),
    readOrderNumbers(db, customerId, orderKeys),
  ]);
  return entries.map((entry) => historyEntryOf(entry, { recipients, orders }));
}

async function* describeParts(
  context: Context,
  key: AccountKey,
  parts: AsyncIterable<readonly LedgerEntry[]>,
): AsyncGenerator<readonly HistoryEntry[]> {
  for await (const part of parts) yield await describe(context, key, part);
}
