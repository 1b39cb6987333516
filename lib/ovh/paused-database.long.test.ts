import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, type Pool } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { aCustomer, anSmsAccount } from "@/db/testing";
import { type DoomedServer, startDoomedServer } from "@/db/testing-outage";
import { wholeCredits } from "@/lib/credits";
import { readiness } from "@/lib/health/metrics-service";
import { aServer, ask, keysOf, type TestCall } from "./testing/client";

let doomed: DoomedServer;
let pool: Pool;
let health: Pool;
beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  doomed = await startDoomedServer();
  await migrateDatabase(doomed.url);
  pool = openDatabase(doomed.url, { work: "request" });
  health = openDatabase(doomed.url, { work: "request", max: 1 });
});
afterAll(async () => {
  await Promise.all([pool.close(), health.close()]);
  await doomed.close();
});

test("while the database is paused a call is told within five seconds to come again, and readiness within one", async () => {
  const owner = openDatabase(doomed.url, { as: "owner", max: 1 });
  await owner.sql`insert into price_lists values ('it', 'EUR', 2200, 'test')`;
  await owner.close();
  const server = aServer(pool.db);
  const { customerId } = await aCustomer(pool.db);
  const { serviceName } = await anSmsAccount(pool.db, { customerId, balance: wholeCredits(100) });
  const { serviceName: target } = await anSmsAccount(pool.db, { customerId });
  const keys = await keysOf(server, customerId);
  const transfer: TestCall = {
    method: "POST",
    path: `/sms/${serviceName}/transferCredits`,
    body: { credits: 1, smsAccountTarget: target },
    headers: { "Idempotency-Key": "once" },
  };
  expect((await ask(server, keys, { path: "/sms" })).status).toBe(200);
  expect((await readiness({ db: health.db, now: () => new Date() })).isReady).toBe(true);

  const resume = doomed.pause();
  const timed = async (call: () => Promise<unknown>) => {
    const began = performance.now();
    return { answer: await call(), ms: performance.now() - began };
  };
  try {
    const ready = await timed(() => readiness({ db: health.db, now: () => new Date() }));
    expect(ready.answer).toMatchObject({ isReady: false, readiness: { database: "unreachable" } });
    expect(ready.ms).toBeLessThan(1000);
    const calls = [transfer, { path: "/sms" }, { path: `/sms/${serviceName}` }, { path: "/sms/rates/packs" }];
    for (const { answer, ms } of await Promise.all(
      [...calls, ...calls, ...calls].map((call) => timed(() => ask(server, keys, call))),
    )) {
      expect(answer).toMatchObject({ status: 503 });
      expect(ms).toBeLessThan(5000);
    }
  } finally {
    resume();
  }
  for (let turn = 0; turn < 2; turn += 1) expect((await ask(server, keys, transfer)).status).toBe(200);
  const entries = await pool.sql`select 1 from entries where kind = 'transfer_in'`;
  expect(entries).toHaveLength(1);
});
