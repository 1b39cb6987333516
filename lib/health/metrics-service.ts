import "server-only";
import { Gauge } from "prom-client";
import journal from "@/db/migrations/meta/_journal.json";
import type { Context } from "@/lib/context";
import { withinTime } from "@/lib/within-time";
import { makeCounters, readCounters } from "@/lib/counters";
import { readHeartbeats } from "./heartbeat-store";
import { readGauges, readLastMigration } from "./metrics-store";
import { type Disk, readDisk } from "./room-store";
import { SILENT_AFTER_MS } from "./rules";

type Health = Pick<Context, "db" | "now">;

export type Readiness = {
  readonly database: "reachable" | "unreachable";
  /** Whether it can still write. One without room answers reads and nothing else. */
  readonly disk: Disk;
  readonly migrations: "current" | "pending" | "unknown";
  /** Whether one has said within the last seconds that it lives. The server answers without one, so it does not count. */
  readonly worker: "beating" | "silent" | "unknown";
};

/** Whoever asks waits for a second at most. */
const READY_WITHIN_MS = 900;

/** Can this server answer requests: is the database there, with this version's tables and room to write? */
export async function readiness(
  health: Health,
  diskOf = readDisk,
): Promise<{ isReady: boolean; readiness: Readiness }> {
  try {
    return await withinTime(judged(health, diskOf), READY_WITHIN_MS, () => new Error("no answer"));
  } catch {
    const unknown = {
      database: "unreachable",
      disk: "unknown",
      migrations: "unknown",
      worker: "unknown",
    } as const;
    return { isReady: false, readiness: unknown };
  }
}

async function judged({ db, now }: Health, diskOf: typeof readDisk) {
  const [last, heartbeats, disk] = await Promise.all([
    readLastMigration(db),
    readHeartbeats(db),
    diskOf(db, performance.now()),
  ]);
  const newest = Math.max(...journal.entries.map(({ when }) => when));
  const migrations = last !== null && last >= newest ? ("current" as const) : ("pending" as const);
  const [heartbeat] = heartbeats;
  const isBeating =
    heartbeat !== undefined && now().getTime() - heartbeat.heartbeatAt.getTime() < SILENT_AFTER_MS;
  const worker = isBeating ? ("beating" as const) : ("silent" as const);
  const readiness: Readiness = { database: "reachable", disk, migrations, worker };
  return { isReady: migrations === "current" && disk !== "full", readiness };
}

type Sample = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

/** Everything that an operator watches, in the text format of Prometheus. */
export async function metricsText({ db, now }: Health): Promise<string> {
  const at = now();
  const [gauges, heartbeats, own] = await Promise.all([
    readGauges(db, at),
    readHeartbeats(db),
    readCounters(),
  ]);
  const { registry, add } = makeCounters(["process"]);
  const counted = [
    { process: "server", counters: own },
    ...heartbeats.map(({ workerId, counters }) => ({ process: `worker ${workerId}`, counters })),
  ];
  for (const { process, counters } of counted) {
    for (const { name, labels, value } of counters) add({ name, labels: { ...labels, process }, value });
  }
  const gauge = (name: string, help: string, value: number | null) => {
    const made = new Gauge({ name: `ricarica_${name}`, help, registers: [registry] });
    // What is not known is left out, where 0 would say that all is well.
    if (value === null) made.remove();
    else made.set(value);
  };
  const gaugeBy = (label: string, name: string, help: string, samples: readonly Sample[]) => {
    const made = new Gauge({ name: `ricarica_${name}`, help, labelNames: [label], registers: [registry] });
    for (const { labels, value } of samples) made.set(labels, value);
  };
  gaugeBy(
    "state",
    "recharges_open",
    "Recharges that have not ended, by state.",
    gauges.open.map(({ state, number }) => ({ labels: { state }, value: number })),
  );
  gaugeBy(
    "reason",
    "rules_suspended",
    "Rules that buy nothing until the customer acts, by reason.",
    gauges.suspended.map(({ reason, number }) => ({ labels: { reason }, value: number })),
  );
  gauge(
    "oldest_open_claim_seconds",
    "Age of the oldest recharge that has not ended.",
    gauges.oldestClaimSeconds,
  );
  gauge("queue_crossings", "Crossings that no worker has answered.", gauges.unanswered);
  gauge("queue_crossings_lag_seconds", "Age of the oldest of them.", gauges.crossingLagSeconds);
  gauge("queue_orders", "Steps of orders that are due and that no worker has taken.", gauges.due);
  gauge("queue_orders_lag_seconds", "How long the oldest of them has been due.", gauges.orderLagSeconds);
  gauge(
    "queue_deliveries",
    "Messages whose next step to the phones is due and that no worker has taken.",
    gauges.dueDeliveries,
  );
  gauge(
    "queue_deliveries_lag_seconds",
    "How long the oldest of them has been due.",
    gauges.deliveryLagSeconds,
  );
  gauge(
    "self_check_failed_accounts",
    "Accounts whose record contradicts itself. Alarm above 0.",
    gauges.failedChecks,
  );
  gauge("self_check_round_age_seconds", "Since the last round over all accounts ended.", gauges.roundSeconds);
  gauge("self_check_round_accounts", "Accounts of that round.", gauges.roundAccounts);
  gaugeBy(
    "worker",
    "worker_last_beat_seconds",
    "Since each worker last said that it lives.",
    heartbeats.map(({ workerId, heartbeatAt }) => ({
      labels: { worker: workerId },
      value: Math.max((at.getTime() - heartbeatAt.getTime()) / 1000, 0),
    })),
  );
  return registry.metrics();
}
