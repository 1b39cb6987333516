import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { Counted } from "@/lib/counters";

export type Heartbeat = {
  readonly workerId: string;
  readonly heartbeatAt: Date;
  readonly counters: readonly Counted[];
};

/** Says that a worker lives and what it has counted, and forgets those that have been silent for an hour. */
export async function writeHeartbeat(
  db: Database,
  heartbeat: Heartbeat & { readonly startedAt: Date },
): Promise<void> {
  await db.execute(sql`
    insert into worker_heartbeats (worker_id, started_at, heartbeat_at, counters)
    values (${heartbeat.workerId}, ${heartbeat.startedAt.toISOString()}::timestamptz, ${heartbeat.heartbeatAt.toISOString()}::timestamptz,
      ${JSON.stringify(heartbeat.counters)}::text::jsonb)
    on conflict (worker_id) do update set heartbeat_at = excluded.heartbeat_at, counters = excluded.counters`);
  const old = new Date(heartbeat.heartbeatAt.getTime() - 60 * 60_000).toISOString();
  await db.execute(sql`delete from worker_heartbeats where heartbeat_at < ${old}::timestamptz`);
}

export async function deleteHeartbeat(db: Database, workerId: string): Promise<void> {
  await db.execute(sql`delete from worker_heartbeats where worker_id = ${workerId}`);
}

/** The newest first. */
export async function readHeartbeats(db: Database): Promise<Heartbeat[]> {
  const rows = await db.execute<{
    worker_id: string;
    heartbeat_ms: number;
    counters: unknown;
  }>(sql`
    select worker_id, (extract(epoch from heartbeat_at) * 1000)::float8 as heartbeat_ms, counters from worker_heartbeats
    order by heartbeat_at desc limit 50`);
  return rows.map((row) => ({
    workerId: row.worker_id,
    heartbeatAt: new Date(row.heartbeat_ms),
    // A worker of an older version kept them otherwise; its figures come back when it is started anew.
    counters: Array.isArray(row.counters) ? (row.counters as readonly Counted[]) : [],
  }));
}
