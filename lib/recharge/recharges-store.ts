import "server-only";
import { and, desc, eq, isNull, lt } from "drizzle-orm";
import type { Database } from "@/db/client";
import { orders } from "@/db/schema/payments";
import { recharges } from "@/db/schema/recharge";
import type { AccountKey } from "@/lib/accounts/rules";
import { creditsOf, type Credits } from "@/lib/credits";
import { orderOf } from "@/lib/orders/order-row";
import type { Order } from "@/lib/orders/rules";
import type { RefusalReason } from "./reasons-rules";
import type { RechargeState } from "./rules";

/** One purchase made by a rule, with the numbers that it was evaluated by. */
export type Recharge = {
  readonly account: AccountKey;
  readonly rechargeId: string;
  /** What it answers. */
  readonly crossing: number;
  readonly ruleVersion: number;
  readonly state: RechargeState;
  readonly balance: Credits;
  readonly threshold: Credits;
  /** The rule's, whole credits. */
  readonly quantity: number;
  /** What is bought, whole credits. */
  readonly credits: number;
  readonly attempts: number;
  readonly refusalReason: string | null;
  readonly claimedAt: Date;
  readonly finishedAt: Date | null;
};

type RechargeRow = typeof recharges.$inferSelect;

function rechargeOf(row: RechargeRow): Recharge {
  return {
    account: { customerId: row.customerId, serviceName: row.serviceName },
    rechargeId: row.rechargeId,
    crossing: row.crossing,
    ruleVersion: row.ruleVersion,
    state: row.state,
    balance: creditsOf(row.balanceThousandths),
    threshold: creditsOf(row.thresholdThousandths),
    quantity: row.quantity,
    credits: row.credits,
    attempts: row.attempts,
    refusalReason: row.refusalReason,
    claimedAt: row.claimedAt,
    finishedAt: row.finishedAt,
  };
}

const ofAccount = (key: AccountKey) =>
  and(eq(recharges.customerId, key.customerId), eq(recharges.serviceName, key.serviceName));

export async function insertRecharge(
  tx: Database,
  recharge: Omit<Recharge, "state" | "attempts" | "refusalReason" | "finishedAt">,
  orderId: bigint,
): Promise<void> {
  const { account, balance, threshold, ...fields } = recharge;
  await tx.insert(recharges).values({
    ...account,
    ...fields,
    orderId,
    state: "claimed",
    balanceThousandths: balance,
    thresholdThousandths: threshold,
  });
}

export type RechargeStep = {
  readonly state: RechargeState;
  readonly refusalReason?: RefusalReason;
  readonly finishedAt?: Date;
};

/** Brings a recharge to where its order stands. */
export async function moveRecharge(tx: Database, order: Order, step: RechargeStep): Promise<Recharge> {
  const [row] = await tx
    .update(recharges)
    .set({ ...step, attempts: order.attempts })
    .where(ofOrder(order))
    .returning();
  if (row === undefined) throw new Error(`no recharge of order ${order.orderId.toString()}`);
  return rechargeOf(row);
}

export async function readRechargeOf(db: Database, order: Order): Promise<Recharge> {
  const [row] = await db.select().from(recharges).where(ofOrder(order));
  if (row === undefined) throw new Error(`no recharge of order ${order.orderId.toString()}`);
  return rechargeOf(row);
}

const ofOrder = (order: Order) =>
  and(eq(recharges.customerId, order.account.customerId), eq(recharges.orderId, order.orderId));

export async function hasRecharge(db: Database, key: AccountKey, crossing: number): Promise<boolean> {
  const rows = await db
    .select({ crossing: recharges.crossing })
    .from(recharges)
    .where(and(ofAccount(key), eq(recharges.crossing, crossing)));
  return rows.length > 0;
}

export type RechargeWithOrder = { readonly recharge: Recharge; readonly order: Order };

/** The account's recharge that has not finished; there is at most one. */
export async function readOpenRecharge(db: Database, key: AccountKey): Promise<RechargeWithOrder | null> {
  const [row] = await withOrders(db).where(and(ofAccount(key), isNull(recharges.finishedAt)));
  return row === undefined ? null : joined(row);
}

/** Newest first; `before` is the crossing of the last one of the page before. */
export async function readRecharges(
  db: Database,
  key: AccountKey,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
): Promise<RechargeWithOrder[]> {
  const rows = await withOrders(db)
    .where(and(ofAccount(key), before === undefined ? undefined : lt(recharges.crossing, before)))
    .orderBy(desc(recharges.crossing))
    .limit(limit);
  return rows.map(joined);
}

function withOrders(db: Database) {
  return db
    .select()
    .from(recharges)
    .innerJoin(
      orders,
      and(eq(orders.customerId, recharges.customerId), eq(orders.orderId, recharges.orderId)),
    )
    .$dynamic();
}

function joined(row: { recharges: RechargeRow; orders: typeof orders.$inferSelect }): RechargeWithOrder {
  return { recharge: rechargeOf(row.recharges), order: orderOf(row.orders) };
}
