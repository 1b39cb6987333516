import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "@/lib/context";
import { readCounters } from "@/lib/counters";
import { deleteBeat, writeBeat } from "./beat-store";
import { checkSlice, type CheckedSlice, type CheckPace, USUAL_PACE } from "./check-service";

export type WatchOptions = {
  readonly context: Context;
  /** Names this worker among the others. */
  readonly workerId: string;
  readonly signal: AbortSignal;
  readonly pace?: CheckPace;
  readonly everyMs?: number;
  /** Told each time that the database has taken the sign of life. */
  readonly onBeat?: () => void;
  /** Told of each slice that was checked; accounts that fail are an alarm. */
  readonly onSlice: (slice: CheckedSlice) => void;
  readonly report: (error: unknown, during: string) => void;
};

const BEAT_EVERY_MS = 5000;

/** Beside a worker: checks accounts in slices and says that the worker lives, until the signal is aborted. */
export async function runWatch(options: WatchOptions): Promise<void> {
  const { context, workerId, signal, pace = USUAL_PACE, everyMs = 1000, onBeat, onSlice, report } = options;
  const startedAt = context.now();
  let beatAt = -Infinity;
  while (!signal.aborted) {
    try {
      if (performance.now() - beatAt >= BEAT_EVERY_MS) {
        beatAt = performance.now();
        await writeBeat(context.db, { workerId, startedAt, beatAt: context.now(), counters: readCounters() });
        onBeat?.();
      }
      const slice = await checkSlice(context, pace);
      if (slice !== null) onSlice(slice);
    } catch (error) {
      report(error, "the self-check");
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
  // A worker that was stopped is not one that is silent.
  await deleteBeat(context.db, workerId).catch(() => undefined);
}
