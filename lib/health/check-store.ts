import "server-only";
import { and, eq, lte, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { checkProgress } from "@/db/schema/staff";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Lease } from "@/lib/leases/rules";
import { takeRow, writeHeldRow } from "@/lib/leases/store";
import type { Discrepancy } from "@/lib/ledger/verify-rules";

export type Progress = {
  readonly after: AccountKey;
  readonly roundStartedAt: Date;
  /** Looked at in this round so far. */
  readonly accounts: bigint;
};

const isTheRow = eq(checkProgress.id, 1);

/** Takes the next slice if it is due and nobody has it. Null otherwise. */
export async function takeSlice(db: Database, now: Date, held: Lease): Promise<Progress | null> {
  const isDue = and(isTheRow, lte(checkProgress.dueAt, now));
  const cycleStartedAt = sql`coalesce(${checkProgress.cycleStartedAt}, ${now.toISOString()}::timestamptz)`;
  const row = await takeRow(db, checkProgress, isDue, now, held, { cycleStartedAt });
  if (row === null) return null;
  return {
    after: { customerId: row.afterCustomer, serviceName: row.afterService },
    roundStartedAt: row.cycleStartedAt ?? now,
    accounts: row.cycleAccounts,
  };
}

/**
 * Where the next slice begins, and when. At the end of a round it begins at the front. False, and nothing is written, if
 * the lease ran out and the slice was taken again.
 */
export async function writeProgress(
  db: Database,
  lease: string,
  {
    last,
    accounts,
    now,
    dueAt,
  }: {
    readonly last: AccountKey | null;
    readonly accounts: bigint;
    readonly now: Date;
    readonly dueAt: Date;
  },
): Promise<boolean> {
  const front = { afterCustomer: "", afterService: "", cycleStartedAt: null, cycleAccounts: 0n };
  const next =
    last === null
      ? { ...front, roundFinishedAt: now, roundAccounts: accounts }
      : { afterCustomer: last.customerId, afterService: last.serviceName, cycleAccounts: accounts };
  return (await writeHeldRow(db, checkProgress, isTheRow, lease, { ...next, dueAt }, null)) !== null;
}

/**
 * Writes down what the check found of the accounts behind `after` up to `last`, and what their messages used since
 * `since`: the balance of then and what came in, less the balance of now. The entry of then is found by halving, as
 * for the history; messages, which are many, are not read.
 */
export async function writeChecks(
  db: Database,
  slice: {
    readonly after: AccountKey;
    readonly last: AccountKey | null;
    readonly limit: number;
    readonly checkedAt: Date;
    readonly since: Date;
    readonly discrepancies: readonly Discrepancy[];
  },
): Promise<void> {
  const { after, last, limit } = slice;
  const until =
    last === null ? sql`` : sql`and (customer_id, service_name) <= (${last.customerId}, ${last.serviceName})`;
  const failed = JSON.stringify(
    slice.discrepancies.map(({ customerId, serviceName, problems }) => ({
      customer_id: customerId,
      service_name: serviceName,
      problems: problems.join(" "),
    })),
  );
  const since = slice.since.toISOString();
  await db.execute(sql`
    with recursive slice as materialized (
      select customer_id, service_name, balance, sequence from ledger_accounts
      where (customer_id, service_name) > (${after.customerId}, ${after.serviceName}) ${until}
      order by customer_id, service_name limit ${limit}
    ),
    search (customer_id, service_name, low, high) as (
      select customer_id, service_name, 1::bigint, sequence + 1 from slice
      union all
      select s.customer_id, s.service_name,
        case when s.is_earlier then s.middle + 1 else s.low end, case when s.is_earlier then s.high else s.middle end
      from (
        select q.customer_id, q.service_name, q.low, q.high, (q.low + q.high) / 2 as middle,
          coalesce((select m.posted_at from entries m where m.customer_id = q.customer_id
            and m.service_name = q.service_name and m.sequence = (q.low + q.high) / 2) < ${since}::timestamptz, false)
            as is_earlier
        from search q where q.low < q.high
      ) as s
    ),
    told as (
      select s.customer_id, s.service_name, case when f.low > s.sequence then 0 else
        coalesce((select m.balance_before from entries m where m.customer_id = s.customer_id
          and m.service_name = s.service_name and m.sequence = f.low), s.balance) - s.balance
        + coalesce((select sum(m.amount) from unnest(array['recharge', 'purchase', 'transfer_out', 'transfer_in',
            'correction']) as k (kind) join entries m on m.customer_id = s.customer_id
            and m.service_name = s.service_name and m.kind = k.kind and m.kind <> 'message'
            and m.sequence >= f.low), 0) end as spent
      from slice s join search f using (customer_id, service_name) where f.low = f.high
    )
    insert into account_checks (customer_id, service_name, checked_at, problems, spent_week)
    select t.customer_id, t.service_name, ${slice.checkedAt.toISOString()}::timestamptz, coalesce(p.problems, ''),
      greatest(t.spent, 0)::bigint
    from told t left join jsonb_to_recordset(${failed}::text::jsonb)
      as p (customer_id text, service_name text, problems text) using (customer_id, service_name)
    on conflict (customer_id, service_name) do update
      set checked_at = excluded.checked_at, problems = excluded.problems, spent_week = excluded.spent_week
      where account_checks.checked_at < excluded.checked_at`);
}

type CheckRow = {
  readonly customer_id: string;
  readonly service_name: string;
  readonly checked_ms: number;
  readonly problems: string;
};

export type Check = AccountKey & { readonly checkedAt: Date; readonly problems: readonly string[] };

const checkOf = (row: CheckRow): Check => ({
  customerId: row.customer_id,
  serviceName: row.service_name,
  checkedAt: new Date(row.checked_ms),
  problems: row.problems === "" ? [] : row.problems.split(" "),
});

const CHECK_COLUMNS = sql`customer_id, service_name, problems, (extract(epoch from checked_at) * 1000)::float8 as checked_ms`;

export async function readCheck(db: Database, key: AccountKey): Promise<Check | null> {
  const [row] = await db.execute<CheckRow>(sql`
    select ${CHECK_COLUMNS} from account_checks
    where customer_id = ${key.customerId} and service_name = ${key.serviceName}`);
  return row === undefined ? null : checkOf(row);
}

export async function readFailing(db: Database, limit: number): Promise<Check[]> {
  const rows = await db.execute<CheckRow>(sql`
    select ${CHECK_COLUMNS} from account_checks where problems <> '' order by checked_at desc limit ${limit}`);
  return rows.map(checkOf);
}

/** The last whole round over all accounts; null before the first. */
export async function readRound(
  db: Database,
): Promise<{ readonly finishedAt: Date; readonly accounts: bigint } | null> {
  const [row] = await db.execute<{ finished_ms: number | null; round_accounts: bigint | null }>(sql`
    select (extract(epoch from round_finished_at) * 1000)::float8 as finished_ms, round_accounts
    from check_progress where id = 1`);
  if (row === undefined || row.finished_ms === null || row.round_accounts === null) return null;
  return { finishedAt: new Date(row.finished_ms), accounts: row.round_accounts };
}
