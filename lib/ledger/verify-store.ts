import "server-only";
import type { Database } from "@/db/client";
import type { AccountKey } from "@/lib/accounts/rules";
import { run } from "./store";
import type { Verification } from "./verify-rules";

const VERIFY = `
  with candidates as materialized (
    select * from ledger_accounts where (customer_id, service_name) > ($1, $2)
    order by customer_id, service_name limit $3::int
  ),
  slice as materialized (
    select * from (
      select *, sum(sequence) over (order by customer_id, service_name) - sequence as entries_before from candidates
    ) as counted where entries_before = 0 or entries_before < $4::int8
  ),
  chained as (
    select m.*, lag(balance_after, 1, 0::bigint) over w as balance_left, lag(posted_at) over w as posted_before
    from entries m join slice using (customer_id, service_name)
    window w as (partition by m.customer_id, m.service_name order by m.sequence)
  ),
  told as (
    select customer_id, service_name, count(*) as entries, max(sequence) as last, sum(amount) as gained,
      (array_agg(balance_after order by sequence desc))[1] as balance_after, max(posted_at) as posted_at,
      bool_or(balance_before <> balance_left) as is_broken, bool_or(posted_at < posted_before) as goes_back,
      bool_or(balance_after < 0) as is_negative,
      bool_or(counter = 'available' and not exists (
        select from entries o where o.customer_id = chained.customer_id and o.amount = - chained.amount
          and o.service_name = chained.peer_service_name and o.idempotency_key = case chained.kind
            when 'transfer_out' then chained.idempotency_key || ':in' else left(chained.idempotency_key, -3) end)) as lacks_a_leg
    from chained group by customer_id, service_name
  ),
  crossed as (
    select customer_id, service_name, count(*) as crossings, max(crossing) as last,
      count(*) filter (where closed_at is null) as open
    from crossings join slice using (customer_id, service_name) group by customer_id, service_name
  )
  select s.customer_id, s.service_name, (select count(*)::int from candidates) as candidates,
    coalesce(t.entries, 0) as entries, array_to_string(array[
    case when coalesce(t.gained, 0) <> s.balance then 'balance_is_not_the_sum' end,
    case when coalesce(t.balance_after, 0) <> s.balance then 'balance_is_not_the_last' end,
    case when coalesce(t.entries, 0) <> s.sequence or coalesce(t.last, 0) <> s.sequence then 'sequence_has_a_gap' end,
    case when t.is_broken then 'chain_is_broken' end,
    case when t.goes_back or t.posted_at > s.last_posted_at then 'time_goes_back' end,
    case when t.is_negative or s.balance < 0 then 'balance_is_negative' end,
    case when t.lacks_a_leg then 'transfer_lacks_a_leg' end,
    case when coalesce(c.crossings, 0) <> s.crossings or coalesce(c.last, 0) <> s.crossings
      or coalesce(c.open, 0) <> s.has_open_crossing::int then 'crossings_do_not_fit' end
  ], ' ') as problems
  from slice s
  left join told t using (customer_id, service_name)
  left join crossed c using (customer_id, service_name)
  order by s.customer_id, s.service_name`;

/**
 * Adds up a slice of accounts in one snapshot: two reads of two moments would raise false alarms. It ends after the
 * account with which it reaches `maxEntries`.
 */
export async function verifySlice(
  db: Database,
  after: AccountKey | null,
  limit: number,
  maxEntries: number,
): Promise<Verification> {
  type Row = {
    readonly customer_id: string;
    readonly service_name: string;
    readonly candidates: number;
    readonly entries: bigint;
    readonly problems: string;
  };
  const parameters = [after?.customerId ?? "", after?.serviceName ?? "", limit, maxEntries];
  const rows = await db.transaction((tx) => run<Row>(tx, VERIFY, parameters), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
  const keyOf = (row: Row): AccountKey => ({ customerId: row.customer_id, serviceName: row.service_name });
  const last = rows.at(-1);
  return {
    accounts: rows.length,
    entries: rows.reduce((sum, row) => sum + row.entries, 0n),
    discrepancies: rows
      .filter((row) => row.problems !== "")
      .map((row) => ({ ...keyOf(row), problems: row.problems.split(" ") })),
    last: last === undefined || (rows.length === last.candidates && rows.length < limit) ? null : keyOf(last),
  };
}
