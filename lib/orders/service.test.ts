import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { Caller } from "@/lib/caller";
import type { Context } from "@/lib/context";
import type { Result } from "@/lib/failure";
import { awaitOrder, buyCredits, getOrder, getPrices, listOrders, quote } from "./service";
import { cancelOrder } from "./store";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

async function aBuyer(priceList = "it") {
  const { customerId } = await aCustomer(database.db, { priceList });
  const { serviceName } = await anSmsAccount(database.db, { customerId });
  const as = (caller: Caller): Context => ({ caller, db: database.db, now: () => new Date() });
  return {
    key: { customerId, serviceName },
    context: as({ kind: "customer", customerId, userId: "tester" }),
    support: as({ kind: "support", userId: "helper", right: "support" }),
  };
}

const input = { quantity: 100, idempotencyKey: "one" };

describe("who may buy", () => {
  test("the customer, at the prices of his country", async () => {
    const { key, context } = await aBuyer("fr");
    expect(valueOf(await buyCredits(context, key, input))).toMatchObject({
      kind: "purchase",
      state: "open",
      quantity: 100,
      unitPriceMicros: "60000",
      netCents: "600",
      serviceName: key.serviceName,
      attempts: 0,
    });
  });

  test("not another customer, for whom the account does not exist", async () => {
    const { key, context } = await aBuyer();
    const stranger = await aBuyer();
    const notFound = { ok: false, failure: { code: "not_found" } };
    const order = valueOf(await buyCredits(context, key, input));
    expect(await buyCredits(stranger.context, key, input)).toEqual(notFound);
    expect(await quote(stranger.context, key, 100)).toEqual(notFound);
    expect(await getPrices(stranger.context, key)).toEqual(notFound);
    expect(await listOrders(stranger.context, key)).toEqual(notFound);
    expect(await getOrder(stranger.context, key.customerId, order.orderId)).toEqual(notFound);
    expect(await getOrder(stranger.context, stranger.key.customerId, order.orderId)).toEqual(notFound);
    const own = { customerId: stranger.key.customerId, serviceName: key.serviceName };
    expect(await buyCredits(stranger.context, own, input)).toEqual(notFound);
  });

  test("not support, who may look", async () => {
    const { key, support } = await aBuyer();
    expect(await buyCredits(support, key, input)).toEqual({ ok: false, failure: { code: "not_allowed" } });
    expect((await quote(support, key, 100)).ok).toBe(true);
  });
});

test.each([
  [{ quantity: 99, idempotencyKey: "k" }, "quantity", "quantity_out_of_range"],
  [{ quantity: 1_000_001, idempotencyKey: "k" }, "quantity", "quantity_out_of_range"],
  [{ quantity: "1e3", idempotencyKey: "k" }, "quantity", "quantity_out_of_range"],
  [{ idempotencyKey: "k" }, "quantity", "quantity_out_of_range"],
  [{ quantity: 100 }, "idempotencyKey", "idempotency_key_form"],
  [{ quantity: 100, idempotencyKey: "" }, "idempotencyKey", "idempotency_key_form"],
  [{ quantity: 100, idempotencyKey: "with space" }, "idempotencyKey", "idempotency_key_form"],
  [null, "idempotencyKey", "idempotency_key_form"],
])("%j is refused at %s", async (wrong, field, problem) => {
  const { key, context } = await aBuyer();
  expect(await buyCredits(context, key, wrong)).toMatchObject({
    failure: { code: "invalid_input", fields: { [field]: { problem } } },
  });
  expect(valueOf(await listOrders(context, key)).orders).toEqual([]);
});

test("one key is one order; with other content, or for another account, it is a conflict", async () => {
  const { key, context } = await aBuyer();
  const first = valueOf(await buyCredits(context, key, input));
  expect(valueOf(await buyCredits(context, key, { ...input, quantity: "100" }))).toEqual(first);
  const conflict = { ok: false, failure: { code: "conflict" } };
  expect(await buyCredits(context, key, { ...input, quantity: 200 })).toEqual(conflict);
  const { serviceName } = await anSmsAccount(database.db, { customerId: key.customerId });
  expect(await buyCredits(context, { ...key, serviceName }, input)).toEqual(conflict);
  expect(valueOf(await listOrders(context, key)).orders).toEqual([first]);
  // Another customer's keys are his own.
  const other = await aBuyer();
  expect((await buyCredits(other.context, other.key, { ...input, quantity: 200 })).ok).toBe(true);
});

test("nobody pays another price than the one he agreed to; a repeat keeps the price of its order", async () => {
  const { key, context } = await aBuyer();
  const agreed = { ...input, agreedTotal: "512" };
  for (const agreedTotal of ["511", "513", "", "5.12"]) {
    expect(await buyCredits(context, key, { ...input, agreedTotal })).toEqual({
      ok: false,
      failure: { code: "invalid_input", fields: { agreedTotal: { problem: "price_changed" } } },
    });
  }
  expect(valueOf(await listOrders(context, key)).orders).toEqual([]);
  const order = valueOf(await buyCredits(context, key, agreed));
  expect(order.totalCents).toBe("512");
  expect(valueOf(await buyCredits(context, key, { ...input, agreedTotal: "511" }))).toEqual(order);
  expect(await buyCredits(context, key, { ...agreed, quantity: 200 })).toEqual({
    ok: false,
    failure: { code: "conflict" },
  });
});

test("a purchase cannot take the key of a recharge", async () => {
  const { key, context } = await aBuyer();
  valueOf(await buyCredits(context, key, { ...input, idempotencyKey: "recharge:1" }));
  const [order] =
    await database.sql`select idempotency_key from orders where customer_id = ${key.customerId}`;
  expect(order?.["idempotency_key"]).toBe("purchase:recharge:1");
});

/** What happens to an order; everything else about it is as it was agreed. */
const MAY_CHANGE = [
  "state",
  "attempts",
  "decline_code",
  "due_at",
  "lease",
  "leased_until",
  "paid_at",
  "credited_at",
];

test("the figures of an order are frozen by the database, each of them", async () => {
  const { key, context } = await aBuyer();
  valueOf(await buyCredits(context, key, input));
  const { customerId } = key;
  const { sql } = database.owner;
  const columns = await sql<{ name: string; type: string }[]>`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = 'public' and table_name = 'orders'`;
  // A number that the database gives out cannot be written by anybody.
  const frozen = columns.filter(({ name }) => name !== "order_id" && !MAY_CHANGE.includes(name));
  expect(frozen.map(({ name }) => name)).toEqual(expect.arrayContaining(["total_cents", "quantity"]));
  for (const { name, type } of frozen) {
    const other = {
      text: sql`coalesce(${sql(name)}, '') || 'x'`,
      "timestamp with time zone": sql`coalesce(${sql(name)}, now()) + interval '1 day'`,
    }[type];
    const changed = sql`update orders set ${sql(name)} = ${other ?? sql`coalesce(${sql(name)}, 0) + 1`}
      where customer_id = ${customerId}`;
    await expect(changed, name).rejects.toThrow("the figures of an order do not change");
  }
  await expect(sql`delete from orders where customer_id = ${customerId}`).rejects.toThrow("append-only");
});

test.each([
  ["by a hint, long before the next look", true, 600_000],
  ["by the next look, where hints do not come through", false, 50],
])("waiting for an order hears of its end %s", async (_, isTold, lookEveryMs) => {
  const { key, context } = await aBuyer();
  const { orderId } = valueOf(await buyCredits(context, key, input));
  const waiting = awaitOrder(context, key.customerId, orderId, 600_000, lookEveryMs);
  await sleep(300);
  if (isTold) await cancelOrder(context.db, key.customerId, BigInt(orderId));
  else {
    await database.owner
      .sql`update orders set state = 'cancelled', due_at = null, lease = null, leased_until = null
        where customer_id = ${key.customerId}`;
  }
  expect(valueOf(await waiting)).toMatchObject({ state: "cancelled" });
});

test("waiting for an order ends when the time is up", async () => {
  const { key, context } = await aBuyer();
  const { orderId } = valueOf(await buyCredits(context, key, input));
  expect(valueOf(await awaitOrder(context, key.customerId, orderId, 100))).toMatchObject({ state: "open" });
});

test("orders are listed newest first, a page at a time", async () => {
  const { key, context } = await aBuyer();
  const made = [];
  for (const idempotencyKey of ["a", "b", "c"]) {
    made.unshift(valueOf(await buyCredits(context, key, { ...input, idempotencyKey })));
  }
  const first = valueOf(await listOrders(context, key, { limit: 2 }));
  expect(first).toEqual({ orders: made.slice(0, 2), next: made[1]?.orderId });
  const before = first.next ?? "";
  expect(valueOf(await listOrders(context, key, { before, limit: 2 }))).toEqual({
    orders: made.slice(2),
    next: null,
  });
});
