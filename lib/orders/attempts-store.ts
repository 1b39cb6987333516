import "server-only";
import { and, desc, eq, inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { orders, paymentAttempts } from "@/db/schema/payments";
import { type Cents, centsOf } from "@/lib/money";
import type { AnsweredPayment, Order } from "./rules";

/** One payment that was begun. Written before the gateway is asked, so that a crash leaves its key behind. */
export type Attempt = {
  readonly attempt: number;
  readonly idempotencyKey: string;
  readonly amountCents: Cents;
  readonly methodToken: string;
  readonly startedAt: Date;
};

export async function insertAttempt(db: Database, order: Order, attempt: Attempt): Promise<void> {
  await db
    .insert(paymentAttempts)
    .values({ customerId: order.account.customerId, orderId: order.orderId, ...attempt });
}

/** The payment that an order is in the middle of: the newest. */
export async function readLastAttempt(db: Database, order: Order): Promise<Attempt | null> {
  const [row] = await db
    .select()
    .from(paymentAttempts)
    .where(
      and(
        eq(paymentAttempts.customerId, order.account.customerId),
        eq(paymentAttempts.orderId, order.orderId),
      ),
    )
    .orderBy(desc(paymentAttempts.attempt))
    .limit(1);
  return row === undefined ? null : { ...row, amountCents: centsOf(row.amountCents) };
}

/** The last payments by hand with a card of which the outcome is known, newest first. */
export async function readAnsweredByHand(
  db: Database,
  customerId: string,
  methodToken: string,
  limit: number,
): Promise<AnsweredPayment[]> {
  const { outcome, finishedAt } = paymentAttempts;
  const rows = await db
    .select({ outcome, finishedAt })
    .from(paymentAttempts)
    .innerJoin(
      orders,
      and(eq(orders.customerId, paymentAttempts.customerId), eq(orders.orderId, paymentAttempts.orderId)),
    )
    .where(
      and(
        eq(paymentAttempts.customerId, customerId),
        eq(paymentAttempts.methodToken, methodToken),
        eq(orders.kind, "purchase"),
        inArray(outcome, ["paid", "declined", "needs_authentication"]),
      ),
    )
    .orderBy(desc(paymentAttempts.orderId))
    .limit(limit);
  return rows.flatMap((row) =>
    row.finishedAt === null ? [] : [{ isPaid: row.outcome === "paid", finishedAt: row.finishedAt }],
  );
}

export type AttemptEnd = {
  readonly outcome: "paid" | "declined" | "needs_authentication" | "unknown";
  readonly finishedAt: Date;
  readonly code: string | null;
  readonly gatewayReference: string | null;
};

export async function finishAttempt(
  db: Database,
  order: Order,
  attempt: number,
  end: AttemptEnd,
): Promise<void> {
  await db
    .update(paymentAttempts)
    .set(end)
    .where(
      and(
        eq(paymentAttempts.customerId, order.account.customerId),
        eq(paymentAttempts.orderId, order.orderId),
        eq(paymentAttempts.attempt, attempt),
      ),
    );
}
