import { spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase, requireRepairs } from "./client";
import { isConnectionFailure } from "./errors";
import { testDatabase } from "./testing";
import { startDoomedServer } from "./testing-outage";

const root = path.resolve(import.meta.dirname, "..");

describe("the installation", () => {
  let copy: string;
  beforeAll(() => {
    copy = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-driver-"));
    for (const part of ["package.json", "package-lock.json", "db/patches", "node_modules/postgres"]) {
      fs.cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
    }
    // Where npm finds the programs that its scripts name.
    fs.symlinkSync(path.join(root, "node_modules/.bin"), path.join(copy, "node_modules/.bin"));
  });
  afterAll(() => fs.rmSync(copy, { recursive: true }));

  const driver = (file: string) => path.join(copy, "node_modules/postgres", file);
  const install = (...given: readonly string[]) =>
    spawnSync("npm", ["run", "postinstall", "--", ...given], { cwd: copy, encoding: "utf8" });

  test("repairs the driver as it is published, and leaves a repaired one alone", () => {
    const sources = ["src", "cjs/src"].flatMap((source) => [`${source}/connection.js`, `${source}/index.js`]);
    const read = () => sources.map((file) => fs.readFileSync(driver(file), "utf8"));
    const repaired = read();
    expect(install().status).toBe(0);
    expect(read()).toEqual(repaired);
    expect(install("--reverse").status).toBe(0);
    expect(read().join("")).not.toContain("isRepaired");
    expect(install().status).toBe(0);
    expect(read()).toEqual(repaired);
  });

  test("fails with a driver that the patch does not know", () => {
    fs.writeFileSync(driver("src/connection.js"), "export default {}");
    expect(install().status).not.toBe(0);
  });
});

test("a driver without its repairs is refused, with what to do", () => {
  expect(() => requireRepairs(postgres)).not.toThrow();
  expect(() => requireRepairs({})).toThrow("run `npm ci` without --ignore-scripts");
});

/** Lies in front of a server, and ends its first connection in the middle of the driver's own question for types. */
async function aServerThatLeaves(url: string, farewell: Buffer | null) {
  const { hostname, port } = new URL(url);
  let hasLeft = false;
  const proxy = net.createServer((client) => {
    const server = net.connect(Number(port), hostname);
    client.on("data", (chunk) => {
      if (hasLeft || !chunk.includes("typarray")) {
        server.write(chunk);
        return;
      }
      hasLeft = true;
      server.destroy();
      if (farewell === null) client.resetAndDestroy();
      else client.end(farewell);
    });
    server.on("data", (chunk) => client.write(chunk));
    for (const [one, other] of [[client, server] as const, [server, client] as const]) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.end());
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = proxy.address();
  if (typeof address !== "object" || address === null) throw new Error("no address");
  const before = new URL(url);
  before.port = address.port.toString();
  return { url: before.href, close: () => proxy.close() };
}

/** What PostgreSQL sends to a session that it ends. */
const ended = Buffer.from("SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0");
const FAREWELL = Buffer.concat([Buffer.from("E"), Buffer.alloc(4), ended]);
FAREWELL.writeInt32BE(ended.length + 4, 1);

describe("a server that leaves while a new connection asks for its types", () => {
  const rejected: unknown[] = [];
  const record = (reason: unknown) => rejected.push(reason);
  beforeAll(() => void process.on("unhandledRejection", record));
  afterAll(() => void process.off("unhandledRejection", record));

  test.each([
    ["with its last words", FAREWELL, [{ one: 1 }]],
    ["without a word", null, expect.objectContaining({ code: "ECONNRESET" }) as unknown],
  ])("%s ends no process, and is not heard of on the next connection", async (_, farewell, answer) => {
    const { url, close: drop } = await testDatabase();
    const server = await aServerThatLeaves(url, farewell);
    const pool = openDatabase(server.url, { as: "owner", max: 1 });
    expect(await pool.sql`select 1 as one`.catch((error: unknown) => error)).toEqual(answer);
    expect(await pool.sql`select 2 as two`).toEqual([{ two: 2 }]);
    expect(rejected).toEqual([]);
    await pool.close();
    server.close();
    await drop();
  });
});

test("a server killed under load fails what was open and serves again, with nothing acknowledged lost", async () => {
  const server = await startDoomedServer();
  const { sql, close } = openDatabase(server.url, { as: "owner" });
  await sql`create table written (id bigint primary key)`;
  const acknowledged: bigint[] = [];
  let next = 0n;
  let isOver = false;
  const unexpected: unknown[] = [];
  const write = async () => {
    while (!isOver) {
      const id = (next += 1n);
      try {
        // Several statements in a transaction: the driver failed with one open.
        await sql.begin(async (tx) => {
          await tx`insert into written values (${id.toString()})`;
          await tx`select pg_sleep(0.001)`;
        });
        acknowledged.push(id);
      } catch (error) {
        if (!isConnectionFailure(error)) unexpected.push(error);
      }
    }
  };
  const writers = Promise.all(Array.from({ length: 16 }, write));
  // A driver without the repair hangs in about one round of eight.
  for (let round = 0; round < 12; round += 1) {
    await sleep(300);
    await server.kill(0);
  }
  const before = acknowledged.length;
  await sleep(500);
  isOver = true;
  await writers;
  const rows = await sql`select id from written`;
  const written = new Set(rows.map((row) => String(row["id"])));
  expect(unexpected).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(before + 10);
  expect(acknowledged.filter((id) => !written.has(id.toString()))).toEqual([]);
  await close();
  await server.close();
});
