import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@/lib/context";
import { readCounters } from "@/lib/counters";
import { deleteHeartbeat, writeHeartbeat } from "./heartbeat-store";
import { checkSlice, type CheckedSlice, type CheckPace, USUAL_PACE } from "./check-service";

export type WatchOptions = {
  readonly context: Context;
  /** Names this worker among the others. */
  readonly workerId: string;
  readonly signal: AbortSignal;
  readonly pace?: CheckPace;
  readonly everyMs?: number;
  /** Told each time that the database has taken the sign of life. */
  readonly onHeartbeat?: () => void;
  /** Told of each slice that was checked; accounts that fail are an alarm. */
  readonly onSlice: (slice: CheckedSlice) => void;
  readonly report: (error: unknown, during: string) => void;
};

const HEARTBEAT_EVERY_MS = 5000;

/** Beside a worker: checks accounts in slices and says that the worker lives, until the signal is aborted. */
export async function runWatch(options: WatchOptions): Promise<void> {
  const {
    context,
    workerId,
    signal,
    pace = USUAL_PACE,
    everyMs = 1000,
    onHeartbeat,
    onSlice,
    report,
  } = options;
  const startedAt = context.now();
  let heartbeatAt = -Infinity;
  while (!signal.aborted) {
    try {
      if (performance.now() - heartbeatAt >= HEARTBEAT_EVERY_MS) {
        heartbeatAt = performance.now();
        const counters = await readCounters();
        await writeHeartbeat(context.db, { workerId, startedAt, heartbeatAt: context.now(), counters });
        onHeartbeat?.();
      }
      const slice = await checkSlice(context, pace);
      if (slice !== null) onSlice(slice);
    } catch (error) {
      report(error, "the self-check");
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
  // A worker that was stopped is not one that is silent.
  await deleteHeartbeat(context.db, workerId).catch(() => undefined);
}
