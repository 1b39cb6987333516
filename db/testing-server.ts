import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openDatabase, type Database } from "./client";
import { startEmbeddedServer } from "./embedded/server";
import { migrateDatabase } from "./migrate";

export const TEMPLATE = "ricarica_template";

export type TestServerOptions = {
  /** A server to use instead of an embedded one; it must be on this machine. */
  readonly url: string | null;
  readonly durable: boolean;
  /** Fills the template after the migrations. */
  readonly fill?: (db: Database) => Promise<unknown>;
};

/** One server for a run of the tests, with a migrated template from which each test file copies its own database. */
export async function startTestServer(
  options: TestServerOptions,
): Promise<{ url: string; close: () => Promise<void> }> {
  if (options.url !== null) {
    assertLocal(options.url);
    await makeTemplate(options.url, options.fill);
    return { url: options.url, close: () => Promise.resolve() };
  }
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-test-"));
  // The server runs as another user when the tests run as root.
  fs.chmodSync(directory, 0o755);
  const fast = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  const server = await startEmbeddedServer({
    directory: path.join(directory, "postgres"),
    settings: { max_connections: "200", ...(!options.durable && fast) },
  });
  const close = async () => {
    await server.close();
    fs.rmSync(directory, { recursive: true, force: true });
  };
  try {
    await makeTemplate(server.url, options.fill);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: server.url, close };
}

/** Tests make and drop databases: never on a server that somebody else may be using. */
export function assertLocal(url: string): void {
  const { hostname } = new URL(url);
  if (!["localhost", "127.0.0.1", "[::1]"].includes(hostname)) {
    throw new Error(`The tests make and drop databases, and ${hostname} is not this machine.`);
  }
}

/** The address of another database of the same server. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function makeTemplate(url: string, fill: TestServerOptions["fill"]): Promise<void> {
  const server = openDatabase(url, { as: "owner", max: 1 });
  await server.sql.unsafe(`drop database if exists ${TEMPLATE} with (force)`);
  await server.sql.unsafe(`create database ${TEMPLATE}`);
  await server.close();
  const template = withDatabase(url, TEMPLATE);
  await migrateDatabase(template);
  if (fill === undefined) return;
  const owner = openDatabase(template, { as: "owner", max: 1 });
  await fill(owner.db);
  await owner.close();
}
