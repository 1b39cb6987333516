import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { buyCredits } from "@/lib/orders/service";
import { valueOf } from "@/lib/failure";
import { makeRuledFixture, DECLINE, tell, waitOut } from "./decline.testing";
import { choosePaymentMethod } from "./method-service";
import { MINUTE_MS, outcomeOf, rule, runUntilIdle, spend } from "./recharge.testing";
import { getRule, saveRule } from "./service";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe("a declined payment", () => {
  test("is tried again after one, two and four minutes, under a new key each time, and not a moment earlier", async () => {
    const fixture = await makeRuledFixture(database, DECLINE, DECLINE, DECLINE);
    await spend(fixture, "10");
    for (const minutes of [1, 2, 4]) {
      await runUntilIdle(fixture);
      const { charges } = await outcomeOf(fixture);
      fixture.clock.advance(minutes * MINUTE_MS - 1);
      await runUntilIdle(fixture);
      expect((await outcomeOf(fixture)).charges).toHaveLength(charges.length);
      fixture.clock.advance(1);
    }
    await runUntilIdle(fixture);
    const outcome = await outcomeOf(fixture);
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
    const fixture = await makeRuledFixture(database, DECLINE, DECLINE, DECLINE, DECLINE);
    await spend(fixture, "10");
    await waitOut(fixture);
    const outcome = await outcomeOf(fixture);
    expect(outcome).toMatchObject({
      recharges: [{ state: "suspended", attempts: 4 }],
      orders: [{ state: "declined" }],
      rule: { state: "suspended", suspension_reason: "payment_declined" },
      threshold: null,
      credited: [],
    });
    expect(outcome.charges).toHaveLength(4);
    expect(outcome.crossings.every((crossing) => crossing.closed)).toBe(true);
    expect(outcome.decisions).toEqual([
      "turned_on",
      "claimed",
      "paying",
      "waiting",
      "paying",
      "waiting",
      "paying",
      "waiting",
      "paying",
      "suspended payment_declined",
    ]);
    expect(valueOf(await getRule(fixture.customer, fixture.key))).toMatchObject({
      state: "suspended",
      threshold: "20",
      quantity: 100,
      openRecharge: null,
      suspension: { reason: "payment_declined", declineCode: "insufficient_funds" },
    });
    await spend(fixture, "20");
    await waitOut(fixture);
    expect((await outcomeOf(fixture)).charges).toHaveLength(4);
  });

  test.each([
    ["decline:expired_card", "declined_for_good"],
    ["needs_authentication", "needs_authentication"],
  ])("%s suspends at once", async (behaviour, reason) => {
    const fixture = await makeRuledFixture(database, behaviour);
    await spend(fixture, "10");
    await waitOut(fixture);
    expect(await outcomeOf(fixture)).toMatchObject({
      rule: { state: "suspended", suspension_reason: reason },
      recharges: [{ state: "suspended", attempts: 1 }],
    });
    expect((await outcomeOf(fixture)).charges).toHaveLength(1);
  });

  test("is not tried again once the balance is above the threshold by other means", async () => {
    const fixture = await makeRuledFixture(database, DECLINE, DECLINE);
    await spend(fixture, "10");
    await runUntilIdle(fixture);
    await tell(fixture, "approve");
    await fixture.database.sql`delete from sandbox_gateway.instructions where token = ${fixture.token}`;
    valueOf(await buyCredits(fixture.customer, fixture.key, { quantity: 250, idempotencyKey: "by-hand" }));
    await runUntilIdle(fixture);
    await waitOut(fixture);
    expect(await outcomeOf(fixture)).toMatchObject({
      recharges: [{ state: "refused", refusal_reason: "no_longer_due" }],
      orders: [{ state: "cancelled" }, { state: "credited", kind: "purchase" }],
      credited: [{ kind: "purchase", amount: 250_000n }],
    });
  });
});

describe("changing the rule gives a bad card no new attempts", () => {
  test("off and on again: the wait and the count go on", async () => {
    const fixture = await makeRuledFixture(database, DECLINE, DECLINE, DECLINE, DECLINE, DECLINE, DECLINE);
    await spend(fixture, "10");
    for (let round = 0; round < 8; round += 1) {
      await runUntilIdle(fixture);
      valueOf(await saveRule(fixture.customer, fixture.key, { quantity: "off" }));
      await rule(fixture, "20", round % 2 === 0 ? "200" : "100");
      await runUntilIdle(fixture);
      fixture.clock.advance(5 * MINUTE_MS);
    }
    const outcome = await outcomeOf(fixture);
    expect(outcome.charges).toHaveLength(4);
    expect(outcome.rule).toMatchObject({ state: "suspended" });
  });

  test("another threshold: what is ordered next waits out the wait, and tells of every decline before it", async () => {
    const fixture = await makeRuledFixture(database, DECLINE, DECLINE, DECLINE, DECLINE);
    await spend(fixture, "10");
    await runUntilIdle(fixture);
    fixture.clock.advance(MINUTE_MS);
    await runUntilIdle(fixture);
    await rule(fixture, "25", "100");
    await runUntilIdle(fixture);
    const retryAt = new Date(fixture.clock.now().getTime() + 2 * MINUTE_MS).toISOString();
    expect(valueOf(await getRule(fixture.customer, fixture.key))).toMatchObject({
      declines: 2,
      openRecharge: { state: "claimed", attempts: 0, retryAt },
    });
    fixture.clock.advance(2 * MINUTE_MS);
    await runUntilIdle(fixture);
    expect(valueOf(await getRule(fixture.customer, fixture.key))).toMatchObject({
      declines: 3,
      openRecharge: { state: "waiting", attempts: 1 },
    });
    await waitOut(fixture);
    expect((await outcomeOf(fixture)).charges).toHaveLength(4);
  });
});

test("another card is used at once for what waits after a decline", async () => {
  const fixture = await makeRuledFixture(database, DECLINE);
  await spend(fixture, "10");
  await runUntilIdle(fixture);
  valueOf(await choosePaymentMethod(fixture.customer, fixture.key.customerId, { token: "sandbox_visa" }));
  await runUntilIdle(fixture);
  expect(await outcomeOf(fixture)).toMatchObject({
    balance: 120_000n,
    recharges: [{ state: "credited", attempts: 2 }],
  });
});

test("a card changed while the old one is being declined is not suspended for it", async () => {
  const fixture = await makeRuledFixture(database, "decline:stolen_card");
  await spend(fixture, "10");
  let isChanged = false;
  const engine = {
    ...fixture.engine,
    onStep: async (step: string) => {
      if (step !== "asked" || isChanged) return;
      isChanged = true;
      valueOf(await choosePaymentMethod(fixture.customer, fixture.key.customerId, { token: "sandbox_visa" }));
    },
  };
  await runUntilIdle({ ...fixture, engine });
  expect(await outcomeOf(fixture)).toMatchObject({ balance: 120_000n, rule: { state: "on" }, paid: 1 });
});
