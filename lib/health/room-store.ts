import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sqlStateOf } from "@/db/errors";

export type Disk = "writable" | "full" | "unknown";

const LOOK_EVERY_MS = 5000;
const seen = new WeakMap<Database, { readonly at: number; readonly disk: Disk }>();

/** Can the database write? Tried with one page of a table that only this connection knows, every few seconds. */
export async function readDisk(db: Database, at: number): Promise<Disk> {
  const known = seen.get(db);
  if (known !== undefined && at - known.at < LOOK_EVERY_MS) return known.disk;
  const disk = await tryToWrite(db);
  seen.set(db, { at, disk });
  return disk;
}

async function tryToWrite(db: Database): Promise<Disk> {
  try {
    await db.transaction(async (tx) => {
      await tx.execute(
        sql`create temp table if not exists room_to_write (filler text) on commit delete rows`,
      );
      await tx.execute(sql`insert into room_to_write values ('x')`);
    });
    return "writable";
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === DISK_FULL) return "full";
    // A role that may make no table of its own, or a server that takes no writes, is not asked this way.
    if (state === "42501" || state === "25006") return "unknown";
    throw error;
  }
}

const DISK_FULL = "53100";
