import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";
import { openDatabase, type Pool, type PoolOptions } from "./client";
import { sqlStateOf } from "./errors";
import { unique } from "./testing-rows";
import { assertLocal, TEMPLATE, withDatabase } from "./testing-server";

export { aCustomer, anSmsAccount } from "./testing-rows";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the server of this run, as the owner. */
    serverUrl: string;
  }
}

export type TestDatabase = Pool & {
  readonly url: string;
  /** As the owner of the tables, for what the product itself may not do. */
  readonly owner: Pool;
};

/** A database of its own: migrated, price lists loaded, no customers. `close` drops it. */
export async function testDatabase(options: PoolOptions = {}): Promise<TestDatabase> {
  const serverUrl = inject("serverUrl");
  assertLocal(serverUrl);
  const name = `test_${unique()}`;
  await onServer(serverUrl, `create database ${name} template ${TEMPLATE}`);
  const url = withDatabase(serverUrl, name);
  const pool = openDatabase(url, options);
  const owner = openDatabase(url, { as: "owner", max: 2 });
  const close = async () => {
    await Promise.all([pool.close(), owner.close()]);
    await dropDatabase(serverUrl, name);
  };
  return { db: pool.db, sql: pool.sql, url, owner, close };
}

/** A database without anything in it, not even tables. */
export async function emptyDatabase(): Promise<{ url: string; close: () => Promise<void> }> {
  const serverUrl = inject("serverUrl");
  assertLocal(serverUrl);
  const name = `test_${unique()}`;
  await onServer(serverUrl, `create database ${name}`);
  const close = () => dropDatabase(serverUrl, name);
  return { url: withDatabase(serverUrl, name), close };
}

/** Whoever still uses it is sent away; the server's own housekeeping may not be, and is waited for. */
async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await onServer(serverUrl, `drop database if exists ${name} with (force)`);
      return;
    } catch (error) {
      if (sqlStateOf(error) !== INSUFFICIENT_PRIVILEGE || attempt === 50) throw error;
      await sleep(100);
    }
  }
}

const INSUFFICIENT_PRIVILEGE = "42501";

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const { sql, close } = openDatabase(serverUrl, { as: "owner", max: 1 });
  try {
    await sql.unsafe(statement);
  } finally {
    await close();
  }
}
