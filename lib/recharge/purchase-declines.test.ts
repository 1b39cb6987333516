import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { buyCredits } from "@/lib/orders/service";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { writePaymentMethod } from "@/lib/payments/store";
import { aBench, type Bench, MINUTE_MS, outcomeOf, rule, settle, valueOf } from "./recharge.testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const DECLINES = Array.from({ length: 40 }, () => "decline:insufficient_funds");
const REFUSED = { ok: false, failure: { code: "payment_declined", declineCode: "too_many_declines" } };

const buy = (bench: Bench, idempotencyKey: string) =>
  buyCredits(bench.customer, bench.key, { quantity: 100, idempotencyKey });

async function buyAndSettle(bench: Bench, ...names: string[]) {
  for (const name of names) {
    valueOf(await buy(bench, name));
    await settle(bench);
    bench.clock.advance(MINUTE_MS);
  }
}

async function aDecliningBench(): Promise<Bench> {
  const bench = await aBench(database);
  await instructSandbox(database.db, bench.token, DECLINES);
  return bench;
}

const chargesOf = async (bench: Bench) => (await outcomeOf(bench)).charges.length;

test("after four declines in a row a card rests for an hour, and earlier orders still answer", async () => {
  const bench = await aDecliningBench();
  await buyAndSettle(bench, "1", "2", "3", "4");
  expect(await buy(bench, "5")).toEqual(REFUSED);
  expect(valueOf(await buy(bench, "4"))).toMatchObject({ state: "declined" });
  bench.clock.advance(59 * MINUTE_MS - 1);
  expect(await buy(bench, "5")).toEqual(REFUSED);
  bench.clock.advance(1);
  await buyAndSettle(bench, "5");
  expect(await chargesOf(bench)).toBe(5);
});

test("orders that were made before the declines are not asked for either", async () => {
  const bench = await aDecliningBench();
  for (let order = 0; order < 30; order += 1) valueOf(await buy(bench, order.toString()));
  await settle(bench);
  expect(await chargesOf(bench)).toBe(4);
  const { orders } = await outcomeOf(bench);
  expect(orders.every(({ state }) => state === "declined")).toBe(true);
  expect(valueOf(await buy(bench, "29"))).toMatchObject({ declineCode: "too_many_declines", attempts: 0 });
});

test("another card is asked; the one before rests on when it is chosen again", async () => {
  const bench = await aDecliningBench();
  const { customerId } = bench.key;
  const choose = (token: string) =>
    writePaymentMethod(database.db, customerId, { token, label: "Visa", changedAt: bench.clock.now() });
  await buyAndSettle(bench, "1", "2", "3", "4");
  await choose(`sandbox_mastercard:${customerId}`);
  await buyAndSettle(bench, "5");
  expect((await outcomeOf(bench)).paid).toBe(1);
  await choose(bench.token);
  expect(await buy(bench, "6")).toEqual(REFUSED);
});

test("a payment that succeeds ends the row", async () => {
  const bench = await aBench(database);
  await instructSandbox(database.db, bench.token, [
    ...DECLINES.slice(0, 3),
    "approve",
    ...DECLINES.slice(0, 3),
  ]);
  await buyAndSettle(bench, "1", "2", "3", "4", "5", "6", "7");
  expect((await buy(bench, "8")).ok).toBe(true);
});

test("declines of a rule are its own: a purchase by hand may still show that the card works again", async () => {
  const bench = await aBench(database, { balance: "10" });
  await instructSandbox(database.db, bench.token, DECLINES.slice(0, 4));
  await rule(bench, "20", "100");
  for (const minutes of [1, 2, 4, 1]) {
    await settle(bench);
    bench.clock.advance(minutes * MINUTE_MS);
  }
  expect((await outcomeOf(bench)).rule).toMatchObject({ state: "suspended" });
  await buyAndSettle(bench, "by-hand");
  expect(await outcomeOf(bench)).toMatchObject({ paid: 1, rule: { state: "on" } });
});
