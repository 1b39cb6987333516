import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { payOrder, takeDueOrders } from "@/lib/orders/pay-service";
import { buyCredits } from "@/lib/orders/service";
import { loadPriceLists } from "@/lib/rates/load";
import { forgetRates } from "@/lib/rates/service";
import { valueOf } from "@/lib/failure";
import { claimCrossing, listUnanswered } from "./claim-service";
import { choosePaymentMethod } from "./method-service";
import {
  makeFixture,
  type Fixture,
  MINUTE_MS,
  outcomeOf,
  rule,
  runUntilIdle,
  spend,
} from "./recharge.testing";

/* What is asked again at the moment a payment begins: the card, the size, the price. */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const DECLINE = "decline:insufficient_funds";
const tell = (fixture: Fixture, ...behaviours: string[]) =>
  instructSandbox(database.db, fixture.token, behaviours);

async function untilSomebodyWaitsForALock(): Promise<void> {
  for (;;) {
    const waiting = await database.owner.sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if (waiting.length > 0) return;
    await sleep(10);
  }
}

/** Has a worker come to a due order while another card is being chosen. */
async function replaceCardUnder(fixture: Fixture): Promise<void> {
  const { system, engine, customer, key } = fixture;
  const [held] = await takeDueOrders(system, engine, 1);
  if (held === undefined) throw new Error("nothing is due");
  let paying: Promise<void> | undefined;
  await database.db.transaction(async (tx) => {
    const choice = { token: "sandbox_mastercard" };
    valueOf(await choosePaymentMethod({ ...customer, db: tx }, key.customerId, choice));
    paying = payOrder(system, engine, held);
    await untilSomebodyWaitsForALock();
  });
  await paying;
}

describe("a card that is replaced at the moment a payment begins is not charged any more", () => {
  test("by a rule", async () => {
    const fixture = await makeFixture(database, { balance: "30" });
    await rule(fixture, "20", "100");
    await tell(fixture, DECLINE);
    await spend(fixture, "10");
    await runUntilIdle(fixture);
    fixture.clock.advance(MINUTE_MS);
    await replaceCardUnder(fixture);
    expect((await outcomeOf(fixture)).charges).toMatchObject([
      { token: fixture.token, outcome: "declined" },
      { token: "sandbox_mastercard", outcome: "paid" },
    ]);
  });

  test("by hand", async () => {
    const fixture = await makeFixture(database);
    valueOf(await buyCredits(fixture.customer, fixture.key, { quantity: 100, idempotencyKey: "by-hand" }));
    await replaceCardUnder(fixture);
    expect((await outcomeOf(fixture)).charges).toMatchObject([{ token: "sandbox_mastercard" }]);
  });
});

describe("a recharge that waits is ordered again when another size is needed", () => {
  test("one order of the right size is paid, and its declines still count", async () => {
    const fixture = await makeFixture(database, { balance: "100" });
    await tell(fixture, DECLINE, DECLINE, DECLINE);
    await rule(fixture, "100", "100");
    await runUntilIdle(fixture);
    await spend(fixture, "100");
    for (const minutes of [1, 2, 4]) {
      fixture.clock.advance(minutes * MINUTE_MS - 1);
      const before = (await outcomeOf(fixture)).charges.length;
      await runUntilIdle(fixture);
      expect((await outcomeOf(fixture)).charges).toHaveLength(before);
      fixture.clock.advance(1);
      await runUntilIdle(fixture);
    }
    const outcome = await outcomeOf(fixture);
    expect(outcome.charges.map((charge) => charge.outcome)).toEqual([
      "declined",
      "declined",
      "declined",
      "paid",
    ]);
    expect(outcome).toMatchObject({
      recharges: [
        { state: "refused", refusal_reason: "resized", credits: 100 },
        { state: "credited", credits: 200 },
      ],
      orders: [{ state: "cancelled" }, { state: "credited", quantity: 200 }],
      credited: [{ kind: "recharge", amount: 200_000n }],
      balance: 200_000n,
    });
  });

  test("four declines in all suspend, however often the size changes", async () => {
    const fixture = await makeFixture(database, { balance: "300" });
    await tell(fixture, ...Array.from({ length: 8 }, () => DECLINE));
    await rule(fixture, "300", "100");
    await runUntilIdle(fixture);
    for (let round = 0; round < 6; round += 1) {
      await spend(fixture, "50");
      fixture.clock.advance(5 * MINUTE_MS);
      await runUntilIdle(fixture);
    }
    const outcome = await outcomeOf(fixture);
    expect(outcome.charges).toHaveLength(4);
    expect(outcome.rule).toMatchObject({ state: "suspended", declines: 4 });
    expect(outcome.crossings.every((crossing) => crossing.closed)).toBe(true);
  });

  test("not while an outcome is unknown: that payment runs to its end, and what is still missing is bought then", async () => {
    const fixture = await makeFixture(database, { balance: "100" });
    await tell(fixture, "time_out_after");
    await rule(fixture, "100", "100");
    await runUntilIdle(fixture);
    await spend(fixture, "100");
    fixture.clock.advance(MINUTE_MS);
    await runUntilIdle(fixture);
    expect(await outcomeOf(fixture)).toMatchObject({
      recharges: [
        { state: "credited", credits: 100, attempts: 1 },
        { state: "credited", credits: 100 },
      ],
      paid: 2,
    });
  });
});

test("a quantity without a price is refused once, in the log, and bought as soon as there is one", async () => {
  const { sql } = database.owner;
  const fixture = await makeFixture(database, { balance: "30" });
  await rule(fixture, "20", "100");
  await sql`delete from pack_prices where price_list = 'it'`;
  forgetRates();
  await spend(fixture, "10");
  for (let round = 0; round < 3; round += 1) {
    const [open] = await listUnanswered(fixture.system, 10);
    if (open === undefined) throw new Error("the crossing was closed");
    expect(await claimCrossing(fixture.system, fixture.engine, open)).toBeNull();
  }
  expect(await outcomeOf(fixture)).toMatchObject({
    orders: [],
    decisions: ["turned_on", "refused no_price"],
    rule: { state: "on" },
    crossings: [{ closed: false }],
  });
  await loadPriceLists(database.owner.db);
  forgetRates();
  await runUntilIdle(fixture);
  expect(await outcomeOf(fixture)).toMatchObject({ balance: 120_000n, crossings: [{ closed: true }] });
});
