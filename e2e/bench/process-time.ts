import fs from "node:fs";
import type { Pool } from "../../db/client";
import { processesOf } from "../product-process";

// Of the kernel's clock in /proc, the same on every Linux in use.
const TICKS_PER_SECOND = 100;

/** The processor time in ms that these processes have used since they began; null where it cannot be told. Linux only. */
export function processorMs(processIds: readonly number[]): number | null {
  let ticks = 0;
  for (const processId of processIds) {
    try {
      // Behind the name, which may hold anything, stands the state; user and system time are 11 and 12 fields on.
      const [, fields = ""] = fs
        .readFileSync(`/proc/${processId.toString()}/stat`, "utf8")
        .split(/\) (?=\S )/);
      const [user = 0, system = 0] = fields.split(" ").slice(11, 13).map(Number);
      ticks += user + system;
    } catch {
      return null;
    }
  }
  return processIds.length === 0 ? null : (ticks * 1000) / TICKS_PER_SECOND;
}

/** The process that answers the requests of a product. */
export function serverOf(dataDirectory: string): number[] {
  return processesOf(dataDirectory)
    .filter(({ command }) => command.startsWith("next-server"))
    .map(({ processId }) => processId);
}

/** The processes of PostgreSQL that work for the server, not those of the worker. */
export async function backendsOf({ sql }: Pool): Promise<number[]> {
  const rows = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where application_name in ('ricarica', 'ricarica staff')`;
  return rows.map(({ pid }) => pid);
}
