import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, type Pool } from "@/db/client";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { wholeCredits } from "@/lib/credits";
import { aServer, ask, keysOf, type TestCall } from "./testing/client";

/* Somebody holds a row and does not let go of it: a person with psql, a worker that was stopped half-way. */

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
  pool = openDatabase(database.url, { work: "request" });
});
afterAll(async () => {
  await pool.close();
  await database.close();
});

async function aParty() {
  const server = aServer(pool.db);
  const { customerId } = await aCustomer(database.db);
  const { serviceName } = await anSmsAccount(database.db, { customerId, balance: wholeCredits(100) });
  const { serviceName: other } = await anSmsAccount(database.db, { customerId });
  const keys = await keysOf(server, customerId);
  return { serviceName, other, call: (call: TestCall) => ask(server, keys, call) };
}

const CALLS = 12;

test("a locked row stops its customer's writes alone, which are told to come again and then are done once", async () => {
  const [stuck, free] = [await aParty(), await aParty()];
  const account = `/sms/${stuck.serviceName}`;
  const calls = Array.from({ length: CALLS }, (_, index): TestCall => {
    const headers = { "Idempotency-Key": randomUUID() };
    if (index % 3 === 0) {
      const body = { automaticRecreditAmount: 100, creditThresholdForAutomaticRecredit: index };
      return { method: "PUT", path: account, body, headers };
    }
    const body = { credits: 1, smsAccountTarget: stuck.other };
    return { method: "POST", path: `${account}/transferCredits`, body, headers };
  });
  let isWaiting = true;
  const { promise: released, resolve: release } = deferred();
  const { promise: locked, resolve: nowLocked } = deferred();
  const holder = database.owner.sql.begin(async (tx) => {
    await tx`select 1 from ledger_accounts where service_name = ${stuck.serviceName} for update`;
    nowLocked();
    await released;
  });
  await locked;
  const waiting = Promise.all(calls.map((call) => stuck.call(call))).finally(() => (isWaiting = false));
  await sleep(200);

  for (let turn = 0; turn < 5; turn += 1) {
    const body = { credits: 1, smsAccountTarget: free.other };
    const path = `/sms/${free.serviceName}/transferCredits`;
    const answers = [await free.call({ path: "/sms" }), await free.call({ method: "POST", path, body })];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  }
  expect(isWaiting).toBe(true);
  // Its own reads are answered too, behind its writes at the worst.
  expect((await stuck.call({ path: "/sms" })).status).toBeOneOf([200, 503]);

  for (const { status, headers } of await waiting) {
    expect(status).toBe(503);
    expect(headers.get("Retry-After")).toBe("2");
  }
  release();
  await holder;
  for (let round = 0; round < 2; round += 1) {
    for (const call of calls) expect(await stuck.call(call)).toMatchObject({ status: 200 });
  }
  const legs =
    await database.sql`select 1 from entries where service_name = ${stuck.other} and kind = 'transfer_in'`;
  expect(legs).toHaveLength(calls.filter(({ method }) => method === "POST").length);
});

test("every connection says to the server how long it may wait", async () => {
  const settings = await pool.sql`select name, setting::int > 0 as bounded from pg_settings
    where name in ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout') order by name`;
  expect(settings.map((row): unknown => row["bounded"])).toEqual([true, true, true]);
  for (const as of ["owner", "application", "support"] as const) {
    const other = openDatabase(database.url, { as, max: 1 });
    const [row] = await other.sql`select setting::int as ms from pg_settings
      where name = 'idle_in_transaction_session_timeout'`;
    expect(row?.["ms"]).toBeGreaterThan(0);
    await other.close();
  }
});

function deferred() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
