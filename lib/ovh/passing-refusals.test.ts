import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { wholeCredits } from "@/lib/credits";
import { aServer, ask, keysOf } from "./testing/client";

let database: TestDatabase;
beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
});
afterAll(() => database.close());

const isToComeAgain = ({ status, headers }: { status: number; headers: Headers }) => {
  expect([status, headers.get("Retry-After")]).toEqual([503, "2"]);
};

test.each([
  ["a full disk", "53100"],
  ["no memory", "53200"],
  ["a cancelled statement", "57014"],
  ["a lock that did not come", "55P03"],
  ["a deadlock", "40P01"],
])("%s is an answer that says to come again", async (_, state) => {
  const server = aServer(database.db);
  const { customerId } = await aCustomer(database.db);
  const { serviceName } = await anSmsAccount(database.db, { customerId, balance: wholeCredits(10) });
  const { serviceName: target } = await anSmsAccount(database.db, { customerId });
  const keys = await keysOf(server, customerId);
  const body = { credits: 1, smsAccountTarget: target };
  const transfer = () =>
    ask(server, keys, { method: "POST", path: `/sms/${serviceName}/transferCredits`, body });
  await database.owner.sql.unsafe(`
    create or replace function fail_now() returns trigger language plpgsql as $$
      begin raise exception 'for a while' using errcode = '${state}'; end $$;
    create or replace trigger fails_for_a_while before insert on entries execute function fail_now()`);
  isToComeAgain(await transfer());
  await database.owner.sql`drop trigger fails_for_a_while on entries`;
  expect((await transfer()).status).toBe(200);
});

test("too many connections is an answer that says to come again", async () => {
  const name = new URL(database.url).pathname.slice(1);
  await database.owner.sql.unsafe(`alter database ${name} connection limit 0`);
  const pool = openDatabase(database.url, { work: "request" });
  try {
    isToComeAgain(await ask(aServer(pool.db), null, { path: "/sms/rates/packs" }));
    await database.owner.sql.unsafe(`alter database ${name} connection limit -1`);
    expect((await ask(aServer(pool.db), null, { path: "/auth/time" })).status).toBe(200);
  } finally {
    await pool.close();
  }
});
