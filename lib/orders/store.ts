import "server-only";
import { and, desc, eq, getTableColumns, gt, inArray, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { orders } from "@/db/schema/payments";
import type { AccountKey } from "@/lib/accounts/rules";
import { WAKE_CHANNEL } from "@/lib/ledger/threshold-rules";
import type { Lease } from "@/lib/leases/rules";
import { heldColumns, NOT_HELD, takeDue, type Taking, writeHeldRow } from "@/lib/leases/store";
import { orderOf, type OrderRow } from "./order-row";
import { ENDED_CHANNEL, hasEnded, type Order, type OrderState, statesBefore } from "./rules";

const isOrder = (customerId: string, orderId: bigint) =>
  and(eq(orders.customerId, customerId), eq(orders.orderId, orderId));

export type NewOrder = Pick<
  Order,
  | "account"
  | "kind"
  | "quantity"
  | "priceList"
  | "currency"
  | "unitPrice"
  | "unitPriceSource"
  | "vat"
  | "netMicros"
  | "netCents"
  | "vatCents"
  | "totalCents"
  | "idempotencyKey"
  | "requestHash"
  | "createdAt"
> & { readonly dueAt: Date; readonly held: Lease | null };

/** Returns null, and writes nothing, if the customer has an order under the same key. */
export async function insertOrder(db: Database, order: NewOrder): Promise<Order | null> {
  const { account, unitPrice, vat, held, ...fields } = order;
  const [row] = await db
    .insert(orders)
    .values({
      ...account,
      ...fields,
      unitPriceMicros: unitPrice,
      vatBasisPoints: Number(vat),
      state: "open",
      ...heldColumns(held),
    })
    .onConflictDoNothing({ target: [orders.customerId, orders.idempotencyKey] })
    .returning();
  return row === undefined ? null : orderOf(row);
}

export async function readOrder(db: Database, customerId: string, orderId: bigint): Promise<Order | null> {
  const [row] = await db.select().from(orders).where(isOrder(customerId, orderId));
  return row === undefined ? null : orderOf(row);
}

export async function readOrderByKey(
  db: Database,
  customerId: string,
  idempotencyKey: string,
): Promise<Order | null> {
  const [row] = await db
    .select()
    .from(orders)
    .where(and(eq(orders.customerId, customerId), eq(orders.idempotencyKey, idempotencyKey)));
  return row === undefined ? null : orderOf(row);
}

/** Orders of a customer, or of one account if it is named; newest first. */
export async function readOrders(
  db: Database,
  { customerId, serviceName }: Pick<AccountKey, "customerId"> & Partial<AccountKey>,
  { before, limit }: { readonly before?: bigint | undefined; readonly limit: number },
): Promise<Order[]> {
  const rows = await db
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.customerId, customerId),
        serviceName === undefined ? undefined : eq(orders.serviceName, serviceName),
        before === undefined ? undefined : lt(orders.orderId, before),
      ),
    )
    .orderBy(desc(orders.orderId))
    .limit(limit);
  return rows.map(orderOf);
}

/** Takes orders whose next step is due and that nobody holds. */
export async function takeOrders(db: Database, taking: Taking): Promise<Order[]> {
  const rows = await takeDue(db, orders, orders.orderId, taking);
  return rows.map(orderOf);
}

/** What a step changes beside the state. */
export type StepFields = Partial<
  Pick<OrderRow, "attempts" | "declineCode" | "dueAt" | "paidAt" | "creditedAt">
> & {
  /** Until when the order stays with the worker; null lets go of it. */
  readonly heldUntil: Date | null;
};

/** Whoever waits for the end of an order hears of it when this transaction commits. */
const tellOfEnd = { told: sql`pg_notify(${ENDED_CHANNEL}, ${orders.orderId}::text)` };

/**
 * Takes one step, if the order is still where that step begins and the lease is still held. Null otherwise: somebody
 * else has taken it from here, and whoever asked lets go.
 */
export async function moveOrder(
  db: Database,
  { account, orderId }: Pick<Order, "account" | "orderId">,
  lease: string,
  state: OrderState,
  { heldUntil, ...fields }: StepFields,
): Promise<Order | null> {
  const before = and(isOrder(account.customerId, orderId), inArray(orders.state, statesBefore(state)));
  const told = hasEnded(state) ? tellOfEnd : {};
  const row = await writeHeldRow(db, orders, before, lease, { state, ...fields }, heldUntil, told);
  return row === null ? null : orderOf(row);
}

/** Cancels an order for which no money can have moved, whoever holds it. Null if it is past that. */
export async function cancelOrder(db: Database, customerId: string, orderId: bigint): Promise<Order | null> {
  const [row] = await db
    .update(orders)
    .set({ state: "cancelled", dueAt: null, ...NOT_HELD })
    .where(and(isOrder(customerId, orderId), inArray(orders.state, statesBefore("cancelled"))))
    .returning({ ...getTableColumns(orders), ...tellOfEnd });
  return row === undefined ? null : orderOf(row);
}

/** Gives an order back before its lease ends, to be taken again when it is due. */
export async function releaseOrder(db: Database, order: Order, lease: string, dueAt?: Date): Promise<void> {
  const held = isOrder(order.account.customerId, order.orderId);
  await writeHeldRow(db, orders, held, lease, dueAt === undefined ? {} : { dueAt }, null);
}

/** Makes a customer's orders that wait after a decline due at once: something has changed that gives them another chance. */
export async function reschedulePostponed(db: Database, customerId: string, now: Date): Promise<void> {
  await db
    .update(orders)
    .set({ dueAt: now })
    .where(
      and(
        eq(orders.customerId, customerId),
        inArray(orders.state, ["open", "waiting"]),
        gt(orders.dueAt, now),
      ),
    );
}

/** Wakes the workers when this transaction commits. A hint: they look by themselves every second. */
export async function wakeWorkers(db: Database): Promise<void> {
  await db.execute(sql`select pg_notify(${WAKE_CHANNEL}, '')`);
}
