import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { fileURLToPath } from "node:url";
import { openDatabase, type Sql } from "./client";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/** Of the advisory lock: "ric" as a number, nothing more. */
const MIGRATION_LOCK = 7_497_059;

/** Migrations of this version that the database lacks. */
export async function countPending(sql: Sql): Promise<number> {
  const files = readMigrationFiles({ migrationsFolder });
  const [found] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as yes`;
  if (found?.["yes"] !== true) return files.length;
  const [last] = await sql`select coalesce(max(created_at), 0)::text as at from drizzle.__drizzle_migrations`;
  return files.filter((file) => BigInt(file.folderMillis) > BigInt(String(last?.["at"]))).length;
}

/**
 * Brings the database of `url` to this version's tables, all or nothing. Of several that start at once one works and
 * the others wait. The login owns what it makes; when nothing is to be done, any login will do.
 */
export async function migrateDatabase(url: string): Promise<{ applied: number }> {
  const { sql, close } = openDatabase(url, { as: "owner", max: 2, name: "ricarica migrations" });
  try {
    if ((await countPending(sql)) === 0) return { applied: 0 };
    // The lock belongs to a session, so that one connection is set aside for it.
    const session = await sql.reserve();
    try {
      await session`select pg_advisory_lock(${MIGRATION_LOCK})`;
      const applied = await countPending(sql);
      if (applied > 0) await migrate(drizzle(sql), { migrationsFolder });
      await session`select pg_advisory_unlock(${MIGRATION_LOCK})`;
      return { applied };
    } finally {
      session.release();
    }
  } finally {
    await close();
  }
}
