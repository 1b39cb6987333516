import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "@/db/client";
import type { Context } from "@/lib/context";
import { sendDueMails, type MailEngine } from "./send-service";
import { deleteOldMails } from "./service";
import type { MailTransport } from "./smtp";

export type MailWorkerOptions = {
  readonly pool: Pick<Pool, "db">;
  readonly signal: AbortSignal;
  /** Null: there is no mail server, and mail stays in the outbox. */
  readonly transport: MailTransport | null;
  readonly report: MailEngine["report"];
  /** How long it waits when nothing is due. */
  readonly pollMs?: number;
};

const MAX_AT_ONCE = 4;
const TIDY_EVERY_MS = 60 * 60 * 1000;

/** Sends mail and deletes what is old until the signal is aborted; any number may run. */
export async function runMails({
  pool,
  signal,
  transport,
  report,
  pollMs = 1000,
}: MailWorkerOptions): Promise<void> {
  const context: Context = { caller: { kind: "system", name: "mail" }, db: pool.db, now: () => new Date() };
  let tidiedAt = -Infinity;
  while (!signal.aborted) {
    let taken = 0;
    try {
      if (transport !== null) {
        const engine: MailEngine = { transport, leaseMs: 60_000, transportTimeoutMs: 30_000, report };
        taken = await sendDueMails(context, engine, MAX_AT_ONCE);
      }
      if (performance.now() - tidiedAt >= TIDY_EVERY_MS) {
        tidiedAt = performance.now();
        await deleteOldMails(context);
      }
    } catch (error) {
      report(error, "looking for mail to send");
    }
    if (taken < MAX_AT_ONCE) await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
}
