import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import type { PayEngine, PayStep } from "@/lib/orders/pay-engine";
import { payOrder, takeDueOrders } from "@/lib/orders/pay-service";
import { claimCrossing, listUnanswered } from "./claim-service";
import { makeRuledFixture, DECLINE } from "./decline.testing";
import { type Fixture, MINUTE_MS, outcomeOf, runUntilIdle, spend } from "./recharge.testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** A worker that stands still at a step, as a process does whose machine has other things to do, until it is let go. */
function aPausingEngine(fixture: Fixture, at: PayStep) {
  let arrive: () => void;
  let letGo: () => void;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const mayGo = new Promise<void>((resolve) => (letGo = resolve));
  const onStep: PayEngine["onStep"] = async (step) => {
    if (step !== at) return;
    arrive();
    await mayGo;
  };
  return { engine: { ...fixture.engine, onStep }, arrived, letGo: () => letGo() };
}

async function claim(fixture: Fixture, engine: PayEngine) {
  const [open] = await listUnanswered(fixture.system, 1, fixture.key.customerId);
  const held = open === undefined ? null : await claimCrossing(fixture.system, engine, open);
  if (held === null) throw new Error("there was nothing to claim");
  return held;
}

test.each(["paying", "asked", "paid"] as const)(
  "a worker that was paused at %s, and comes back when another has paid, changes nothing",
  async (step) => {
    const fixture = await makeRuledFixture(database);
    await spend(fixture, "10");
    const paused = aPausingEngine(fixture, step);
    const working = payOrder(fixture.system, paused.engine, await claim(fixture, paused.engine));
    await paused.arrived;
    fixture.clock.advance(paused.engine.leaseMs);
    await runUntilIdle(fixture);
    const before = await outcomeOf(fixture);
    expect(before).toMatchObject({ recharges: [{ state: "credited" }], paid: 1, balance: 120_000n });
    paused.letGo();
    await working;
    expect(await outcomeOf(fixture)).toEqual(before);
  },
);

test("a worker that was paused with a decline in its hands does not end the payment that another has begun since", async () => {
  const fixture = await makeRuledFixture(database, DECLINE);
  await spend(fixture, "10");
  const first = aPausingEngine(fixture, "asked");
  const firstWorks = payOrder(fixture.system, first.engine, await claim(fixture, first.engine));
  await first.arrived;
  fixture.clock.advance(first.engine.leaseMs);
  await runUntilIdle(fixture);
  expect(await outcomeOf(fixture)).toMatchObject({ recharges: [{ state: "waiting", attempts: 1 }] });

  fixture.clock.advance(MINUTE_MS);
  const second = aPausingEngine(fixture, "asked");
  const [held] = await takeDueOrders(fixture.system, second.engine, 1, fixture.key.customerId);
  if (held === undefined) throw new Error("nothing was due");
  const secondWorks = payOrder(fixture.system, second.engine, held);
  await second.arrived;

  // The order is being paid, as when the first worker left it; only the lease says that it is not its own any more.
  first.letGo();
  await firstWorks;
  second.letGo();
  await secondWorks;
  const outcome = await outcomeOf(fixture);
  expect(outcome.decisions.slice(1)).toEqual(["claimed", "paying", "waiting", "paying", "paid", "credited"]);
  expect(outcome).toMatchObject({
    recharges: [{ state: "credited", attempts: 2 }],
    rule: { declines: 0 },
    paid: 1,
  });
});
