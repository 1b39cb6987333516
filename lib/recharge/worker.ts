import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import pino from "pino";
import type { Pool } from "@/db/client";
import type { Context } from "@/lib/context";
import type { HeldOrder, PayEngine } from "@/lib/orders/pay-engine";
import { payOrder, takeDueOrders } from "@/lib/orders/pay-service";
import { WAKE_CHANNEL } from "@/lib/ledger/threshold-rules";
import type { Order } from "@/lib/orders/rules";
import type { PaymentGateway } from "@/lib/payments/gateway";
import { createSandboxGateway } from "@/lib/payments/sandbox-gateway/gateway";
import { WakeSignal } from "./wake-signal";
import { claimCrossing, listUnanswered, sweepOverlooked } from "./claim-service";
import { purchaseOrderHandler, rechargeOrderHandler } from "./order-handler-service";
import { LOOK_EVERY_MS } from "./reasons-rules";
import { type OpenCrossing } from "./worker-store";

/*
 * The worker answers crossings and pays orders. There is no queue beside the tables: a crossing without a recharge and
 * an order that is due *are* the queue. Whatever a change of the balance or of a rule commits is therefore work that
 * is committed with it; a job cannot be lost, doubled or forgotten apart from its row, and a dead worker's lease ends
 * by itself. A queue library (graphile-worker was looked at: its lock on a dead worker's job lasts four hours) would
 * bring a second truth that had to be kept in step with the first. NOTIFY only shortens the wait until the next look.
 *
 * Any number of workers may run. Two that are at one crossing meet at the account's lock; two that are at one order
 * meet at its lease.
 */

export type WorkerStep = "claimed" | "paying" | "asked" | "paid" | "credited";

export type WorkerOptions = {
  readonly pool: Pool;
  /** Aborted to stop: what is under way is let go of after its current step. */
  readonly signal: AbortSignal;
  readonly gateway?: PaymentGateway;
  readonly now?: () => Date;
  /** How long an order belongs to a worker that has died. */
  readonly leaseMs?: number;
  readonly gatewayTimeoutMs?: number;
  /** How often it looks without being told to. */
  readonly pollMs?: number;
  readonly sweepMs?: number;
  /** Called between two steps, for tests. */
  readonly onStep?: (step: WorkerStep, order: Order) => Promise<void> | void;
  readonly report?: PayEngine["report"];
};

const MAX_AT_ONCE = 10;
/**
 * Of which new crossings may be so many, and orders that are due as many: while a gateway hangs and one kind of work
 * keeps coming, the other still gets its turn.
 */
const MAX_OF_A_KIND = 8;
/** A gateway may take its time; whoever stops the product does not. The lease brings back what is left. */
const STOP_WITHIN_MS = 2000;

export function createEngine(
  pool: Pick<Pool, "db">,
  options: Partial<Omit<PayEngine, "handlers">> = {},
): PayEngine {
  return {
    gateway: createSandboxGateway(pool.db),
    leaseMs: 30_000,
    gatewayTimeoutMs: 10_000,
    report: () => undefined,
    ...options,
    handlers: { recharge: rechargeOrderHandler, purchase: purchaseOrderHandler },
  };
}

/** Works until the signal is aborted. It survives a database that goes away, and goes on when it is back. */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { pool, signal, now = () => new Date(), pollMs = 1000, sweepMs = 30_000, onStep } = options;
  const report = options.report ?? logger();
  const context: Context = { caller: { kind: "system", name: "worker" }, db: pool.db, now };
  const engine = createEngine(pool, {
    report,
    onStep,
    ...(options.gateway !== undefined && { gateway: options.gateway }),
    ...(options.leaseMs !== undefined && { leaseMs: options.leaseMs }),
    ...(options.gatewayTimeoutMs !== undefined && { gatewayTimeoutMs: options.gatewayTimeoutMs }),
  });
  const wakeSignal = new WakeSignal();
  const running = new Set<Promise<void>>();
  const answering = new Set<string>();
  const coolingUntil = new Map<string, number>();
  let paying = 0;
  let sweptAt = -Infinity;

  const start = (work: Promise<void>) => {
    const done = work.then(
      () => {
        // Room for another one; and what was done may have left something to do.
        wakeSignal.wake();
      },
      (error: unknown) => {
        report(error, "a recharge");
      },
    );
    running.add(done);
    void done.finally(() => running.delete(done));
  };

  const answer = async (open: OpenCrossing) => {
    const name = nameOf(open);
    // Left alone for a while, so that it is not in the way of the others.
    const coolDown = () => coolingUntil.set(name, performance.now() + LOOK_EVERY_MS);
    answering.add(name);
    try {
      const held = await claimCrossing(context, engine, open);
      if (held === null) {
        coolDown();
        return;
      }
      await onStep?.("claimed", held.order);
      await payOrder(context, engine, held, signal);
    } catch (error) {
      coolDown();
      throw error;
    } finally {
      answering.delete(name);
    }
  };

  const pay = async (held: HeldOrder) => {
    paying += 1;
    try {
      await payOrder(context, engine, held, signal);
    } finally {
      paying -= 1;
    }
  };

  const startWork = async () => {
    if (performance.now() - sweptAt >= sweepMs) {
      sweptAt = performance.now();
      await sweepOverlooked(context, 100);
    }
    for (const [name, until] of coolingUntil) if (until <= performance.now()) coolingUntil.delete(name);
    const roomFor = (ofKind: number) =>
      Math.max(0, Math.min(MAX_AT_ONCE - running.size, MAX_OF_A_KIND - ofKind));
    const roomForCrossings = roomFor(answering.size);
    if (roomForCrossings > 0) {
      const passed = (open: OpenCrossing) => !answering.has(nameOf(open)) && !coolingUntil.has(nameOf(open));
      const most = roomForCrossings + answering.size + coolingUntil.size;
      const unanswered = await listUnanswered(context, most);
      for (const open of unanswered.filter(passed).slice(0, roomForCrossings)) start(answer(open));
    }
    const roomForOrders = roomFor(paying);
    if (roomForOrders === 0) return;
    for (const held of await takeDueOrders(context, engine, roomForOrders)) start(pay(held));
  };

  const stopListening = listen(pool, wakeSignal, signal, report);
  signal.addEventListener("abort", wakeSignal.wake, { once: true });
  while (!signal.aborted) {
    try {
      await startWork();
    } catch (error) {
      report(error, "looking for work");
    }
    await wakeSignal.wait(pollMs);
  }
  await Promise.race([Promise.all(running), sleep(STOP_WITHIN_MS, undefined, { ref: false })]);
  await stopListening();
}

const nameOf = ({ account, crossing }: OpenCrossing): string =>
  `${account.customerId} ${account.serviceName} ${crossing.toString()}`;

/** Hears of new work at once. Without it, or behind a pooler that does not pass it on, work waits for the next look. */
function listen(
  pool: Pool,
  wakeSignal: WakeSignal,
  signal: AbortSignal,
  report: PayEngine["report"],
): () => Promise<void> {
  let unlisten: (() => Promise<void>) | null = null;
  const begin = async () => {
    while (!signal.aborted && unlisten === null) {
      try {
        // The client listens again by itself when its connection comes back.
        const listening = await pool.sql.listen(WAKE_CHANNEL, wakeSignal.wake, wakeSignal.wake);
        unlisten = () => listening.unlisten();
      } catch (error) {
        report(error, "listening");
        await sleep(1000, undefined, { ref: false });
      }
    }
  };
  void begin();
  return async () => {
    await Promise.race([unlisten?.().catch(() => undefined), sleep(500, undefined, { ref: false })]);
  };
}

function logger(): PayEngine["report"] {
  const log = pino({ name: "worker" });
  return (error, during) => {
    log.error({ err: error, during }, "failed, and is tried again");
  };
}
