import { afterAll, beforeAll, expect, test } from "vitest";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { Caller } from "@/lib/caller";
import { wholeCredits } from "@/lib/credits";
import { transferCredits } from "./service";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function aPair() {
  const { db } = database;
  const { customerId } = await aCustomer(db);
  const balance = wholeCredits(100);
  const { serviceName } = await anSmsAccount(db, { customerId, balance });
  const { serviceName: target } = await anSmsAccount(db, { customerId });
  const contextOf = (caller: Caller) => ({ caller, db, now: () => new Date() });
  const owner = contextOf({ kind: "customer", customerId, userId: "u1" });
  return { from: { customerId, serviceName }, target, owner, contextOf };
}

test("moves credits at once, as two entries of one transfer", async () => {
  const { from, target, owner } = await aPair();
  const input = { credits: "10.125", target, idempotencyKey: "r1" };
  const done = { sourceBalance: "89.875", targetBalance: "10.125", repeated: false };
  expect(await transferCredits(owner, from, input)).toMatchObject({ ok: true, value: done });
  const entries = await database.sql`select service_name, amount::text as amount from entries
    where idempotency_key like 'transfer:r1%' and service_name in (${from.serviceName}, ${target}) order by amount::int8`;
  expect([...entries]).toEqual([
    { service_name: from.serviceName, amount: "-10125" },
    { service_name: target, amount: "10125" },
  ]);
});

test("is not another customer's to make, nor support's", async () => {
  const { from, target, contextOf } = await aPair();
  const input = { credits: "1", target, idempotencyKey: "r1" };
  const { customerId } = await aCustomer(database.db);
  const stranger = contextOf({ kind: "customer", customerId, userId: "u2" });
  expect(await transferCredits(stranger, from, input)).toMatchObject({ failure: { code: "not_found" } });
  const support = contextOf({ kind: "support", userId: "s1", right: "lead" });
  expect(await transferCredits(support, from, input)).toMatchObject({ failure: { code: "not_allowed" } });
});

test("to another customer's account and to none are one answer", async () => {
  const { from, owner } = await aPair();
  const { serviceName: foreign } = await anSmsAccount(database.db);
  const to = (target: string) =>
    transferCredits(owner, from, { credits: "1", target, idempotencyKey: target });
  const [another, none] = [await to(foreign), await to("sms-nobody-1")];
  expect(another).toMatchObject({ ok: false, failure: { code: "not_found" } });
  expect(JSON.stringify(another).replace(foreign, "")).toBe(JSON.stringify(none).replace("sms-nobody-1", ""));
});

test("a repeat moves nothing and answers as the first; the same idempotency key for another transfer is refused", async () => {
  const { from, target, owner } = await aPair();
  const input = { credits: "10", target, idempotencyKey: "once" };
  await transferCredits(owner, from, input);
  expect(await transferCredits(owner, from, input)).toMatchObject({
    value: { repeated: true, sourceBalance: "90", targetBalance: "10" },
  });
  const other = await transferCredits(owner, from, { ...input, credits: "11" });
  expect(other).toMatchObject({ failure: { code: "conflict" } });
});

test.each([
  [{ credits: "100.001" }, "insufficient_credits"],
  [{ credits: "0" }, "invalid_input"],
  [{ credits: "-1" }, "invalid_input"],
  [{ credits: "0.0001" }, "invalid_input"],
  [{ credits: "1,5" }, "invalid_input"],
  [{ credits: 5 }, "invalid_input"],
  [null, "invalid_input"],
])("%j is refused with %s, and all that is left may go", async (wrong, code) => {
  const { from, target, owner } = await aPair();
  const input = wrong === null ? null : { target, idempotencyKey: "r", ...wrong };
  expect(await transferCredits(owner, from, input)).toMatchObject({ ok: false, failure: { code } });
  const all = { credits: "100", target, idempotencyKey: "all" };
  expect(await transferCredits(owner, from, all)).toMatchObject({ value: { sourceBalance: "0" } });
});

test("to itself is refused at the field of the target", async () => {
  const { from, owner } = await aPair();
  const input = { credits: "1", target: from.serviceName, idempotencyKey: "r" };
  expect(await transferCredits(owner, from, input)).toMatchObject({
    failure: { code: "invalid_input", fields: { target: { problem: "transfer_to_itself" } } },
  });
});
