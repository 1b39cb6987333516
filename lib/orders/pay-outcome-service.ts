import "server-only";
import type { Context } from "@/lib/context";
import { wholeCredits } from "@/lib/credits";
import { leaseEnd } from "@/lib/leases/rules";
import { post } from "@/lib/ledger/service";
import { type Attempt, type AttemptEnd, finishAttempt } from "./attempts-store";
import { handleEvent, type HeldOrder, type PayEngine } from "./pay-engine";
import { type Decline, waitBeforeAsking } from "./rules";
import { moveOrder } from "./store";

/* What became of a payment, each written in one transaction with everything that belongs to it. */

export async function recordUnknown(context: Context, engine: PayEngine, held: HeldOrder, attempt: Attempt) {
  const now = context.now();
  const dueAt = new Date(now.getTime() + waitBeforeAsking(attempt.startedAt, now));
  await context.db.transaction(async (tx) => {
    const next = await moveOrder(tx, held.order, held.lease, "unknown", { dueAt, heldUntil: null });
    // Logged once, however often it is asked after.
    if (next === null || held.order.state === "unknown") return;
    const end = { outcome: "unknown", finishedAt: now, code: null, gatewayReference: null } as const;
    await finishAttempt(tx, next, attempt.attempt, end);
    await handleEvent(engine, { ...context, db: tx }, next, "unknown");
  });
  return null;
}

export async function recordPaid(
  context: Context,
  engine: PayEngine,
  { order, lease }: HeldOrder,
  attempt: Attempt,
  gatewayReference: string,
): Promise<HeldOrder | null> {
  const paidAt = context.now();
  const moved = await context.db.transaction(async (tx) => {
    const heldUntil = leaseEnd(paidAt, engine.leaseMs);
    const next = await moveOrder(tx, order, lease, "paid", { paidAt, heldUntil, dueAt: paidAt });
    if (next === null) return null;
    const end: AttemptEnd = { outcome: "paid", finishedAt: paidAt, code: null, gatewayReference };
    await Promise.all([
      finishAttempt(tx, next, attempt.attempt, end),
      handleEvent(engine, { ...context, db: tx }, next, "paid"),
    ]);
    return next;
  });
  if (moved === null) return null;
  await engine.onStep?.("paid", moved);
  return { order: moved, lease };
}

export async function recordDecline(
  context: Context,
  engine: PayEngine,
  { order, lease }: HeldOrder,
  decline: Decline,
  asked: { readonly attempt: Attempt; readonly end: AttemptEnd } | null,
): Promise<null> {
  const handler = engine.handlers[order.kind];
  await context.db.transaction(async (tx) => {
    const inside = { ...context, db: tx };
    await handler.lock(tx, order);
    const { retryAt, apply: applyDecline } = await handler.planDecline(inside, order, decline);
    const state = retryAt === null ? "declined" : "waiting";
    const fields = { declineCode: decline.code, dueAt: retryAt, heldUntil: null };
    const next = await moveOrder(tx, order, lease, state, fields);
    if (next === null) return;
    if (asked !== null) await finishAttempt(tx, next, asked.attempt.attempt, asked.end);
    await applyDecline(next);
  });
  return null;
}

/** Posts the credits; whatever happens, an order that is credited has them and one that is not has none. */
export async function credit(
  context: Context,
  engine: PayEngine,
  { order, lease }: HeldOrder,
): Promise<null> {
  const handler = engine.handlers[order.kind];
  const credited = await context.db.transaction(async (tx) => {
    const inside = { ...context, db: tx };
    await handler.lock(tx, order);
    const creditedAt = context.now();
    const ended = { creditedAt, dueAt: null, heldUntil: null };
    const next = await moveOrder(tx, order, lease, "credited", ended);
    if (next === null) return null;
    const posted = await post(inside, {
      ...(await handler.posting(tx, next)),
      account: order.account,
      amount: wholeCredits(order.quantity),
      requestHash: order.requestHash,
      at: creditedAt,
    });
    if (!posted.ok) throw new Error(`the credits of order ${order.orderId.toString()} were refused`);
    await handler.handle(inside, next, "credited");
    return next;
  });
  if (credited !== null) await engine.onStep?.("credited", credited);
  return null;
}
