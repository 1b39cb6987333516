import type { Database } from "@/db/client";
import type { Context } from "@/lib/context";
import type { Decline, Order } from "./rules";

/** What follows from a decline: another payment later, or the end of the order. */
export type DeclineVerdict = { readonly kind: "wait"; readonly until: Date } | { readonly kind: "end" };

export type OrderEvent =
  | { readonly kind: "paying" | "unknown" | "paid" | "credited" }
  | { readonly kind: "declined"; readonly decline: Decline; readonly verdict: DeclineVerdict };

/** How the credits of an order are posted. */
export type OrderPosting = {
  readonly kind: "recharge" | "purchase";
  readonly reference: string;
  readonly closesCrossing?: number;
};

/**
 * What else belongs to a step of an order, in its transaction: the slices above say it, one for each kind of order.
 * `context.db` is that transaction.
 */
export interface OrderFollower {
  /** Before the order's own row is touched, at a decline and at the credit: the account first, then its rule. */
  lock(tx: Database, order: Order): Promise<void>;
  judgeDecline(context: Context, order: Order, decline: Decline): Promise<DeclineVerdict>;
  posting(tx: Database, order: Order): Promise<OrderPosting>;
  /** `order` is as it stands after the step. */
  follow(context: Context, order: Order, event: OrderEvent): Promise<void>;
}
