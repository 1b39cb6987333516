import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { aRuledBench, DECLINE, waitOut } from "./decline.testing";
import { outcomeOf, rule, settle, spend, valueOf } from "./recharge.testing";
import { saveRule } from "./service";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe("an outcome that is not known", () => {
  test.each([
    ["time_out_before", "nothing had happened: it is charged under the same key"],
    ["time_out_after", "it had been paid: nothing is charged again"],
  ])("%s: %s", async (behaviour) => {
    const bench = await aRuledBench(database, behaviour);
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
    const bench = await aRuledBench(database, ...lost);
    await spend(bench, "10");
    await waitOut(bench);
    const outcome = await outcomeOf(bench);
    expect(outcome).toMatchObject({ recharges: [{ state: "credited", attempts: 1 }], paid: 1 });
    expect(outcome.decisions.filter((decision) => decision === "unknown")).toHaveLength(1);
  });

  test("that turns out to be a decline is tried again under a new key", async () => {
    const bench = await aRuledBench(database, `time_out_after ${DECLINE}`);
    await spend(bench, "10");
    await waitOut(bench);
    const { charges, recharges } = await outcomeOf(bench);
    expect(charges.map((charge) => charge.outcome)).toEqual(["declined", "paid"]);
    expect(recharges).toMatchObject([{ state: "credited", attempts: 2 }]);
  });

  test("of a rule that is turned off meanwhile runs to its end, and then nothing more is bought", async () => {
    const bench = await aRuledBench(database, "time_out_after");
    await spend(bench, "10");
    await settle(bench);
    valueOf(await saveRule(bench.customer, bench.key, { quantity: "off" }));
    await waitOut(bench);
    await spend(bench, "120");
    await waitOut(bench);
    expect(await outcomeOf(bench)).toMatchObject({ paid: 1, balance: 0n, rule: { state: "off" } });
  });
});
