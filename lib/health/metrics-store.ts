import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { deliveries } from "@/db/schema/deliveries";
import { orders } from "@/db/schema/payments";
import { isDueAndFree } from "@/lib/leases/store";

export type Gauges = {
  /** Recharges that have not ended, by state. */
  readonly open: readonly { readonly state: string; readonly number: number }[];
  /** Rules that buy nothing at present, by reason. */
  readonly suspended: readonly { readonly reason: string; readonly number: number }[];
  /** Since the oldest recharge was claimed that has not ended; 0 without one. */
  readonly oldestClaimSeconds: number;
  /** Since the oldest crossing opened that nobody has answered. */
  readonly crossingLagSeconds: number;
  readonly unanswered: number;
  /** Since the oldest step of an order was due that nobody has taken. */
  readonly orderLagSeconds: number;
  readonly due: number;
  /** Since the oldest step of a message's way to the phones was due that nobody has taken. */
  readonly deliveryLagSeconds: number;
  readonly dueDeliveries: number;
  readonly failedChecks: number;
  /** Since the last slice of the self-check ended; null before the first. */
  readonly roundSeconds: number | null;
  readonly roundAccounts: number | null;
};

/** Each figure comes from a partial index over what is open, or from one row: none grows with the history. */
export async function readGauges(db: Database, now: Date): Promise<Gauges> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const since = (instant: ReturnType<typeof sql>) =>
    sql`coalesce(greatest(extract(epoch from ${at} - ${instant}), 0), 0)::float8`;
  const [row] = await db.execute<{
    open: Gauges["open"] | null;
    suspended: Gauges["suspended"] | null;
    oldest_claim: number;
    crossing_lag: number;
    unanswered: number;
    order_lag: number;
    due: number;
    delivery_lag: number;
    due_deliveries: number;
    failed_checks: number;
    round_seconds: number | null;
    round_accounts: number | null;
  }>(sql`
    select
      (select json_agg(o) from (select state, count(*)::int as number from recharges where finished_at is null
        group by state order by state) as o) as open,
      (select json_agg(s) from (select suspension_reason as reason, count(*)::int as number from recharge_rules
        where (suspension_reason is not null or declines > 0) and state = 'suspended'
        group by suspension_reason order by suspension_reason) as s) as suspended,
      (select ${since(sql`min(claimed_at)`)} from recharges where finished_at is null) as oldest_claim,
      u.lag as crossing_lag, u.number as unanswered, d.lag as order_lag, d.number as due,
      m.lag as delivery_lag, m.number as due_deliveries,
      (select count(*)::int from account_checks where problems <> '') as failed_checks,
      extract(epoch from ${at} - p.round_finished_at)::float8 as round_seconds, p.round_accounts::int as round_accounts
    from check_progress p,
      (select ${since(sql`min(c.opened_at)`)} as lag, count(*)::int as number from crossings c
        where c.closed_at is null and not exists (select from recharges r where r.customer_id = c.customer_id
          and r.service_name = c.service_name and r.crossing = c.crossing)) as u,
      (select ${since(sql`min(due_at)`)} as lag, count(*)::int as number from ${orders}
        where ${isDueAndFree(orders, now)}) as d,
      (select ${since(sql`min(due_at)`)} as lag, count(*)::int as number from ${deliveries}
        where ${isDueAndFree(deliveries, now)}) as m
    where p.id = 1`);
  if (row === undefined) throw new Error("the progress of the self-check is gone");
  return {
    open: row.open ?? [],
    suspended: row.suspended ?? [],
    oldestClaimSeconds: row.oldest_claim,
    crossingLagSeconds: row.crossing_lag,
    unanswered: row.unanswered,
    orderLagSeconds: row.order_lag,
    due: row.due,
    deliveryLagSeconds: row.delivery_lag,
    dueDeliveries: row.due_deliveries,
    failedChecks: row.failed_checks,
    roundSeconds: row.round_seconds,
    roundAccounts: row.round_accounts,
  };
}

/** Of the newest migration that was applied, in milliseconds since 1970; null for a database without any. */
export async function readLastMigration(db: Database): Promise<number | null> {
  const [row] = await db.execute<{ at: number | null }>(sql`
    select max(created_at)::float8 as at from drizzle.__drizzle_migrations`);
  return row?.at ?? null;
}
