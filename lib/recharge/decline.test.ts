import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { buyCredits } from "@/lib/orders/service";
import { choosePaymentMethod } from "./method-service";
import { aBench, type Bench, MINUTE_MS, outcomeOf, rule, settle, spend, valueOf } from "./recharge.testing";
import { getRule, saveRule } from "./service";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const tell = (bench: Bench, ...behaviours: string[]) => instructSandbox(database.db, bench.token, behaviours);

/** A rule at 20 for 100 credits, an account at 30, and a card that does what it is told. */
async function aRuledBench(...behaviours: string[]): Promise<Bench> {
  const bench = await aBench(database, { balance: "30" });
  await rule(bench, "20", "100");
  await tell(bench, ...behaviours);
  return bench;
}

const DECLINE = "decline:insufficient_funds";

describe("a declined payment", () => {
  test("is tried again after one, two and four minutes, under a new key each time, and not a moment earlier", async () => {
    const bench = await aRuledBench(DECLINE, DECLINE, DECLINE);
    await spend(bench, "10");
    for (const minutes of [1, 2, 4]) {
      await settle(bench);
      const { charges } = await outcomeOf(bench);
      bench.clock.advance(minutes * MINUTE_MS - 1);
      await settle(bench);
      expect((await outcomeOf(bench)).charges).toHaveLength(charges.length);
      bench.clock.advance(1);
    }
    await settle(bench);
    const outcome = await outcomeOf(bench);
    expect(outcome.charges.map((charge) => charge.outcome)).toEqual([
      "declined",
      "declined",
      "declined",
      "paid",
    ]);
    expect(new Set(outcome.charges.map((charge) => charge.idempotency_key)).size).toBe(4);
    expect(outcome).toMatchObject({
      recharges: [{ state: "credited", attempts: 4 }],
      rule: { state: "on", declines: 0 },
      credited: [{ kind: "recharge", amount: 100_000n }],
    });
  });

  test("for the fourth time suspends the rule: nothing is tried any more, and the log says why", async () => {
    const bench = await aRuledBench(DECLINE, DECLINE, DECLINE, DECLINE);
    await spend(bench, "10");
    await waitOut(bench);
    const outcome = await outcomeOf(bench);
    expect(outcome).toMatchObject({
      recharges: [{ state: "suspended", attempts: 4 }],
      orders: [{ state: "declined" }],
      rule: { state: "suspended", suspension_reason: "payment_declined" },
      watermark: null,
      credited: [],
    });
    expect(outcome.charges).toHaveLength(4);
    expect(outcome.crossings.every((crossing) => crossing.closed)).toBe(true);
    expect(outcome.decisions).toEqual([
      ...["turned_on", "claimed", "paying", "waiting", "paying", "waiting", "paying", "waiting", "paying"],
      "suspended payment_declined",
    ]);
    expect(valueOf(await getRule(bench.customer, bench.key))).toMatchObject({
      ...{ state: "suspended", threshold: "20", quantity: 100, openRecharge: null },
      suspension: { reason: "payment_declined", declineCode: "insufficient_funds" },
    });
    await spend(bench, "20");
    await waitOut(bench);
    expect((await outcomeOf(bench)).charges).toHaveLength(4);
  });

  test.each([
    ["decline:expired_card", "declined_for_good"],
    ["needs_authentication", "needs_authentication"],
  ])("%s suspends at once", async (behaviour, reason) => {
    const bench = await aRuledBench(behaviour);
    await spend(bench, "10");
    await waitOut(bench);
    expect(await outcomeOf(bench)).toMatchObject({
      ...{
        rule: { state: "suspended", suspension_reason: reason },
        recharges: [{ state: "suspended", attempts: 1 }],
      },
    });
    expect((await outcomeOf(bench)).charges).toHaveLength(1);
  });

  test("is not tried again once the balance is above the threshold by other means", async () => {
    const bench = await aRuledBench(DECLINE, DECLINE);
    await spend(bench, "10");
    await settle(bench);
    await tell(bench, "approve");
    await database.sql`delete from sandbox_gateway.instructions where token = ${bench.token}`;
    valueOf(await buyCredits(bench.customer, bench.key, { quantity: 250, idempotencyKey: "by-hand" }));
    await settle(bench);
    await waitOut(bench);
    expect(await outcomeOf(bench)).toMatchObject({
      recharges: [{ state: "refused", refusal_reason: "no_longer_due" }],
      orders: [{ state: "cancelled" }, { state: "credited", kind: "purchase" }],
      credited: [{ kind: "purchase", amount: 250_000n }],
    });
  });
});

describe("changing the rule gives a bad card no new attempts", () => {
  test("off and on again: the wait and the count go on", async () => {
    const bench = await aRuledBench(DECLINE, DECLINE, DECLINE, DECLINE, DECLINE, DECLINE);
    await spend(bench, "10");
    for (let round = 0; round < 8; round += 1) {
      await settle(bench);
      valueOf(await saveRule(bench.customer, bench.key, { quantity: "off" }));
      await rule(bench, "20", round % 2 === 0 ? "200" : "100");
      await settle(bench);
      bench.clock.advance(5 * MINUTE_MS);
    }
    const outcome = await outcomeOf(bench);
    expect(outcome.charges).toHaveLength(4);
    expect(outcome.rule).toMatchObject({ state: "suspended" });
  });

  test("a suspension outlives it", async () => {
    const bench = await suspended();
    valueOf(await saveRule(bench.customer, bench.key, { quantity: "off" }));
    expect((await outcomeOf(bench)).rule).toMatchObject({
      state: "off",
      suspension_reason: "payment_declined",
    });
    await rule(bench, "25", "500");
    await waitOut(bench);
    const outcome = await outcomeOf(bench);
    expect(outcome.rule).toMatchObject({ state: "suspended" });
    expect(outcome.charges).toHaveLength(4);
  });
});

describe("a suspension", () => {
  test("is lifted by another card: the rule is judged at once and buys with it", async () => {
    const bench = await suspended();
    valueOf(await choosePaymentMethod(bench.customer, bench.key.customerId, { token: "sandbox_mastercard" }));
    await settle(bench);
    const outcome = await outcomeOf(bench);
    expect(outcome.rule).toMatchObject({ state: "on", suspension_reason: null, declines: 0 });
    expect(outcome.credited).toEqual([{ kind: "recharge", amount: 100_000n }]);
    expect(outcome.charges.at(-1)).toMatchObject({ token: "sandbox_mastercard", outcome: "paid" });
    expect(outcome.decisions).toContain("resumed method_changed");
  });

  test("is not lifted by the same card again", async () => {
    const bench = await aBench(database, { balance: "30", card: "sandbox_expired" });
    await rule(bench, "20", "100");
    await spend(bench, "10");
    await settle(bench);
    valueOf(await choosePaymentMethod(bench.customer, bench.key.customerId, { token: "sandbox_expired" }));
    await waitOut(bench);
    const outcome = await outcomeOf(bench);
    expect(outcome.rule).toMatchObject({ state: "suspended", suspension_reason: "declined_for_good" });
    expect(outcome.charges).toHaveLength(1);
  });

  test("is lifted by a purchase that succeeds; above the threshold, nothing more is bought", async () => {
    const bench = await suspended();
    valueOf(await buyCredits(bench.customer, bench.key, { quantity: 100, idempotencyKey: "by-hand" }));
    await settle(bench);
    const outcome = await outcomeOf(bench);
    expect(outcome.rule).toMatchObject({ state: "on", suspension_reason: null });
    expect(outcome.credited).toEqual([{ kind: "purchase", amount: 100_000n }]);
    expect(outcome.watermark).toBe(20_000n);
    await spend(bench, "100");
    await settle(bench);
    expect((await outcomeOf(bench)).credited).toHaveLength(2);
  });

  test("is not lifted by a purchase that is declined", async () => {
    const bench = await suspended();
    await tell(bench, DECLINE);
    valueOf(await buyCredits(bench.customer, bench.key, { quantity: 100, idempotencyKey: "by-hand" }));
    await settle(bench);
    expect(await outcomeOf(bench)).toMatchObject({ rule: { state: "suspended" }, credited: [] });
  });

  test("for want of a card ends when one is chosen", async () => {
    const bench = await aBench(database, { balance: "10", card: null });
    await rule(bench, "20", "100");
    await settle(bench);
    expect(await outcomeOf(bench)).toMatchObject({
      rule: { suspension_reason: "no_payment_method" },
      orders: [],
    });
    valueOf(await choosePaymentMethod(bench.customer, bench.key.customerId, { token: "sandbox_visa" }));
    await settle(bench);
    expect(await outcomeOf(bench)).toMatchObject({ rule: { state: "on" }, balance: 110_000n });
  });
});

test("another card is used at once for what waits after a decline", async () => {
  const bench = await aRuledBench(DECLINE);
  await spend(bench, "10");
  await settle(bench);
  valueOf(await choosePaymentMethod(bench.customer, bench.key.customerId, { token: "sandbox_visa" }));
  await settle(bench);
  expect(await outcomeOf(bench)).toMatchObject({
    balance: 120_000n,
    recharges: [{ state: "credited", attempts: 2 }],
  });
});

test("a card changed while the old one is being declined is not suspended for it", async () => {
  const bench = await aRuledBench("decline:stolen_card");
  await spend(bench, "10");
  let isChanged = false;
  const engine = {
    ...bench.engine,
    onStep: async (step: string) => {
      if (step !== "asked" || isChanged) return;
      isChanged = true;
      valueOf(await choosePaymentMethod(bench.customer, bench.key.customerId, { token: "sandbox_visa" }));
    },
  };
  await settle({ ...bench, engine });
  expect(await outcomeOf(bench)).toMatchObject({ balance: 120_000n, rule: { state: "on" }, paid: 1 });
});

describe("an outcome that is not known", () => {
  test.each([
    ["time_out_before", "nothing had happened: it is charged under the same key"],
    ["time_out_after", "it had been paid: nothing is charged again"],
  ])("%s: %s", async (behaviour) => {
    const bench = await aRuledBench(behaviour);
    await spend(bench, "10");
    await settle(bench);
    const during = await outcomeOf(bench);
    expect(during).toMatchObject({ recharges: [{ state: "unknown" }], credited: [] });
    // Whatever else changes, no second payment begins while one is unknown.
    await rule(bench, "15", "500");
    await settle(bench);
    bench.clock.advance(1000);
    await settle(bench);
    const outcome = await outcomeOf(bench);
    expect(outcome).toMatchObject({
      recharges: [{ state: "credited", attempts: 1 }],
      paid: 1,
      balance: 120_000n,
    });
    expect(outcome.charges).toHaveLength(1);
  });

  test("is asked after until the gateway is back, and logged once", async () => {
    const lost = Array.from({ length: 6 }, () => "time_out_before");
    const bench = await aRuledBench(...lost);
    await spend(bench, "10");
    await waitOut(bench);
    const outcome = await outcomeOf(bench);
    expect(outcome).toMatchObject({ recharges: [{ state: "credited", attempts: 1 }], paid: 1 });
    expect(outcome.decisions.filter((decision) => decision === "unknown")).toHaveLength(1);
  });

  test("that turns out to be a decline is tried again under a new key", async () => {
    const bench = await aRuledBench(`time_out_after ${DECLINE}`);
    await spend(bench, "10");
    await waitOut(bench);
    const { charges, recharges } = await outcomeOf(bench);
    expect(charges.map((charge) => charge.outcome)).toEqual(["declined", "paid"]);
    expect(recharges).toMatchObject([{ state: "credited", attempts: 2 }]);
  });

  test("of a rule that is turned off meanwhile runs to its end, and then nothing more is bought", async () => {
    const bench = await aRuledBench("time_out_after");
    await spend(bench, "10");
    await settle(bench);
    valueOf(await saveRule(bench.customer, bench.key, { quantity: "off" }));
    await waitOut(bench);
    await spend(bench, "120");
    await waitOut(bench);
    expect(await outcomeOf(bench)).toMatchObject({ paid: 1, balance: 0n, rule: { state: "off" } });
  });
});

async function suspended(): Promise<Bench> {
  const bench = await aRuledBench(DECLINE, DECLINE, DECLINE, DECLINE);
  await spend(bench, "10");
  await waitOut(bench);
  return bench;
}

/** An hour, minute by minute: longer than any wait. */
async function waitOut(bench: Bench): Promise<void> {
  for (let minute = 0; minute < 20; minute += 1) {
    await settle(bench);
    bench.clock.advance(minute < 10 ? MINUTE_MS : 5 * MINUTE_MS);
  }
}
