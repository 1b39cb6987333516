import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { buyCredits } from "@/lib/orders/service";
import { aRuledBench, DECLINE, tell, waitOut } from "./decline.testing";
import { choosePaymentMethod } from "./method-service";
import { MINUTE_MS, outcomeOf, rule, settle, spend, valueOf } from "./recharge.testing";
import { getRule, saveRule } from "./service";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe("a declined payment", () => {
  test("is tried again after one, two and four minutes, under a new key each time, and not a moment earlier", async () => {
    const bench = await aRuledBench(database, DECLINE, DECLINE, DECLINE);
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
    const bench = await aRuledBench(database, DECLINE, DECLINE, DECLINE, DECLINE);
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
    const bench = await aRuledBench(database, behaviour);
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
    const bench = await aRuledBench(database, DECLINE, DECLINE);
    await spend(bench, "10");
    await settle(bench);
    await tell(bench, "approve");
    await bench.database.sql`delete from sandbox_gateway.instructions where token = ${bench.token}`;
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
    const bench = await aRuledBench(database, DECLINE, DECLINE, DECLINE, DECLINE, DECLINE, DECLINE);
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

  test("another threshold: what is ordered next waits out the wait, and tells of every decline before it", async () => {
    const bench = await aRuledBench(database, DECLINE, DECLINE, DECLINE, DECLINE);
    await spend(bench, "10");
    await settle(bench);
    bench.clock.advance(MINUTE_MS);
    await settle(bench);
    await rule(bench, "25", "100");
    await settle(bench);
    const retryAt = new Date(bench.clock.now().getTime() + 2 * MINUTE_MS).toISOString();
    expect(valueOf(await getRule(bench.customer, bench.key))).toMatchObject({
      ...{ declines: 2, openRecharge: { state: "claimed", attempts: 0, retryAt } },
    });
    bench.clock.advance(2 * MINUTE_MS);
    await settle(bench);
    expect(valueOf(await getRule(bench.customer, bench.key))).toMatchObject({
      ...{ declines: 3, openRecharge: { state: "waiting", attempts: 1 } },
    });
    await waitOut(bench);
    expect((await outcomeOf(bench)).charges).toHaveLength(4);
  });
});

test("another card is used at once for what waits after a decline", async () => {
  const bench = await aRuledBench(database, DECLINE);
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
  const bench = await aRuledBench(database, "decline:stolen_card");
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
