import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { buyCredits, awaitOrder } from "@/lib/orders/service";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { valueOf } from "@/lib/failure";
import { makeFixture, type Fixture, outcomeOf, rule, spend, until, withWorkers } from "./recharge.testing";
import { runWorker } from "./worker";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ max: 16 });
});
afterAll(() => database.close());

const realClock = () => new Date();

const makeLiveFixture = async (balance: string): Promise<Fixture> => {
  const fixture = await makeFixture(database, { balance, clock: realClock });
  await rule(fixture, "20", "100");
  return fixture;
};

const rested = (fixture: Fixture) => async () => {
  const { recharges, crossings } = await outcomeOf(fixture);
  return (
    crossings.length > 0 &&
    crossings.every((crossing) => crossing.closed) &&
    recharges.every((recharge) => recharge.state === "credited")
  );
};

test("a crossing wakes a worker: the credits arrive though it would not have looked by itself for minutes", async () => {
  const fixtures = await Promise.all(Array.from({ length: 9 }, () => makeLiveFixture("21")));
  const took: number[] = [];
  const during = async () => {
    await sleep(300);
    for (const fixture of fixtures) {
      valueOf(await spend(fixture, "1"));
      const crossed = performance.now();
      await until(async () => {
        const [row] = await database.sql`select balance from ledger_accounts
          where customer_id = ${fixture.key.customerId} and service_name = ${fixture.key.serviceName}`;
        return row?.["balance"] === 120_000n;
      });
      took.push(performance.now() - crossed);
    }
  };
  await withWorkers(database, 1, during, { pollMs: 600_000 });
  // How long it takes is a figure to read, not one to pass: a test machine is not idle.
  process.stdout.write(`crossing to credits: ${took.map((ms) => ms.toFixed(0)).join(" ")} ms\n`);
});

test("32 purchases at once under one key make one order, one payment, one credit", async () => {
  const fixture = await makeFixture(database, { balance: "0", clock: realClock });
  const input = { quantity: "200", idempotencyKey: "one-intention" };
  await withWorkers(database, 2, async () => {
    const bought = await Promise.all(
      Array.from({ length: 32 }, () => buyCredits(fixture.customer, fixture.key, input)),
    );
    const ids = new Set(bought.map((one) => valueOf(one).orderId));
    expect(ids.size).toBe(1);
    const [orderId = ""] = ids;
    const order = valueOf(await awaitOrder(fixture.customer, fixture.key.customerId, orderId, 15_000));
    expect(order).toMatchObject({ state: "credited", netCents: "832", totalCents: "1015" });
  });
  expect(await outcomeOf(fixture)).toMatchObject({
    orders: [{ kind: "purchase", quantity: 200 }],
    paid: 1,
    balance: 200_000n,
    credited: [{ kind: "purchase", amount: 200_000n }],
  });
  // Repeats answer as the first time, also when everything is done; other content under the key does not.
  expect((await buyCredits(fixture.customer, fixture.key, input)).ok).toBe(true);
  expect(await buyCredits(fixture.customer, fixture.key, { ...input, quantity: 100 })).toEqual({
    ok: false,
    failure: { code: "conflict" },
  });
});

test("a worker that stops lets go of what it holds, and another goes on at once", async () => {
  const fixture = await makeLiveFixture("21");
  const stop = new AbortController();
  const pool = openDatabase(database.url);
  const first = runWorker({
    pool,
    signal: stop.signal,
    report: () => undefined,
    onStep: (step) => {
      if (step === "paid") stop.abort();
    },
  });
  valueOf(await spend(fixture, "1"));
  await first;
  await pool.close();
  expect((await outcomeOf(fixture)).recharges).toMatchObject([{ state: "paid" }]);
  await withWorkers(database, 1, () => until(rested(fixture), 3000));
  expect(await outcomeOf(fixture)).toMatchObject({ paid: 1, balance: 120_000n });
});

test("a gateway that takes longer than a worker waits is asked, and not paid twice", async () => {
  const fixture = await makeLiveFixture("21");
  await instructSandbox(database.db, fixture.token, ["delay:900"]);
  const options = { gatewayTimeoutMs: 200, leaseMs: 1000 };
  await withWorkers(
    database,
    2,
    async () => {
      valueOf(await spend(fixture, "1"));
      await until(rested(fixture));
      await sleep(1000);
    },
    options,
  );
  const outcome = await outcomeOf(fixture);
  expect(outcome.charges).toHaveLength(1);
  expect(outcome).toMatchObject({ paid: 1, balance: 120_000n, recharges: [{ attempts: 1 }] });
});

test("an account that the ledger overlooked is found by the sweep", async () => {
  const fixture = await makeFixture(database, { balance: "5", clock: realClock });
  await rule(fixture, "1", "100");
  // What no code does: a threshold that is reached without a crossing.
  const { customerId, serviceName } = fixture.key;
  await database.owner
    .sql`update recharge_rules set threshold_thousandths = 20000 where customer_id = ${customerId}`;
  await database.owner.sql`update ledger_accounts set threshold = 20000, version = version + 1
    where customer_id = ${customerId} and service_name = ${serviceName}`;
  await withWorkers(database, 1, () => until(rested(fixture)), { sweepMs: 100, pollMs: 100 });
  expect(await outcomeOf(fixture)).toMatchObject({ paid: 1, balance: 105_000n });
});
