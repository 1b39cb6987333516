import { isConnectionFailure } from "@/db/errors";

type OutageLog = {
  readonly error: (event: Readonly<Record<string, unknown>>, text: string) => void;
  readonly info: (event: Readonly<Record<string, unknown>>, text: string) => void;
};

export type OutageReport = {
  /** Says what failed and is tried again. */
  readonly report: (error: unknown, during: string) => void;
  /** The database has answered. */
  readonly reached: () => void;
};

const SAID_AGAIN_AFTER_MS = 60_000;

/**
 * What a worker logs of its failures. While the database cannot be reached, everything fails several times a second, all
 * for one reason: the first is logged whole, the others are counted and said once a minute, and its return is said once.
 */
export function createOutageReport(log: OutageLog, now = () => performance.now()): OutageReport {
  let outage: { readonly since: number; saidAt: number; failures: number } | null = null;
  const seconds = (since: number) => Math.round((now() - since) / 1000);
  return {
    report(error, during) {
      if (!isConnectionFailure(error)) {
        log.error({ err: error, during }, "failed, and is tried again");
      } else if (outage === null) {
        outage = { since: now(), saidAt: now(), failures: 1 };
        log.error({ err: error, during }, "the database cannot be reached; everything is tried again");
      } else {
        outage.failures += 1;
        if (now() - outage.saidAt < SAID_AGAIN_AFTER_MS) return;
        outage.saidAt = now();
        const { failures, since } = outage;
        log.error({ failures, seconds: seconds(since) }, "the database still cannot be reached");
      }
    },
    reached() {
      if (outage === null) return;
      const { failures, since } = outage;
      outage = null;
      log.info({ failures, seconds: seconds(since) }, "the database is back");
    },
  };
}
