import "server-only";
import { and, desc, eq, getTableColumns, gt, inArray, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { orders } from "@/db/schema/payments";
import type { AccountKey } from "@/lib/accounts/rules";
import { orderOf, type OrderRow } from "./order-row";
import { ENDED_CHANNEL, hasEnded, type Order, type OrderState, statesBefore, WAKE_CHANNEL } from "./rules";

const isOrder = (customerId: string, orderId: bigint) =>
  and(eq(orders.customerId, customerId), eq(orders.orderId, orderId));

/** Who owns an order for the moment: only the holder of the lease writes its next step. */
export type Lease = { readonly lease: string; readonly until: Date };

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
      lease: held?.lease ?? null,
      leasedUntil: held?.until ?? null,
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

/**
 * Takes orders whose next step is due and that nobody holds. One statement, so that any number of workers take
 * different ones; whose worker died is free again when its lease ends.
 */
export async function takeDue(
  db: Database,
  now: Date,
  limit: number,
  held: Lease,
  customerId?: string,
): Promise<Order[]> {
  const at = now.toISOString();
  const theirs = customerId === undefined ? sql`` : sql`and customer_id = ${customerId}`;
  const due = sql`(${orders.customerId}, ${orders.orderId}) in (
    select customer_id, order_id from orders
    where due_at <= ${at}::timestamptz and (leased_until is null or leased_until <= ${at}::timestamptz) ${theirs}
    order by due_at limit ${limit} for update skip locked)`;
  const rows = await db
    .update(orders)
    .set({ lease: held.lease, leasedUntil: held.until })
    .where(due)
    .returning();
  return rows.map(orderOf);
}

/** What a step changes beside the state. */
export type StepFields = Partial<
  Pick<OrderRow, "attempts" | "declineCode" | "dueAt" | "paidAt" | "creditedAt" | "leasedUntil">
>;

/** An order's row, of which whoever waits for its end hears when this transaction commits. */
const endedRow = {
  ...getTableColumns(orders),
  told: sql`pg_notify(${ENDED_CHANNEL}, ${orders.orderId}::text)`,
};

/**
 * Takes one step, if the order is still where that step begins and the lease is still held. Null otherwise: somebody
 * else has taken it from here, and whoever asked lets go.
 */
export async function moveOrder(
  db: Database,
  order: Order,
  lease: string,
  state: OrderState,
  fields: StepFields,
): Promise<Order | null> {
  const [row] = await db
    .update(orders)
    .set({ state, ...fields })
    .where(
      and(
        isOrder(order.account.customerId, order.orderId),
        eq(orders.lease, lease),
        inArray(orders.state, statesBefore(state)),
      ),
    )
    .returning(hasEnded(state) ? endedRow : getTableColumns(orders));
  return row === undefined ? null : orderOf(row);
}

/** Cancels an order for which no money can have moved, whoever holds it. Null if it is past that. */
export async function cancelOrder(db: Database, customerId: string, orderId: bigint): Promise<Order | null> {
  const [row] = await db
    .update(orders)
    .set({ state: "cancelled", dueAt: null, lease: null, leasedUntil: null })
    .where(and(isOrder(customerId, orderId), inArray(orders.state, statesBefore("cancelled"))))
    .returning(endedRow);
  return row === undefined ? null : orderOf(row);
}

/** Gives an order back before its lease ends, to be taken again when it is due. */
export async function releaseOrder(db: Database, order: Order, lease: string, dueAt?: Date): Promise<void> {
  await db
    .update(orders)
    .set({ lease: null, leasedUntil: null, ...(dueAt !== undefined && { dueAt }) })
    .where(
      and(
        isOrder(order.account.customerId, order.orderId),
        eq(orders.lease, lease),
        sql`${orders.dueAt} is not null`,
      ),
    );
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
