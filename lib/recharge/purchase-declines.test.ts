import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { buyCredits } from "@/lib/orders/service";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { writePaymentMethod } from "@/lib/payments/store";
import { valueOf } from "@/lib/failure";
import { makeFixture, type Fixture, MINUTE_MS, outcomeOf, rule, runUntilIdle } from "./recharge.testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const DECLINES = Array.from({ length: 40 }, () => "decline:insufficient_funds");
const REFUSED = { ok: false, failure: { code: "payment_declined", declineCode: "too_many_declines" } };

const buy = (fixture: Fixture, idempotencyKey: string) =>
  buyCredits(fixture.customer, fixture.key, { quantity: 100, idempotencyKey });

async function buyAndRun(fixture: Fixture, ...names: string[]) {
  for (const name of names) {
    valueOf(await buy(fixture, name));
    await runUntilIdle(fixture);
    fixture.clock.advance(MINUTE_MS);
  }
}

async function makeDecliningFixture(): Promise<Fixture> {
  const fixture = await makeFixture(database);
  await instructSandbox(database.db, fixture.token, DECLINES);
  return fixture;
}

const chargesOf = async (fixture: Fixture) => (await outcomeOf(fixture)).charges.length;

test("after four declines in a row a card rests for an hour, and earlier orders still answer", async () => {
  const fixture = await makeDecliningFixture();
  await buyAndRun(fixture, "1", "2", "3", "4");
  expect(await buy(fixture, "5")).toEqual(REFUSED);
  expect(valueOf(await buy(fixture, "4"))).toMatchObject({ state: "declined" });
  fixture.clock.advance(59 * MINUTE_MS - 1);
  expect(await buy(fixture, "5")).toEqual(REFUSED);
  fixture.clock.advance(1);
  await buyAndRun(fixture, "5");
  expect(await chargesOf(fixture)).toBe(5);
});

test("orders that were made before the declines are not asked for either", async () => {
  const fixture = await makeDecliningFixture();
  for (let order = 0; order < 30; order += 1) valueOf(await buy(fixture, order.toString()));
  await runUntilIdle(fixture);
  expect(await chargesOf(fixture)).toBe(4);
  const { orders } = await outcomeOf(fixture);
  expect(orders.every(({ state }) => state === "declined")).toBe(true);
  expect(valueOf(await buy(fixture, "29"))).toMatchObject({ declineCode: "too_many_declines", attempts: 0 });
});

test("another card is asked; the one before rests on when it is chosen again", async () => {
  const fixture = await makeDecliningFixture();
  const { customerId } = fixture.key;
  const choose = (token: string) =>
    writePaymentMethod(database.db, customerId, { token, label: "Visa", changedAt: fixture.clock.now() });
  await buyAndRun(fixture, "1", "2", "3", "4");
  await choose(`sandbox_mastercard:${customerId}`);
  await buyAndRun(fixture, "5");
  expect((await outcomeOf(fixture)).paid).toBe(1);
  await choose(fixture.token);
  expect(await buy(fixture, "6")).toEqual(REFUSED);
});

test("a payment that succeeds ends the row", async () => {
  const fixture = await makeFixture(database);
  await instructSandbox(database.db, fixture.token, [
    ...DECLINES.slice(0, 3),
    "approve",
    ...DECLINES.slice(0, 3),
  ]);
  await buyAndRun(fixture, "1", "2", "3", "4", "5", "6", "7");
  expect((await buy(fixture, "8")).ok).toBe(true);
});

test("declines of a rule are its own: a purchase by hand may still show that the card works again", async () => {
  const fixture = await makeFixture(database, { balance: "10" });
  await instructSandbox(database.db, fixture.token, DECLINES.slice(0, 4));
  await rule(fixture, "20", "100");
  for (const minutes of [1, 2, 4, 1]) {
    await runUntilIdle(fixture);
    fixture.clock.advance(minutes * MINUTE_MS);
  }
  expect((await outcomeOf(fixture)).rule).toMatchObject({ state: "suspended" });
  await buyAndRun(fixture, "by-hand");
  expect(await outcomeOf(fixture)).toMatchObject({ paid: 1, rule: { state: "on" } });
});
