import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { buyCredits } from "@/lib/orders/service";
import { valueOf } from "@/lib/failure";
import { makeSuspendedFixture, DECLINE, tell, waitOut } from "./decline.testing";
import { choosePaymentMethod } from "./method-service";
import { makeFixture, outcomeOf, rule, runUntilIdle, spend } from "./recharge.testing";
import { saveRule } from "./service";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe("a suspension", () => {
  test("is lifted by another card: the rule is evaluated at once and buys with it", async () => {
    const fixture = await makeSuspendedFixture(database);
    valueOf(
      await choosePaymentMethod(fixture.customer, fixture.key.customerId, { token: "sandbox_mastercard" }),
    );
    await runUntilIdle(fixture);
    const outcome = await outcomeOf(fixture);
    expect(outcome.rule).toMatchObject({ state: "on", suspension_reason: null, declines: 0 });
    expect(outcome.credited).toEqual([{ kind: "recharge", amount: 100_000n }]);
    expect(outcome.charges.at(-1)).toMatchObject({ token: "sandbox_mastercard", outcome: "paid" });
    expect(outcome.decisions).toContain("resumed method_changed");
  });

  test("is not lifted by the same card again", async () => {
    const fixture = await makeFixture(database, { balance: "30", card: "sandbox_expired" });
    await rule(fixture, "20", "100");
    await spend(fixture, "10");
    await runUntilIdle(fixture);
    valueOf(
      await choosePaymentMethod(fixture.customer, fixture.key.customerId, { token: "sandbox_expired" }),
    );
    await waitOut(fixture);
    const outcome = await outcomeOf(fixture);
    expect(outcome.rule).toMatchObject({ state: "suspended", suspension_reason: "declined_for_good" });
    expect(outcome.charges).toHaveLength(1);
  });

  test("is lifted by a purchase that succeeds; above the threshold, nothing more is bought", async () => {
    const fixture = await makeSuspendedFixture(database);
    valueOf(await buyCredits(fixture.customer, fixture.key, { quantity: 100, idempotencyKey: "by-hand" }));
    await runUntilIdle(fixture);
    const outcome = await outcomeOf(fixture);
    expect(outcome.rule).toMatchObject({ state: "on", suspension_reason: null });
    expect(outcome.credited).toEqual([{ kind: "purchase", amount: 100_000n }]);
    expect(outcome.threshold).toBe(20_000n);
    await spend(fixture, "100");
    await runUntilIdle(fixture);
    expect((await outcomeOf(fixture)).credited).toHaveLength(2);
  });

  test("is not lifted by a purchase that is declined", async () => {
    const fixture = await makeSuspendedFixture(database);
    await tell(fixture, DECLINE);
    valueOf(await buyCredits(fixture.customer, fixture.key, { quantity: 100, idempotencyKey: "by-hand" }));
    await runUntilIdle(fixture);
    expect(await outcomeOf(fixture)).toMatchObject({ rule: { state: "suspended" }, credited: [] });
  });

  test("for want of a card ends when one is chosen", async () => {
    const fixture = await makeFixture(database, { balance: "10", card: null });
    await rule(fixture, "20", "100");
    await runUntilIdle(fixture);
    expect(await outcomeOf(fixture)).toMatchObject({
      rule: { suspension_reason: "no_payment_method" },
      orders: [],
    });
    valueOf(await choosePaymentMethod(fixture.customer, fixture.key.customerId, { token: "sandbox_visa" }));
    await runUntilIdle(fixture);
    expect(await outcomeOf(fixture)).toMatchObject({ rule: { state: "on" }, balance: 110_000n });
  });

  test("outlives turning the rule off and on, and another threshold", async () => {
    const fixture = await makeSuspendedFixture(database);
    valueOf(await saveRule(fixture.customer, fixture.key, { quantity: "off" }));
    expect((await outcomeOf(fixture)).rule).toMatchObject({
      state: "off",
      suspension_reason: "payment_declined",
    });
    await rule(fixture, "25", "500");
    await waitOut(fixture);
    const outcome = await outcomeOf(fixture);
    expect(outcome.rule).toMatchObject({ state: "suspended" });
    expect(outcome.charges).toHaveLength(4);
  });
});
