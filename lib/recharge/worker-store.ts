import "server-only";
import { and, asc, eq, isNull, notExists, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { crossings, ledgerAccounts } from "@/db/schema/ledger";
import { recharges } from "@/db/schema/recharge";
import type { AccountKey } from "@/lib/accounts/rules";

export type OpenCrossing = {
  readonly account: AccountKey;
  readonly crossing: number;
  /** The entry that crossed. */
  readonly sequence: bigint;
};

/** Crossings that nobody has answered yet, the oldest first; of one customer if it is named. */
export async function readUnanswered(
  db: Database,
  limit: number,
  customerId?: string,
): Promise<OpenCrossing[]> {
  const answer = db
    .select({ one: sql`1` })
    .from(recharges)
    .where(
      and(
        eq(recharges.customerId, crossings.customerId),
        eq(recharges.serviceName, crossings.serviceName),
        eq(recharges.crossing, crossings.crossing),
      ),
    );
  const rows = await db
    .select({
      customerId: crossings.customerId,
      serviceName: crossings.serviceName,
      crossing: crossings.crossing,
      sequence: crossings.sequence,
    })
    .from(crossings)
    .where(
      and(
        isNull(crossings.closedAt),
        notExists(answer),
        customerId === undefined ? undefined : eq(crossings.customerId, customerId),
      ),
    )
    .orderBy(asc(crossings.openedAt))
    .limit(limit);
  return rows.map(({ customerId, serviceName, ...crossing }) => ({
    ...crossing,
    account: { customerId, serviceName },
  }));
}

/** The account's open crossing; whoever asks holds the account's lock. */
export async function readOpenCrossing(tx: Database, key: AccountKey): Promise<number | null> {
  const [row] = await tx
    .select({ crossing: crossings.crossing })
    .from(crossings)
    .where(
      and(
        eq(crossings.customerId, key.customerId),
        eq(crossings.serviceName, key.serviceName),
        isNull(crossings.closedAt),
      ),
    );
  return row?.crossing ?? null;
}

/** Accounts at or below their threshold without an open crossing: there should never be one. */
export async function readOverlooked(db: Database, limit: number): Promise<AccountKey[]> {
  return db
    .select({ customerId: ledgerAccounts.customerId, serviceName: ledgerAccounts.serviceName })
    .from(ledgerAccounts)
    .where(
      and(
        sql`${ledgerAccounts.balance} <= ${ledgerAccounts.threshold}`,
        eq(ledgerAccounts.hasOpenCrossing, false),
      ),
    )
    .limit(limit);
}
