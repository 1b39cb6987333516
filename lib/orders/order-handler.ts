import type { Database } from "@/db/client";
import type { Context } from "@/lib/context";
import type { Decline, Order } from "./rules";

/** What follows from a decline. */
export type DeclinePlan = {
  /** When another payment is tried; null ends the order. */
  readonly retryAt: Date | null;
  /** What else is written, once the order has moved. */
  readonly apply: (moved: Order) => Promise<void>;
};

/** What is to become of an order whose payment would begin now. `resized`: it is no longer of the size that is needed. */
export type OrderEvaluation = "paying" | "dropped" | "resized";

export type OrderEvent = OrderEvaluation | "unknown" | "paid" | "credited";

/** How the credits of an order are posted. */
export type OrderPosting = {
  readonly kind: "recharge" | "purchase";
  readonly idempotencyKey: string;
  readonly closesCrossing?: number;
};

/**
 * What else belongs to a step of an order, in its transaction: the slices above say it, one for each kind of order.
 * `context.db` is that transaction.
 */
export interface OrderHandler {
  /** Before the order's own row is touched, at a decline and at the credit: the account first, then its rule. */
  lock(tx: Database, order: Order): Promise<void>;
  /**
   * Before a payment begins, and before the order's own row is touched: is it still to be bought? If not it is
   * cancelled. No outcome is unknown then: an order is open, or its last payment was declined.
   */
  evaluate(context: Context, order: Order): Promise<OrderEvaluation>;
  planDecline(context: Context, order: Order, decline: Decline): Promise<DeclinePlan>;
  posting(tx: Database, order: Order): Promise<OrderPosting>;
  /** `order` is as it stands after the step. */
  handle(context: Context, order: Order, event: OrderEvent): Promise<void>;
}
