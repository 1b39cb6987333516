import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "@/db/client";
import type { Carrier } from "@/lib/carrier/carrier";
import { createSandboxCarrier } from "@/lib/carrier/sandbox-carrier/carrier";
import type { Context } from "@/lib/context";
import { carryDue, type CarryEngine } from "./delivery-service";

export type DeliveryWorkerOptions = {
  readonly pool: Pick<Pool, "db">;
  readonly signal: AbortSignal;
  readonly carrier?: Carrier;
  readonly report: CarryEngine["report"];
  /** How long it waits when nothing is due. */
  readonly pollMs?: number;
};

const MAX_AT_ONCE = 8;

/**
 * Carries messages until the signal is aborted; any number may run. It looks by itself rather than being woken: a
 * notification in the transaction of each send would make all senders wait for one another at their commits.
 */
export async function runDeliveries(options: DeliveryWorkerOptions): Promise<void> {
  const { pool, signal, report, pollMs = 500, carrier = createSandboxCarrier(pool.db) } = options;
  const context: Context = {
    caller: { kind: "system", name: "delivery" },
    db: pool.db,
    now: () => new Date(),
  };
  const engine: CarryEngine = { carrier, leaseMs: 60_000, carrierTimeoutMs: 20_000, report };
  while (!signal.aborted) {
    let taken = 0;
    try {
      taken = await carryDue(context, engine, MAX_AT_ONCE);
    } catch (error) {
      report(error, "looking for messages to carry");
    }
    if (taken < MAX_AT_ONCE) await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
}
