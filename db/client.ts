import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type { PgDatabase } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { databaseUrl } from "../lib/env";
import * as schema from "./schema/all";

export type Schema = typeof schema;

/** The pool, or an open transaction of it: whoever receives one need not know which. */
export type Database = PgDatabase<PostgresJsQueryResultHKT, Schema>;

/**
 * The raw client. It reads int8 as `bigint`. It shares its type table with Drizzle, which reads and writes dates
 * itself: here an instant arrives as text, and is passed as text (`date.toISOString()`) with a cast.
 */
export type Sql = postgres.Sql<{ bigint: bigint }>;

export type Pool = {
  readonly db: Database;
  readonly sql: Sql;
  /** Waits for what is running, at most five seconds. */
  readonly close: () => Promise<void>;
};

export type PoolOptions = {
  /** Connections at most. */
  readonly max?: number;
  /**
   * The application's role has only the rights that the product needs, that of support staff reads what they may see,
   * and the owner's are for migrations and price lists.
   */
  readonly as?: "application" | "support" | "owner";
  /** As shown in pg_stat_activity. */
  readonly name?: string;
};

/** Made by a migration; owns nothing, may not change what is append-only. */
export const APPLICATION_ROLE = "ricarica_app";

/** Made by a migration; reads, and writes nothing but the audit log. */
export const SUPPORT_ROLE = "ricarica_support";

const STARTUP = {
  application: { role: APPLICATION_ROLE },
  // Each transaction is read-only unless it says otherwise, which the one that records an access does.
  support: { role: SUPPORT_ROLE, default_transaction_read_only: true },
  owner: {},
} as const;

/** Opens a pool of its own. The connections are made on first use. */
export function openDatabase(url: string, options: PoolOptions = {}): Pool {
  const { max = 8, as = "application", name = "ricarica" } = options;
  requireRepairs(postgres);
  const sql = postgres(url, {
    max,
    // A restarted server is back within a second; the default would wait up to twenty.
    backoff: () => 0.2,
    connect_timeout: 10,
    types: { bigint: postgres.BigInt },
    connection: { application_name: name, ...STARTUP[as] },
    onnotice: () => undefined,
  });
  const db = drizzle(preparing(sql), { schema });
  clients().set(db, sql);
  return { db, sql, close: () => sql.end({ timeout: 5 }) };
}

const clients = (): WeakMap<Database, Sql> => (globalThis.ricaricaClients ??= new WeakMap<Database, Sql>());

/** The raw client of a pool, for what Drizzle does not know, such as LISTEN; null for a transaction. */
export function clientOf(db: Database): Sql | null {
  return clients().get(db) ?? null;
}

/** The driver as it is published lets a server that ends at a bad moment end this process: see db/patches. */
export function requireRepairs(driver: object): void {
  if ("isRepaired" in driver) return;
  throw new Error(
    "node_modules/postgres lacks the repairs of db/patches: run `npm ci` without --ignore-scripts.",
  );
}

/**
 * The client as Drizzle is given it: each statement is prepared once on each connection. Drizzle 0.45 asks for none to be
 * (upstream issue 6096), so that each would be planned anew, and take two round trips instead of one.
 */
function preparing<Client extends object>(client: Client): Client {
  return new Proxy(client, {
    get(target, property, receiver) {
      const value: unknown = Reflect.get(target, property, receiver);
      if (typeof value !== "function") return value;
      if (property === "unsafe") {
        return (text: string, parameters: unknown[], options?: object): unknown =>
          Reflect.apply(value, target, [text, parameters, { ...options, prepare: true }]);
      }
      if (property !== "begin" && property !== "savepoint") return value;
      return (work: (inner: object) => unknown): unknown =>
        Reflect.apply(value, target, [(inner: object) => work(preparing(inner))]);
    },
  });
}

declare global {
  // On the global object, because the framework evaluates this module once for each of its bundles.
  var ricaricaPool: Pool | undefined;
  var ricaricaStaffPool: Pool | undefined;
  var ricaricaClients: WeakMap<Database, Sql> | undefined;
}

/** The process's pool, opened on first use, so that a build may import every module without a database. */
export function database(): Pool {
  return (globalThis.ricaricaPool ??= openDatabase(databaseUrl()));
}

/** The pool that staff pages read with, opened on first use. */
export function staffDatabase(): Pool {
  return (globalThis.ricaricaStaffPool ??= openDatabase(databaseUrl(), {
    as: "support",
    max: 4,
    name: "ricarica staff",
  }));
}
