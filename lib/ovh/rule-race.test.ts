import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import { wholeCredits } from "@/lib/credits";
import { saveRule } from "@/lib/recharge/service";
import { aServer, ask, keysOf, type Keys } from "./testing/client";
import type { ApiServer } from "./server";

let database: TestDatabase;
let server: ApiServer;
let keys: Keys;
let key: AccountKey;
let atThePanel: Context;

beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
  server = aServer(database.db);
});
beforeEach(async () => {
  const { customerId } = await aCustomer(database.db);
  const { serviceName } = await anSmsAccount(database.db, { customerId, balance: wholeCredits(40) });
  key = { customerId, serviceName };
  keys = await keysOf(server, customerId);
  atThePanel = { caller: { kind: "customer", customerId, userId: "u" }, db: database.db, now: server.now };
  await saveRule(atThePanel, key, { threshold: "20", quantity: "250" });
});
afterAll(() => database.close());

const put = (body: object, headers: Record<string, string> = {}) =>
  ask(server, keys, { method: "PUT", path: `/sms/${key.serviceName}`, body, headers });

const ruleNow = async () => {
  const [row] =
    await database.sql`select state, threshold_thousandths as threshold, quantity from recharge_rules
    where customer_id = ${key.customerId} and service_name = ${key.serviceName}`;
  return row;
};

async function untilSomebodyWaitsForALock(): Promise<void> {
  for (;;) {
    const waiting = await database.owner.sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if (waiting.length > 0) return;
    await sleep(10);
  }
}

/** Saves a rule at the panel while a call of the API has read the one before and waits to write. */
async function saveBetween<Answer>(input: object, call: () => Promise<Answer>): Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  await database.db.transaction(async (tx) => {
    expect(await saveRule({ ...atThePanel, db: tx }, key, input)).toMatchObject({ ok: true });
    answer = call();
    await untilSomebodyWaitsForALock();
  });
  if (answer === undefined) throw new Error("nothing was called");
  return answer;
}

test("a threshold alone does not turn on a rule that the panel turns off at the same moment", async () => {
  const answer = await saveBetween({ quantity: "off" }, () =>
    put({ creditThresholdForAutomaticRecredit: 50 }),
  );
  expect(answer).toMatchObject({ status: 400, body: { errorCode: "INVALID_ARGUMENT" } });
  expect(await ruleNow()).toEqual({ state: "off", threshold: null, quantity: null });
});

test("a threshold alone keeps the quantity that the panel saves at the same moment", async () => {
  const answer = await saveBetween({ threshold: "20", quantity: "500" }, () =>
    put({ creditThresholdForAutomaticRecredit: 10, description: "Ordini" }),
  );
  expect(answer).toMatchObject({ status: 200 });
  expect(await ruleNow()).toEqual({ state: "on", threshold: 10_000n, quantity: 500 });
});

/** A call whose process dies when its work is done; the customer turns the rule off; the call is repeated. */
test("a repeat of a call under its key does not turn a rule on again", async () => {
  const body = { automaticRecreditAmount: 100, creditThresholdForAutomaticRecredit: 10 };
  const { customerId } = key;
  await database.owner.sql.unsafe(`
    create function die() returns trigger language plpgsql as $$ begin raise exception 'dead'; end $$;
    create trigger die before update on api_answers for each row
      when (new.customer_id = '${customerId}' and new.status is not null) execute function die()`);
  const dying = { ...server, report: () => undefined };
  const path = `/sms/${key.serviceName}`;
  const headers = { "Idempotency-Key": "once" };
  const died = await ask(dying, keys, { method: "PUT", path, body, headers });
  expect(died.status).toBe(500);
  await database.owner.sql.unsafe("drop trigger die on api_answers; drop function die");
  // Unanswered is undone.
  expect(await ruleNow()).toEqual({ state: "on", threshold: 20_000n, quantity: 250 });

  expect(await put(body, headers)).toMatchObject({ status: 200 });
  await saveRule(atThePanel, key, { quantity: "off" });
  expect(await put(body, headers)).toMatchObject({ status: 200 });
  expect(await ruleNow()).toMatchObject({ state: "off" });
});
