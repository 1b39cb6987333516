import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { AccountKey } from "./rules";
import type { AccountNews } from "./watch-rules";

/** The news of all these accounts in one query, whoever their customers are. An account that is gone is left out. */
export async function readNews(db: Database, keys: readonly AccountKey[]): Promise<AccountNews[]> {
  if (keys.length === 0) return [];
  const wanted = sql.join(
    keys.map((key) => sql`(${key.customerId}, ${key.serviceName})`),
    sql`, `,
  );
  const rows = await db.execute<{
    customer_id: string;
    service_name: string;
    version: string;
    balance: string;
    rule_version: number | null;
    rule_state: string | null;
    recharge_id: string | null;
    recharge_state: string | null;
    recharge_attempts: number | null;
    recharge_credits: number | null;
  }>(sql`
    select account.customer_id, account.service_name, account.version::text, account.balance::text,
      rule.version as rule_version, rule.state as rule_state,
      latest.recharge_id::text, latest.state as recharge_state, latest.attempts as recharge_attempts,
      latest.credits as recharge_credits
    from (values ${wanted}) as wanted (customer_id, service_name)
    join ledger_accounts account on account.customer_id = wanted.customer_id::text
      and account.service_name = wanted.service_name::text
    left join recharge_rules rule on rule.customer_id = account.customer_id
      and rule.service_name = account.service_name
    left join lateral (
      select recharge_id, state, attempts, credits from recharges
      where recharges.customer_id = account.customer_id and recharges.service_name = account.service_name
      order by crossing desc limit 1
    ) latest on true`);
  return [...rows].map((row) => ({
    key: { customerId: row.customer_id, serviceName: row.service_name },
    stamp: [
      row.version,
      row.rule_version ?? 0,
      row.rule_state ?? "",
      row.recharge_id ?? "",
      row.recharge_state ?? "",
      row.recharge_attempts ?? 0,
    ].join("."),
    balance: BigInt(row.balance),
    recharge:
      row.recharge_id === null
        ? null
        : { id: row.recharge_id, state: row.recharge_state ?? "", credits: row.recharge_credits ?? 0 },
  }));
}
