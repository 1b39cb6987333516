import "server-only";
import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { decisions } from "@/db/schema/recharge";
import type { AccountKey } from "@/lib/accounts/rules";
import { count } from "@/lib/counters";
import type { Decision } from "./rules";

/** Writes a line of the decision log. The balance is the account's in this transaction. */
export async function insertDecision(tx: Database, decision: Decision): Promise<void> {
  const { account, threshold, ...fields } = decision;
  count("ricarica_recharge_decisions_total", { outcome: decision.outcome, reason: decision.reason ?? "" });
  await tx.insert(decisions).values({
    ...account,
    ...fields,
    thresholdThousandths: threshold ?? null,
    balanceThousandths: sql`(select balance from ledger_accounts
      where customer_id = ${account.customerId} and service_name = ${account.serviceName})`,
  });
}

export type DecisionRow = typeof decisions.$inferSelect;

/** Newest first; `before` is the last one of the page before. */
export async function readDecisions(
  db: Database,
  key: AccountKey,
  { before, limit }: { readonly before: bigint | undefined; readonly limit: number },
): Promise<DecisionRow[]> {
  return db
    .select()
    .from(decisions)
    .where(
      and(
        eq(decisions.customerId, key.customerId),
        eq(decisions.serviceName, key.serviceName),
        before === undefined ? undefined : lt(decisions.decisionId, before),
      ),
    )
    .orderBy(desc(decisions.decisionId))
    .limit(limit);
}
