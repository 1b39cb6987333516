import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type { PgDatabase } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { databaseUrl, staffDatabaseUrl } from "../lib/env";
import { bounded } from "./bounded";
import { identified } from "./identity";
import * as schema from "./schema/all";
import { PoolTurns } from "./turns";

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
  /** How long it may wait; a job unless it is said. */
  readonly work?: keyof typeof WAITS;
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

/**
 * How long each kind of work may wait: for a lock, for a statement, with an open transaction that does nothing. The
 * server ends the first three; `silence` is for a server that does not even do that.
 */
const WAITS = {
  request: { lockMs: 2_000, statementMs: 3_500, idleMs: 15_000, silenceMs: 4_000 },
  job: { lockMs: 10_000, statementMs: 60_000, idleMs: 60_000, silenceMs: 70_000 },
  sweep: { lockMs: 10_000, statementMs: 600_000, idleMs: 60_000, silenceMs: 660_000 },
  /** Migrations say in their own text how long they wait. */
  administration: { lockMs: 0, statementMs: 0, idleMs: 60_000, silenceMs: 3_600_000 },
} as const;

const IDENTITIES = {
  application: { role: APPLICATION_ROLE, isReadOnly: false },
  support: { role: SUPPORT_ROLE, isReadOnly: true },
  // Whoever migrates is the operator's choice.
  owner: null,
} as const;

/** Opens a pool of its own. The connections are made on first use. */
export function openDatabase(url: string, options: PoolOptions = {}): Pool {
  const { max = 8, as = "application", name = "ricarica" } = options;
  const waits = WAITS[options.work ?? (as === "owner" ? "administration" : "job")];
  requireRepairs(postgres);
  let forget = (): void => undefined;
  const client = postgres(url, {
    max,
    // A restarted server is back within a second; the default would wait up to twenty.
    backoff: () => 0.2,
    connect_timeout: 10,
    // Five to ten minutes, in seconds: a connection keeps its plans, and those of foreign keys may be of an empty table.
    max_lifetime: 300 + Math.round(Math.random() * 300),
    types: { bigint: postgres.BigInt },
    connection: {
      application_name: name,
      lock_timeout: waits.lockMs,
      statement_timeout: waits.statementMs,
      idle_in_transaction_session_timeout: waits.idleMs,
      ...STARTUP[as],
    },
    onnotice: () => undefined,
    onclose: () => {
      forget();
    },
  });
  const wanted = IDENTITIES[as];
  const known = wanted === null ? null : identified(client, wanted);
  forget = known?.forget ?? forget;
  const sql = known?.sql ?? client;
  const db = drizzle(bounded(sql, { silenceMs: waits.silenceMs, turns: new PoolTurns(max) }), { schema });
  clients().set(db, sql);
  return { db, sql, close: () => client.end({ timeout: 5 }) };
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

declare global {
  // On the global object, because the framework evaluates this module once for each of its bundles.
  var ricaricaPool: Pool | undefined;
  var ricaricaStaffPool: Pool | undefined;
  var ricaricaHealthPool: Pool | undefined;
  var ricaricaClients: WeakMap<Database, Sql> | undefined;
}

/** The process's pool, opened on first use, so that a build may import every module without a database. */
export function database(): Pool {
  return (globalThis.ricaricaPool ??= openDatabase(databaseUrl(), { work: "request" }));
}

/** The pool that staff pages read with, opened on first use. */
export function staffDatabase(): Pool {
  return (globalThis.ricaricaStaffPool ??= openDatabase(staffDatabaseUrl(), {
    as: "support",
    work: "request",
    max: 4,
    name: "ricarica staff",
  }));
}

/** The pool by which the server says how it is, so that it can say so when all others are busy. */
export function healthDatabase(): Pool {
  return (globalThis.ricaricaHealthPool ??= openDatabase(databaseUrl(), {
    work: "request",
    max: 1,
    name: "ricarica health",
  }));
}
