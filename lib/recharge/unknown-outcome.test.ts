import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { valueOf } from "@/lib/failure";
import { makeRuledFixture, DECLINE, waitOut } from "./decline.testing";
import { outcomeOf, rule, runUntilIdle, spend } from "./recharge.testing";
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
    const fixture = await makeRuledFixture(database, behaviour);
    await spend(fixture, "10");
    await runUntilIdle(fixture);
    const during = await outcomeOf(fixture);
    expect(during).toMatchObject({ recharges: [{ state: "unknown" }], credited: [] });
    // Whatever else changes, no second payment begins while one is unknown.
    await rule(fixture, "15", "500");
    await runUntilIdle(fixture);
    fixture.clock.advance(1000);
    await runUntilIdle(fixture);
    const outcome = await outcomeOf(fixture);
    expect(outcome).toMatchObject({
      recharges: [{ state: "credited", attempts: 1 }],
      paid: 1,
      balance: 120_000n,
    });
    expect(outcome.charges).toHaveLength(1);
  });

  test("is asked after until the gateway is back, and logged once", async () => {
    const lost = Array.from({ length: 6 }, () => "time_out_before");
    const fixture = await makeRuledFixture(database, ...lost);
    await spend(fixture, "10");
    await waitOut(fixture);
    const outcome = await outcomeOf(fixture);
    expect(outcome).toMatchObject({ recharges: [{ state: "credited", attempts: 1 }], paid: 1 });
    expect(outcome.decisions.filter((decision) => decision === "unknown")).toHaveLength(1);
  });

  test("that turns out to be a decline is tried again under a new key", async () => {
    const fixture = await makeRuledFixture(database, `time_out_after ${DECLINE}`);
    await spend(fixture, "10");
    await waitOut(fixture);
    const { charges, recharges } = await outcomeOf(fixture);
    expect(charges.map((charge) => charge.outcome)).toEqual(["declined", "paid"]);
    expect(recharges).toMatchObject([{ state: "credited", attempts: 2 }]);
  });

  test("of a rule that is turned off meanwhile runs to its end, and then nothing more is bought", async () => {
    const fixture = await makeRuledFixture(database, "time_out_after");
    await spend(fixture, "10");
    await runUntilIdle(fixture);
    valueOf(await saveRule(fixture.customer, fixture.key, { quantity: "off" }));
    await waitOut(fixture);
    await spend(fixture, "120");
    await waitOut(fixture);
    expect(await outcomeOf(fixture)).toMatchObject({ paid: 1, balance: 0n, rule: { state: "off" } });
  });
});
