import "server-only";
import type { Context } from "@/lib/context";
import type { Order } from "./rules";
import { cancelOrder, reschedulePostponed, wakeWorkers } from "./store";

/**
 * Cancels an order for which no money can have moved, whoever holds it. Null if it is past that. The caller has evaluated
 * the right to, and moves what stands on the order in the same transaction.
 */
export function withdrawOrder(context: Context, customerId: string, orderId: bigint): Promise<Order | null> {
  return cancelOrder(context.db, customerId, orderId);
}

/** Makes a customer's orders that wait after a decline due at once, and wakes the workers when this transaction commits. */
export async function rescheduleOrders(context: Context, customerId: string): Promise<void> {
  await reschedulePostponed(context.db, customerId, context.now());
  await wakeWorkers(context.db);
}
