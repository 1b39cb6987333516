import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase, type Pool } from "@/db/client";
import { sqlStateOf } from "@/db/errors";
import { type EmbeddedServer, startEmbeddedServer } from "@/db/embedded/server";
import { ensureLogins } from "@/db/embedded/logins";
import { migrateDatabase } from "@/db/migrate";
import type { Settings } from "@/lib/env";
import { loadPriceLists } from "@/lib/rates/load";

const MIN_SERVER_VERSION = 150_000;

/** One database by the logins that it is used with. */
export type DatabaseAddresses = {
  /** For what customers and the worker do. */
  readonly url: string;
  /** For what staff look at. */
  readonly staffUrl: string;
  /** For migrations and price lists. */
  readonly ownerUrl: string;
};

export type PreparedDatabase = DatabaseAddresses & {
  readonly isEmbedded: boolean;
  /** Leaves the embedded server, which stops if nobody else uses it; a server of the operator's is left alone. */
  readonly close: () => Promise<void>;
};

/** The database of these settings, running, with this version's tables and the shipped price lists. */
export async function prepareDatabase(
  settings: Settings,
  report: (line: string) => void,
): Promise<PreparedDatabase> {
  const running = await reach(settings, report);
  try {
    const { applied } = await migrateDatabase(running.ownerUrl);
    if (applied > 0) report(`Brought the tables to this version (${applied.toString()} migrations).`);
    await withOwner(running.ownerUrl, loadLists);
    if (running.isEmbedded) return await withLogins(running);
    await proveIdentities(running);
  } catch (error) {
    await running.close();
    throw error;
  }
  return running;
}

/** The embedded server's own logins, which hold the rights of one role each: `reset role` leads from none of them to the owner. */
async function withLogins(running: PreparedDatabase): Promise<PreparedDatabase> {
  const { ownerUrl, isEmbedded, close } = running;
  const { url, staffUrl } = await withOwner(ownerUrl, ({ sql }) => ensureLogins(sql, ownerUrl));
  return { url, staffUrl, ownerUrl, isEmbedded, close };
}

/** Better that nothing starts than that it runs with other rights than it should. */
async function proveIdentities({ url, staffUrl }: PreparedDatabase): Promise<void> {
  for (const [address, as] of [
    [url, "application"],
    [staffUrl, "support"],
  ] as const) {
    const pool = openDatabase(address, { as, max: 1 });
    try {
      await pool.sql`select 1`;
    } finally {
      await pool.close();
    }
  }
}

/** Runs `work` with the rights of the login, for what the product's own role may not do. */
export async function withOwner<Value>(url: string, work: (pool: Pool) => Promise<Value>): Promise<Value> {
  const owner = openDatabase(url, { as: "owner", max: 1 });
  try {
    return await work(owner);
  } finally {
    await owner.close();
  }
}

async function loadLists({ db }: Pool): Promise<void> {
  try {
    await loadPriceLists(db);
  } catch (error) {
    // A login without the owner's rights cannot load; then `npm run migrate`, by the owner, has.
    if (sqlStateOf(error) !== "42501") throw error;
  }
}

async function reach(settings: Settings, report: (line: string) => void): Promise<PreparedDatabase> {
  const { databaseUrl, staffDatabaseUrl, ownerDatabaseUrl, dataDirectory } = settings;
  if (databaseUrl === null) return superviseEmbedded(path.join(dataDirectory, "postgres"), report);
  await withOwner(databaseUrl, async ({ sql }) => {
    try {
      const [row] = await sql`select current_setting('server_version_num')::int as version,
        current_setting('server_version') as name`;
      if (Number(row?.["version"]) < MIN_SERVER_VERSION) {
        throw new Error(`it is PostgreSQL ${String(row?.["name"])}, and Ricarica needs 15 or newer`);
      }
    } catch (error) {
      const why = error instanceof Error ? error.message || String(error) : String(error);
      throw new Error(
        `The database of DATABASE_URL (${withoutPassword(databaseUrl)}) cannot be used: ${why}`,
        {
          cause: error,
        },
      );
    }
  });
  return {
    url: databaseUrl,
    staffUrl: staffDatabaseUrl ?? databaseUrl,
    ownerUrl: ownerDatabaseUrl ?? databaseUrl,
    isEmbedded: false,
    close: () => Promise.resolve(),
  };
}

/** Starts the server again, on the same port, whenever it vanishes under us: everybody's pool then finds it again. */
async function superviseEmbedded(
  directory: string,
  report: (line: string) => void,
): Promise<PreparedDatabase> {
  let server = await startEmbeddedServer({ directory });
  const { url, port, adopted } = server;
  report(`PostgreSQL ${adopted ? "was running" : "is running"} on ${directory}.`);
  let isClosing = false;
  const watch = async (watched: EmbeddedServer): Promise<void> => {
    await watched.lost;
    if (isClosing) return;
    report("PostgreSQL went away; starting it again.");
    try {
      await watched.close();
      server = await startEmbeddedServer({ directory, port });
      void watch(server);
    } catch (error) {
      report(error instanceof Error ? error.message : String(error));
      await sleep(1_000);
      void watch(watched);
    }
  };
  void watch(server);
  const close = async () => {
    isClosing = true;
    await server.close();
  };
  return { url, staffUrl: url, ownerUrl: url, isEmbedded: true, close };
}

function withoutPassword(url: string): string {
  const shown = new URL(url);
  if (shown.password !== "") shown.password = "…";
  return decodeURI(shown.href);
}
