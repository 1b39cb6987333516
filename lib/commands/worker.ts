import { randomUUID } from "node:crypto";
import os from "node:os";
import { openDatabase } from "@/db/client";
import type { Context } from "@/lib/context";
import { currentSettings } from "@/lib/env";
import { createLog } from "@/lib/health/log";
import { createOutageReport } from "@/lib/health/outage-report";
import { runWatch } from "@/lib/health/watch-service";
import { runMails } from "@/lib/mail/mail-worker";
import { createSmtpTransport } from "@/lib/mail/smtp";
import { runDeliveries } from "@/lib/messages/delivery-worker";
import { runWorker } from "@/lib/recharge/worker";
import { prepareDatabase } from "./database";
import { runCommand, say, stopSignal } from "./run-command";

// `npm run worker`: the worker alone. Any number of them may run, on any number of machines.

await runCommand(async () => {
  const signal = stopSignal();
  const settings = currentSettings();
  const database = await prepareDatabase(settings, say);
  const pool = openDatabase(database.url, { name: "ricarica worker" });
  // Apart from the worker's, so that neither a slice of the self-check nor many messages or mails hold up a recharge.
  const deliveryPool = openDatabase(database.url, { name: "ricarica deliveries", max: 4 });
  const watchPool = openDatabase(database.url, { name: "ricarica self-check", max: 1, work: "sweep" });
  const workerId = `${os.hostname()}-${randomUUID().slice(0, 8)}`;
  const log = createLog("worker", settings.logLevel).child({ workerId });
  const { report, reached } = createOutageReport(log);
  const context: Context = {
    caller: { kind: "system", name: "self-check" },
    db: watchPool.db,
    now: () => new Date(),
  };
  try {
    await Promise.all([
      runWorker({ pool, signal, report }),
      runDeliveries({ pool: deliveryPool, signal, report }),
      runMails({
        pool: deliveryPool,
        signal,
        transport: settings.mail && createSmtpTransport(settings.mail),
        report,
      }),
      runWatch({
        context,
        workerId,
        signal,
        report,
        onHeartbeat: reached,
        onSlice: ({ accounts, failed, endsRound }) => {
          for (const { serviceName, problems } of failed) {
            log.error({ alarm: "self_check_failed", serviceName, problems }, "an account contradicts itself");
          }
          if (endsRound) log.debug({ accounts }, "the self-check has been round");
        },
      }),
    ]);
  } finally {
    await Promise.all([pool.close(), deliveryPool.close(), watchPool.close()]);
    await database.close();
  }
});
