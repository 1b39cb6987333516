import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { buyCredits } from "@/lib/orders/service";
import { aSuspendedBench, DECLINE, tell, waitOut } from "./decline.testing";
import { choosePaymentMethod } from "./method-service";
import { aBench, outcomeOf, rule, settle, spend, valueOf } from "./recharge.testing";
import { saveRule } from "./service";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe("a suspension", () => {
  test("is lifted by another card: the rule is judged at once and buys with it", async () => {
    const bench = await aSuspendedBench(database);
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
    const bench = await aSuspendedBench(database);
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
    const bench = await aSuspendedBench(database);
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

  test("outlives turning the rule off and on, and another threshold", async () => {
    const bench = await aSuspendedBench(database);
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
