import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { payOrder, takeDueOrders } from "@/lib/orders/pay-service";
import { buyCredits } from "@/lib/orders/service";
import { loadPriceLists } from "@/lib/rates/load";
import { forgetRates } from "@/lib/rates/service";
import { claimCrossing, listUnanswered } from "./claim-service";
import { choosePaymentMethod } from "./method-service";
import { aBench, type Bench, MINUTE_MS, outcomeOf, rule, settle, spend, valueOf } from "./recharge.testing";

/* What is asked again at the moment a payment begins: the card, the size, the price. */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const DECLINE = "decline:insufficient_funds";
const tell = (bench: Bench, ...behaviours: string[]) => instructSandbox(database.db, bench.token, behaviours);

async function untilSomebodyWaitsForALock(): Promise<void> {
  for (;;) {
    const waiting = await database.owner.sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if (waiting.length > 0) return;
    await sleep(10);
  }
}

/** Has a worker come to a due order while another card is being chosen. */
async function replaceCardUnder(bench: Bench): Promise<void> {
  const { system, engine, customer, key } = bench;
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
    const bench = await aBench(database, { balance: "30" });
    await rule(bench, "20", "100");
    await tell(bench, DECLINE);
    await spend(bench, "10");
    await settle(bench);
    bench.clock.advance(MINUTE_MS);
    await replaceCardUnder(bench);
    expect((await outcomeOf(bench)).charges).toMatchObject([
      { token: bench.token, outcome: "declined" },
      { token: "sandbox_mastercard", outcome: "paid" },
    ]);
  });

  test("by hand", async () => {
    const bench = await aBench(database);
    valueOf(await buyCredits(bench.customer, bench.key, { quantity: 100, idempotencyKey: "by-hand" }));
    await replaceCardUnder(bench);
    expect((await outcomeOf(bench)).charges).toMatchObject([{ token: "sandbox_mastercard" }]);
  });
});

describe("a recharge that waits is ordered again when another size is needed", () => {
  test("one order of the right size is paid, and its declines still count", async () => {
    const bench = await aBench(database, { balance: "100" });
    await tell(bench, DECLINE, DECLINE, DECLINE);
    await rule(bench, "100", "100");
    await settle(bench);
    await spend(bench, "100");
    for (const minutes of [1, 2, 4]) {
      bench.clock.advance(minutes * MINUTE_MS - 1);
      const before = (await outcomeOf(bench)).charges.length;
      await settle(bench);
      expect((await outcomeOf(bench)).charges).toHaveLength(before);
      bench.clock.advance(1);
      await settle(bench);
    }
    const outcome = await outcomeOf(bench);
    expect(outcome.charges.map((charge) => charge.outcome)).toEqual([
      ...["declined", "declined", "declined"],
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
    const bench = await aBench(database, { balance: "300" });
    await tell(bench, ...Array.from({ length: 8 }, () => DECLINE));
    await rule(bench, "300", "100");
    await settle(bench);
    for (let round = 0; round < 6; round += 1) {
      await spend(bench, "50");
      bench.clock.advance(5 * MINUTE_MS);
      await settle(bench);
    }
    const outcome = await outcomeOf(bench);
    expect(outcome.charges).toHaveLength(4);
    expect(outcome.rule).toMatchObject({ state: "suspended", declines: 4 });
    expect(outcome.crossings.every((crossing) => crossing.closed)).toBe(true);
  });

  test("not while an outcome is unknown: that payment runs to its end, and what is still missing is bought then", async () => {
    const bench = await aBench(database, { balance: "100" });
    await tell(bench, "time_out_after");
    await rule(bench, "100", "100");
    await settle(bench);
    await spend(bench, "100");
    bench.clock.advance(MINUTE_MS);
    await settle(bench);
    expect(await outcomeOf(bench)).toMatchObject({
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
  const bench = await aBench(database, { balance: "30" });
  await rule(bench, "20", "100");
  await sql`delete from pack_prices where price_list = 'it'`;
  forgetRates();
  await spend(bench, "10");
  for (let look = 0; look < 3; look += 1) {
    const [open] = await listUnanswered(bench.system, 10);
    if (open === undefined) throw new Error("the crossing was closed");
    expect(await claimCrossing(bench.system, bench.engine, open)).toBeNull();
  }
  expect(await outcomeOf(bench)).toMatchObject({
    ...{ orders: [], decisions: ["turned_on", "refused no_price"], rule: { state: "on" } },
    crossings: [{ closed: false }],
  });
  await loadPriceLists(database.owner.db);
  forgetRates();
  await settle(bench);
  expect(await outcomeOf(bench)).toMatchObject({ balance: 120_000n, crossings: [{ closed: true }] });
});
