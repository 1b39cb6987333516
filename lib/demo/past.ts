import { createSandboxCarrier } from "@/lib/carrier/sandbox-carrier/carrier";
import type { Context } from "@/lib/context";
import { carryDue, type CarryEngine } from "@/lib/messages/delivery-service";
import type { PayEngine } from "@/lib/orders/pay-engine";
import { payOrder, takeDueOrders } from "@/lib/orders/pay-service";
import { createSandboxGateway } from "@/lib/payments/sandbox-gateway/gateway";
import { claimCrossing, listUnanswered } from "@/lib/recharge/claim-service";
import { purchaseOrderHandler, rechargeOrderHandler } from "@/lib/recharge/order-handler-service";

const STEP_MS = 12;

/** A clock that stands at a moment of the past, and goes on a little with each look. */
export function clockAt(moment: Date): () => Date {
  let time = moment.getTime() - STEP_MS;
  return () => new Date((time += STEP_MS));
}

/** The worker, as it was at a moment of the past: answers what waits for it, pays what is due; of this customer only. */
export async function workAt(context: Context, customerId: string, moment: Date): Promise<void> {
  const past = { ...context, now: clockAt(moment) };
  const engine: PayEngine = {
    // In the same transaction, so that a demo that is not finished leaves nothing here either.
    gateway: createSandboxGateway(context.db, { usualDelayMs: 0 }),
    handlers: { recharge: rechargeOrderHandler, purchase: purchaseOrderHandler },
    leaseMs: 60_000,
    gatewayTimeoutMs: 60_000,
    report: (error) => {
      throw error;
    },
  };
  for (const crossing of await listUnanswered(past, MAX_AT_ONCE, customerId)) {
    const held = await claimCrossing(past, engine, crossing);
    if (held !== null) await payOrder(past, engine, held);
  }
  for (const held of await takeDueOrders(past, engine, MAX_AT_ONCE, customerId)) {
    await payOrder(past, engine, held);
  }
}

/** A message that was sent at a moment of the past, and what the carrier said of it in the minutes after. */
export async function carryAt(context: Context, customerId: string, sentAt: Date): Promise<void> {
  for (const ms of [HANDED_AFTER_MS, RECEIPTS_AFTER_MS]) {
    const now = clockAt(new Date(sentAt.getTime() + ms));
    const engine: CarryEngine = {
      carrier: createSandboxCarrier(context.db, { now }),
      leaseMs: 60_000,
      carrierTimeoutMs: 60_000,
      report: (error) => {
        throw error;
      },
    };
    await carryDue({ ...context, now }, engine, MAX_AT_ONCE, customerId);
  }
}

const HANDED_AFTER_MS = 400;
const RECEIPTS_AFTER_MS = 60_000;

const MAX_AT_ONCE = 20;
