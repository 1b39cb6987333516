import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openDatabase } from "./client";
import { isConnectionFailure } from "./errors";
import { installedPostgres, patchPostgres } from "./patch-postgres";
import { startDoomedServer } from "./testing-outage";

test("the repair of the driver is made once, and refuses a driver that it does not know", () => {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-driver-"));
  fs.cpSync(installedPostgres(), copy, { recursive: true });
  const file = path.join(copy, "src", "connection.js");
  const mended = fs.readFileSync(file, "utf8");
  patchPostgres(copy);
  expect(fs.readFileSync(file, "utf8")).toBe(mended);
  fs.writeFileSync(file, "export default {}");
  expect(() => patchPostgres(copy)).toThrow("is not what the repair expects");
  fs.rmSync(copy, { recursive: true });
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
  for (let round = 0; round < 3; round += 1) {
    await sleep(400);
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
