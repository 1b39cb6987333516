import "server-only";
import { type Carrier, HandoverUnknown, type Receipt } from "@/lib/carrier/carrier";
import type { Context } from "@/lib/context";
import { newLease } from "@/lib/leases/rules";
import { withinTime } from "@/lib/within-time";
import { type Delivery, isOverdue, receiptsOf, waitAfterFailure, waitForReceipts } from "./delivery-rules";
import {
  insertMissingReceipts,
  insertReceipts,
  moveDelivery,
  readHandover,
  takeDueDeliveries,
} from "./delivery-store";

/*
 * How a message reaches the carrier. It was paid for when it was sent, so that nothing here moves a credit: carriers
 * charge for what they carry, whether or not a phone is there. The carrier is called between two transactions, with
 * the id of the message as key; whatever a dead worker leaves behind is taken again when its lease ends.
 */

export type CarryEngine = {
  readonly carrier: Carrier;
  /** How long a delivery belongs to the worker that took it: longer than the carrier may take. */
  readonly leaseMs: number;
  readonly carrierTimeoutMs: number;
  /** Called when the carrier has answered and nothing is written yet, for tests. */
  readonly onAnswered?: ((delivery: Delivery) => Promise<void> | void) | undefined;
  /** Told of what went wrong and is tried again. */
  readonly report: (error: unknown, during: string) => void;
};

/** Takes the next step of deliveries that are due, at most `limit`; of one customer if it is named. Returns how many it took. */
export async function carryDue(
  context: Context,
  engine: CarryEngine,
  limit: number,
  customerId?: string,
): Promise<number> {
  const now = context.now();
  const held = newLease(now, engine.leaseMs);
  const taken = await takeDueDeliveries(context.db, { now, limit, held, customerId });
  await Promise.all(taken.map((delivery) => carry(context, engine, delivery, held.lease)));
  return taken.length;
}

async function carry(
  context: Context,
  engine: CarryEngine,
  delivery: Delivery,
  lease: string,
): Promise<void> {
  try {
    if (delivery.handedAt === null) await handOver(context, engine, delivery, lease);
    else await collect(context, engine, delivery, lease, delivery.handedAt);
  } catch (error) {
    engine.report(error, `message ${delivery.messageId}`);
    const failures = delivery.failures + 1;
    const dueAt = new Date(context.now().getTime() + waitAfterFailure(failures));
    // If this fails too, the lease ends by itself.
    await moveDelivery(context.db, delivery, lease, { failures, dueAt }).catch(() => undefined);
  }
}

async function handOver(
  context: Context,
  engine: CarryEngine,
  delivery: Delivery,
  lease: string,
): Promise<void> {
  const handover = await readHandover(context.db, delivery);
  await asked(engine, engine.carrier.take(handover));
  await engine.onAnswered?.(delivery);
  const handedAt = context.now();
  const dueAt = new Date(handedAt.getTime() + waitForReceipts(handedAt, handedAt));
  await moveDelivery(context.db, delivery, lease, { state: "handed", handedAt, dueAt });
}

const MAX_RECEIPTS_AT_ONCE = 2000;

/** Writes down the receipts that came in, and ends the delivery with the last one or when none comes any more. */
async function collect(
  context: Context,
  engine: CarryEngine,
  delivery: Delivery,
  lease: string,
  handedAt: Date,
): Promise<void> {
  const { carrier } = engine;
  const receipts = await asked(
    engine,
    carrier.receipts(delivery.messageId, receiptsOf(delivery), MAX_RECEIPTS_AT_ONCE),
  );
  await engine.onAnswered?.(delivery);
  const now = context.now();
  const hasMore = receipts.length === MAX_RECEIPTS_AT_ONCE;
  const givesUp = !hasMore && isOverdue(handedAt, now);
  const after = counted(delivery, receipts);
  const missing = givesUp ? delivery.recipientCount - receiptsOf(after) : 0;
  const undelivered = after.undelivered + missing;
  const hasEnded = after.delivered + undelivered === delivery.recipientCount;
  await context.db.transaction(async (tx) => {
    const isMine = await moveDelivery(tx, delivery, lease, {
      delivered: after.delivered,
      undelivered,
      failures: 0,
      ...(hasEnded
        ? { state: "ended", endedAt: now, dueAt: null }
        : { dueAt: new Date(now.getTime() + (hasMore ? 0 : waitForReceipts(handedAt, now))) }),
    });
    if (!isMine) return;
    await insertReceipts(tx, delivery, receipts);
    if (missing > 0) await insertMissingReceipts(tx, delivery, now);
  });
}

function counted(delivery: Delivery, receipts: readonly Receipt[]): Delivery {
  const delivered = receipts.filter(({ outcome }) => outcome === "delivered").length;
  return {
    ...delivery,
    delivered: delivery.delivered + delivered,
    undelivered: delivery.undelivered + receipts.length - delivered,
  };
}

const asked = <Value>({ carrierTimeoutMs }: CarryEngine, call: Promise<Value>): Promise<Value> =>
  withinTime(
    call,
    carrierTimeoutMs,
    () => new HandoverUnknown(`the carrier did not answer within ${carrierTimeoutMs.toString()} ms`),
  );
