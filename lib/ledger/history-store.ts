import "server-only";
import type { Database } from "@/db/client";
import type { AccountKey } from "@/lib/accounts/rules";
import { type Credits, creditsOf } from "@/lib/credits";
import type { LedgerEntry, EntryKind, Sequence } from "./rules";
import { sequenceOf } from "./rules";
import { ENTRY_COLUMNS, entryOf, type EntryRow, run } from "./store";

/**
 * Finds, for each instant, the first entry at or after it. Entries are numbered without a gap and their instants
 * never go back, so that each is found by halving: 24 look-ups among ten million, by the primary key.
 * `$1` customer, `$2` account; expects a table expression `asked (position, instant)` before it.
 */
const SEARCH = `
  account as (select sequence + 1 as behind from ledger_accounts where customer_id = $1 and service_name = $2),
  search (position, instant, low, high) as (
    select asked.position, asked.instant, 1::bigint, account.behind from asked, account
    union all
    select s.position, s.instant,
      case when s.is_earlier then s.middle + 1 else s.low end, case when s.is_earlier then s.high else s.middle end
    from (
      select position, instant, low, high, (low + high) / 2 as middle,
        (select m.posted_at from entries m
         where m.customer_id = $1 and m.service_name = $2 and m.sequence = (low + high) / 2) < instant as is_earlier
      from search where low < high
    ) as s
  ),
  found as materialized (select position, instant, low as sequence from search where low = high)`;

const FIND_SEQUENCES = `
  with recursive
  asked as (select position::int, instant from unnest($3::timestamptz[]) with ordinality as a (instant, position)),
  ${SEARCH}
  select position, sequence from found order by position`;

/** The number of the first entry at or after each instant; one beyond the last where there is none. */
export async function findSequences(
  db: Database,
  key: AccountKey,
  instants: readonly Date[],
): Promise<Sequence[]> {
  const rows = await run<{ sequence: bigint }>(db, FIND_SEQUENCES, [
    key.customerId,
    key.serviceName,
    instants.map((instant) => instant.toISOString()),
  ]);
  return rows.map((row) => sequenceOf(row.sequence));
}

/** Entries from `first` on and before `behind`, of these kinds (null: all), the newest first or the oldest first. */
export type Stretch = {
  readonly first: bigint;
  readonly behind: bigint;
  readonly kinds: readonly EntryKind[] | null;
  readonly limit: number;
  readonly order: "newest" | "oldest";
};

const inAccount = `m.customer_id = $1 and m.service_name = $2 and m.sequence >= $3::bigint and m.sequence < $4::bigint`;

const stretchText = (condition: string, direction: string): string =>
  `select ${ENTRY_COLUMNS} from entries m where ${inAccount} ${condition}
   order by m.sequence ${direction} limit $5::int`;

// Each rare kind from its own end of the index; then the few that are left are put in order.
const rareText = (direction: string): string => `
  select ${ENTRY_COLUMNS} from unnest($6::text[]) as k (kind) cross join lateral (
    select * from entries m where ${inAccount} and m.kind = k.kind and m.kind <> 'message'
    order by m.sequence ${direction} limit $5::int
  ) as m order by m.sequence ${direction} limit $5::int`;

const DIRECTIONS = { newest: "desc", oldest: "asc" } as const;

export async function readStretch(db: Database, key: AccountKey, stretch: Stretch): Promise<LedgerEntry[]> {
  const { first, behind, kinds, limit } = stretch;
  const direction = DIRECTIONS[stretch.order];
  const parameters = [key.customerId, key.serviceName, first.toString(), behind.toString(), limit];
  const rows =
    kinds === null
      ? await run<EntryRow>(db, stretchText("", direction), parameters)
      : await run<EntryRow>(
          db,
          kinds.includes("message")
            ? stretchText("and m.kind = any($6::text[])", direction)
            : rareText(direction),
          [...parameters, kinds],
        );
  return rows.map((row) => entryOf(key.customerId, row));
}

const READ_BALANCE_AT = `
  select balance_after from entries where customer_id = $1 and service_name = $2 and sequence = $3::bigint`;

/** The balance after an entry; nothing before the first. */
export async function readBalanceAfter(db: Database, key: AccountKey, sequence: bigint): Promise<Credits> {
  const rows = await run<{ balance_after: bigint }>(db, READ_BALANCE_AT, [
    key.customerId,
    key.serviceName,
    sequence.toString(),
  ]);
  return creditsOf(rows[0]?.balance_after ?? 0n);
}

export type BalanceDay = {
  /** The calendar day in the time zone asked for: "2026-11-22". */
  readonly day: string;
  /** At the end of the day. */
  readonly balance: Credits;
  readonly recharges: number;
  /** What they brought. */
  readonly recharged: Credits;
  /** Packs bought by hand. */
  readonly purchases: number;
  readonly purchased: Credits;
};

const READ_DAYS = `
  with recursive
  days as (
    select day::date::text as day, (day::date + 1)::timestamp at time zone $4 as ends,
      row_number() over (order by day)::int as position
    from generate_series(($5::timestamptz at time zone $4)::date - ($3::int - 1),
      ($5::timestamptz at time zone $4)::date, interval '1 day') as day
  ),
  asked as (
    select 0 as position, min(day::date)::timestamp at time zone $4 as instant from days
    union all select position, ends from days
  ),
  ${SEARCH}
  select days.day,
    coalesce((select m.balance_after from entries m
      where m.customer_id = $1 and m.service_name = $2 and m.sequence = f.sequence - 1), 0) as balance,
    bought.recharges, bought.recharged, bought.purchases, bought.purchased
  from days
  join found f using (position)
  join found start on start.position = days.position - 1
  cross join lateral (
    select
      count(*) filter (where m.kind = 'recharge')::int as recharges,
      coalesce(sum(m.amount) filter (where m.kind = 'recharge'), 0)::bigint as recharged,
      count(*) filter (where m.kind = 'purchase')::int as purchases,
      coalesce(sum(m.amount) filter (where m.kind = 'purchase'), 0)::bigint as purchased
    from entries m
    where m.customer_id = $1 and m.service_name = $2
      and m.kind in ('recharge', 'purchase') and m.kind <> 'message'
      and m.sequence >= start.sequence and m.sequence < f.sequence
  ) as bought
  order by days.position`;

/** The last days up to that of `now`, the oldest first. */
export async function readDays(
  db: Database,
  key: AccountKey,
  { days, timeZone, now }: { readonly days: number; readonly timeZone: string; readonly now: Date },
): Promise<BalanceDay[]> {
  type Row = {
    readonly day: string;
    readonly balance: bigint;
    readonly recharges: number;
    readonly recharged: bigint;
    readonly purchases: number;
    readonly purchased: bigint;
  };
  const parameters = [key.customerId, key.serviceName, days, timeZone, now.toISOString()];
  const rows = await run<Row>(db, READ_DAYS, parameters);
  return rows.map((row) => ({
    day: row.day,
    balance: creditsOf(row.balance),
    recharges: row.recharges,
    recharged: creditsOf(row.recharged),
    purchases: row.purchases,
    purchased: creditsOf(row.purchased),
  }));
}
