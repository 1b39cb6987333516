import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { BalanceFilter, BalanceSort } from "./rules";

export type BalanceRecord = {
  readonly customer_id: string;
  readonly customer_name: string;
  readonly service_name: string;
  readonly name: string;
  readonly status: "enable" | "disable";
  readonly balance: bigint;
  readonly rule: "on" | "off" | "suspended";
  readonly threshold: bigint | null;
  readonly quantity: number | null;
  readonly suspension_reason: string | null;
  readonly declines: number;
  readonly spent_week: bigint | null;
  /** Milliseconds since 1970; null before the first entry. */
  readonly last_entry_ms: number | null;
  /** By what the list is in order, as text. */
  readonly position: string;
};

export type BalanceCursor = {
  readonly position: string;
  readonly customerId: string;
  readonly serviceName: string;
};

export type BalancePage = {
  readonly filter: BalanceFilter;
  readonly sort: BalanceSort;
  readonly direction: "asc" | "desc";
  readonly after: BalanceCursor | null;
  readonly limit: number;
};

/*
 * Everything is read as it stands, and no index follows a balance: one that did would make each posting dearer. So the
 * filters over balances read through the accounts, which at a million takes part of a second; the others have indexes.
 */
const CONDITIONS: Readonly<Record<BalanceFilter, SQL>> = {
  all: sql`true`,
  below: sql`a.balance <= r.threshold_thousandths`,
  zero: sql`a.balance <= 0`,
  suspended: sql`r.suspension_reason is not null and r.state = 'suspended'`,
  failing: sql`(r.suspension_reason is not null or r.declines > 0) and r.state <> 'off'`,
  // At the last week's pace: a seventh of it is a day.
  dry: sql`k.spent_week > 0 and a.balance * 7 <= k.spent_week`,
};

const isTrouble = (filter: BalanceFilter): boolean => filter === "suspended" || filter === "failing";

/** Positions are whole numbers, so that they go to the page's address and back as they are. */
const POSITIONS: Readonly<Record<BalanceSort, SQL>> = {
  customer: sql`0::bigint`,
  balance: sql`a.balance`,
  // In minutes; what does not fall comes behind everything that does.
  runs_out: sql`case when k.spent_week > 0 then least(a.balance * 10080 / k.spent_week, 9000000000000)
    else 9000000000001 end::bigint`,
  last_entry: sql`(extract(epoch from a.last_posted_at) * 1000)::bigint`,
};

/** A page of accounts of every customer, in the order asked for. */
export async function readBalances(db: Database, page: BalancePage): Promise<BalanceRecord[]> {
  const { filter, sort, direction, after, limit } = page;
  const position = POSITIONS[sort];
  const way = direction === "asc" ? sql`asc` : sql`desc`;
  const compare = direction === "asc" ? sql`>` : sql`<`;
  // Without a column of its own the order is that of the key, which an index gives.
  const isKeyOrder = sort === "customer";
  const behind =
    after === null
      ? sql``
      : isKeyOrder
        ? sql`and (a.customer_id, a.service_name) ${compare} (${after.customerId}, ${after.serviceName})`
        : sql`and (${position}, a.customer_id, a.service_name) ${compare}
            (${after.position}::bigint, ${after.customerId}, ${after.serviceName})`;
  const order = sql`${isKeyOrder ? sql`` : sql`${position} ${way},`} a.customer_id ${way}, a.service_name ${way}`;
  const rules = isTrouble(filter) ? sql`join` : sql`left join`;
  return db.execute<BalanceRecord>(sql`
    select a.customer_id, c.name as customer_name, a.service_name, s.name, s.status, a.balance,
      coalesce(r.state, 'off') as rule, r.threshold_thousandths as threshold, r.quantity, r.suspension_reason,
      coalesce(r.declines, 0) as declines, k.spent_week,
      case when a.sequence > 0 then (extract(epoch from a.last_posted_at) * 1000)::float8 end as last_entry_ms,
      ${position}::text as position
    from ledger_accounts a
    ${rules} recharge_rules r on r.customer_id = a.customer_id and r.service_name = a.service_name
    left join account_checks k on k.customer_id = a.customer_id and k.service_name = a.service_name
    join sms_accounts s on s.customer_id = a.customer_id and s.service_name = a.service_name
    join customers c on c.customer_id = a.customer_id
    where ${CONDITIONS[filter]} ${behind}
    order by ${order} limit ${limit}`);
}
