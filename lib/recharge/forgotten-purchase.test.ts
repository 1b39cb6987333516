import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { buyCredits, getOrder } from "@/lib/orders/service";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { valueOf } from "@/lib/failure";
import { makeFixture, type Fixture, MINUTE_MS, outcomeOf, runUntilIdle } from "./recharge.testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const DAY_MS = 24 * 60 * MINUTE_MS;

/** A customer who has just bought by hand, while no worker runs. */
async function aBuyer(): Promise<Fixture & { orderId: string }> {
  const fixture = await makeFixture(database);
  const input = { quantity: 100, idempotencyKey: "by-hand" };
  const { orderId } = valueOf(await buyCredits(fixture.customer, fixture.key, input));
  return { ...fixture, orderId };
}

test("a purchase that no worker has begun within a day is cancelled, and nobody is asked for money", async () => {
  const buyer = await aBuyer();
  buyer.clock.advance(DAY_MS + 1);
  await runUntilIdle(buyer);
  expect(await outcomeOf(buyer)).toMatchObject({
    orders: [{ state: "cancelled", kind: "purchase" }],
    charges: [],
    credited: [],
  });
  const order = await getOrder(buyer.customer, buyer.key.customerId, buyer.orderId);
  expect(order).toMatchObject({ value: { state: "cancelled", attempts: 0 } });
});

test("a purchase that is begun within a day is paid", async () => {
  const buyer = await aBuyer();
  buyer.clock.advance(DAY_MS);
  await runUntilIdle(buyer);
  expect(await outcomeOf(buyer)).toMatchObject({ orders: [{ state: "credited" }], paid: 1 });
});

test("a purchase whose payment was begun is asked after, however old it is, and credited once", async () => {
  const buyer = await aBuyer();
  await instructSandbox(database.db, buyer.token, ["time_out_after"]);
  await runUntilIdle(buyer);
  expect(await outcomeOf(buyer)).toMatchObject({ orders: [{ state: "unknown" }], credited: [] });
  buyer.clock.advance(3 * DAY_MS);
  await runUntilIdle(buyer);
  expect(await outcomeOf(buyer)).toMatchObject({
    orders: [{ state: "credited" }],
    paid: 1,
    credited: [{ kind: "purchase", amount: 100_000n }],
  });
});
