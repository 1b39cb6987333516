import "server-only";
import type { Context } from "@/lib/context";
import { leaseEnd, newLease } from "@/lib/leases/rules";
import { type ChargeOutcome, PaymentUnknown } from "@/lib/payments/gateway";
import { holdPayingMethod } from "@/lib/payments/method-service";
import { withinTime } from "@/lib/within-time";
import { type Attempt, type AttemptEnd, insertAttempt, readLastAttempt } from "./attempts-store";
import { isCardResting } from "./card-service";
import { handleEvent, type HeldOrder, type PayEngine } from "./pay-engine";
import { credit, recordDecline, recordPaid, recordUnknown } from "./pay-outcome-service";
import { type Decline, NO_PAYMENT_METHOD, type Order, paymentKey, TOO_MANY_DECLINES } from "./rules";
import { moveOrder, releaseOrder, takeOrders } from "./store";

/*
 * The one way in which an order is paid, by a rule or by hand. Each step is a transaction that begins where the one
 * before ended, and is written only by the holder of the order's lease; the gateway is called between two of them.
 * Whatever a dead worker leaves behind is a state from which the next one knows the way.
 */

/** Takes orders whose next step is due, at most `limit`; of one customer if it is named. */
export async function takeDueOrders(
  context: Context,
  engine: PayEngine,
  limit: number,
  customerId?: string,
): Promise<HeldOrder[]> {
  const now = context.now();
  const held = newLease(now, engine.leaseMs);
  const taken = await takeOrders(context.db, { now, limit, held, customerId });
  return taken.map((order) => ({ order, lease: held.lease }));
}

/** Takes an order as far as it goes now: to its end, or to where it has to wait. `signal` lets go between two steps. */
export async function payOrder(
  context: Context,
  engine: PayEngine,
  held: HeldOrder,
  signal?: AbortSignal,
): Promise<void> {
  try {
    let next: HeldOrder | null = held;
    while (next !== null) {
      if (signal?.aborted === true) {
        await releaseOrder(context.db, next.order, next.lease);
        return;
      }
      next = await advance(context, engine, next);
    }
  } catch (error) {
    engine.report(error, `order ${held.order.orderId.toString()}`);
    const soon = new Date(context.now().getTime() + RETRY_AFTER_FAILURE_MS);
    // If this fails too, the lease ends by itself.
    await releaseOrder(context.db, held.order, held.lease, soon).catch(() => undefined);
  }
}

const RETRY_AFTER_FAILURE_MS = 2000;

/** Takes one step. Null when the order has ended, has to wait, or is no longer held. */
export async function advance(
  context: Context,
  engine: PayEngine,
  held: HeldOrder,
): Promise<HeldOrder | null> {
  switch (held.order.state) {
    case "open":
    case "waiting":
      return begin(context, engine, held);
    case "paying":
    case "unknown":
      return reconcile(context, engine, held);
    case "paid":
      return credit(context, engine, held);
    case "credited":
    case "declined":
    case "cancelled":
      return null;
  }
}

/**
 * Writes down the payment and its key before anybody is asked for money. The card is the customer's of this moment, and
 * stays so until that is written: one that has been replaced is not charged any more.
 */
async function begin(context: Context, engine: PayEngine, held: HeldOrder): Promise<HeldOrder | null> {
  const { order, lease } = held;
  const handler = engine.handlers[order.kind];
  const begun = await context.db.transaction(async (tx): Promise<HeldOrder | Decline | null> => {
    const inside = { ...context, db: tx };
    const evaluation = await handler.evaluate(inside, order);
    if (evaluation !== "paying") {
      const ended = await moveOrder(tx, order, lease, "cancelled", { dueAt: null, heldUntil: null });
      if (ended !== null) await handleEvent(engine, inside, ended, evaluation);
      return null;
    }
    const method = await holdPayingMethod(inside, order.account.customerId);
    if (method === null) return unasked(NO_PAYMENT_METHOD, null);
    if (order.kind === "purchase" && (await isCardResting(inside, order.account.customerId, method.token)))
      return unasked(TOO_MANY_DECLINES, method.token);
    const attempt: Attempt = {
      attempt: order.attempts + 1,
      idempotencyKey: paymentKey(order, order.attempts + 1),
      amountCents: order.totalCents,
      methodToken: method.token,
      startedAt: context.now(),
    };
    const fields = { attempts: attempt.attempt, heldUntil: leaseEnd(attempt.startedAt, engine.leaseMs) };
    const next = await moveOrder(tx, order, lease, "paying", fields);
    if (next === null) return null;
    await Promise.all([insertAttempt(tx, next, attempt), handleEvent(engine, inside, next, evaluation)]);
    return { order: next, lease, begun: attempt };
  });
  if (begun === null) return null;
  if ("code" in begun) return recordDecline(context, engine, held, begun, null);
  await engine.onStep?.("paying", begun.order);
  return begun;
}

/** A payment that nobody was asked for. */
const unasked = (code: string, methodToken: string | null): Decline => ({
  code,
  methodToken,
  final: methodToken === null,
  needsAuthentication: false,
});

/** Learns what became of the payment and writes it down. */
async function reconcile(context: Context, engine: PayEngine, held: HeldOrder): Promise<HeldOrder | null> {
  const { order } = held;
  const attempt = held.begun ?? (await readLastAttempt(context.db, order));
  if (attempt === null) throw new Error(`order ${order.orderId.toString()} is being paid without a payment`);
  const outcome = await ask(engine, order, attempt, held.begun !== undefined);
  await engine.onStep?.("asked", order);
  if (outcome === null) return recordUnknown(context, engine, held, attempt);
  switch (outcome.kind) {
    case "paid":
      return recordPaid(context, engine, held, attempt, outcome.gatewayReference);
    case "declined":
    case "needs_authentication": {
      const needsAuthentication = outcome.kind === "needs_authentication";
      const final = outcome.kind === "declined" && outcome.final;
      const decline = { code: outcome.code, final, needsAuthentication, methodToken: attempt.methodToken };
      const end: AttemptEnd = {
        outcome: outcome.kind,
        finishedAt: context.now(),
        code: outcome.code,
        gatewayReference: outcome.gatewayReference,
      };
      return recordDecline(context, engine, held, decline, { attempt, end });
    }
  }
}

/**
 * Asks the gateway; null when the outcome is not known. Only who has just begun a payment may charge without looking:
 * for everybody else the money may have moved. If the gateway never heard of the key, the same key charges at most once.
 */
async function ask(
  engine: PayEngine,
  order: Order,
  attempt: Attempt,
  isNew: boolean,
): Promise<ChargeOutcome | null> {
  const { gateway, gatewayTimeoutMs } = engine;
  const { idempotencyKey, methodToken: token, amountCents } = attempt;
  const late = () =>
    new PaymentUnknown(`the gateway did not answer within ${gatewayTimeoutMs.toString()} ms`);
  try {
    const found = isNew ? null : await withinTime(gateway.find(idempotencyKey), gatewayTimeoutMs, late);
    if (found !== null) return found;
    const { customerId } = order.account;
    const reference = order.orderId.toString();
    const request = { idempotencyKey, customerId, token, amountCents, currency: order.currency, reference };
    return await withinTime(gateway.charge(request), gatewayTimeoutMs, late);
  } catch (error) {
    engine.report(error, `payment ${idempotencyKey}`);
    return null;
  }
}
