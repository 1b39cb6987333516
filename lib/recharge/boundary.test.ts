import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { subtractCredits } from "@/lib/credits";
import { post } from "@/lib/ledger/service";
import { valueOf } from "@/lib/failure";
import { makeFixture, type Fixture, credits, outcomeOf, rule, runUntilIdle, spend } from "./recharge.testing";
import { saveRule } from "./service";

/*
 * A recharge is due when the balance is at or below the threshold: evaluated at each change of the balance or of the
 * rule, wherever it comes from.
 */

const THRESHOLD = "20";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const EDGES = [
  ["19.999", true],
  ["20", true],
  ["20.001", false],
] as const;

/** Each way in which a balance can come to stand at `balance` under a rule with the threshold of 20. */
const PATHS: Record<string, (balance: string) => Promise<Fixture>> = {
  "a message": async (balance) => {
    const fixture = await ruled("30");
    valueOf(await spend(fixture, difference("30", balance)));
    return fixture;
  },
  "a transfer out": async (balance) => {
    const fixture = await ruled("30");
    const { serviceName } = await anSmsAccount(database.db, { customerId: fixture.key.customerId });
    const to = { customerId: fixture.key.customerId, serviceName };
    const request = {
      kind: "transfer",
      from: fixture.key,
      to,
      amount: credits(difference("30", balance)),
    } as const;
    valueOf(await post(fixture.customer, { ...request, idempotencyKey: "transfer:1", requestHash: "test" }));
    return fixture;
  },
  "a correction": async (balance) => {
    const fixture = await ruled("30");
    const amount = credits(`-${difference("30", balance)}`);
    const request = { kind: "correction", account: fixture.key, amount, reason: "test" } as const;
    valueOf(await post(fixture.system, { ...request, idempotencyKey: "correction:1", requestHash: "test" }));
    return fixture;
  },
  "the rule turned on": async (balance) => {
    const fixture = await makeFixture(database, { balance });
    await rule(fixture, THRESHOLD, "100");
    return fixture;
  },
  "the threshold raised": async (balance) => {
    const fixture = await makeFixture(database, { balance });
    await rule(fixture, "1", "100");
    await rule(fixture, THRESHOLD, "100");
    return fixture;
  },
};

async function ruled(balance: string): Promise<Fixture> {
  const fixture = await makeFixture(database, { balance });
  await rule(fixture, THRESHOLD, "100");
  return fixture;
}

describe.each(Object.entries(PATHS))("%s", (_, arrive) => {
  test.each(EDGES)("to a balance of %s: due is %s", async (balance, isDue) => {
    const fixture = await arrive(balance);
    await runUntilIdle(fixture);
    const outcome = await outcomeOf(fixture);
    expect(outcome.credited).toEqual(isDue ? [{ kind: "recharge", amount: 100_000n }] : []);
    expect(outcome.paid).toBe(isDue ? 1 : 0);
    expect(outcome.crossings).toEqual(isDue ? [{ crossing: 1, closed: true }] : []);
    expect(outcome.balance).toBe(credits(balance) + (isDue ? 100_000n : 0n));
  });

  test("buys nothing once the rule is off", async () => {
    const fixture = await arrive("20.001");
    await turnOff(fixture);
    valueOf(await spend(fixture, "20.001"));
    await runUntilIdle(fixture);
    expect(await outcomeOf(fixture)).toMatchObject({
      credited: [],
      orders: [],
      charges: [],
      crossings: [],
      threshold: null,
      balance: 0n,
    });
  });
});

test.each([
  ["110.001", 2],
  ["110", 2],
  ["109.999", 1],
])(
  "a recharge that ends at 110 under a threshold raised meanwhile to %s: %i in all",
  async (raised, bought) => {
    const fixture = await ruled("30");
    valueOf(await spend(fixture, "20"));
    const engine = {
      ...fixture.engine,
      onStep: async (step: string) => {
        if (step !== "asked" || hasRaised) return;
        hasRaised = true;
        await rule(fixture, raised, "100");
      },
    };
    let hasRaised = false;
    await runUntilIdle({ ...fixture, engine });
    const outcome = await outcomeOf(fixture);
    expect(outcome.credited).toHaveLength(bought);
    expect(outcome.paid).toBe(bought);
  },
);

test("a rule that was never set, or that is turned off at a low balance, buys nothing", async () => {
  const fixture = await makeFixture(database, { balance: "5" });
  valueOf(await spend(fixture, "5"));
  await turnOff(fixture);
  await runUntilIdle(fixture);
  expect(await outcomeOf(fixture)).toMatchObject({ credited: [], orders: [], crossings: [], balance: 0n });
});

test("a threshold of 0 buys when the account is empty, and not before", async () => {
  const fixture = await makeFixture(database, { balance: "0.002" });
  await rule(fixture, "0", "100");
  valueOf(await spend(fixture, "0.001"));
  await runUntilIdle(fixture);
  expect((await outcomeOf(fixture)).credited).toEqual([]);
  valueOf(await spend(fixture, "0.001"));
  await runUntilIdle(fixture);
  expect((await outcomeOf(fixture)).credited).toEqual([{ kind: "recharge", amount: 100_000n }]);
});

test("one purchase for one need: a large gap is one order of the smallest multiple that ends above", async () => {
  const fixture = await makeFixture(database, { balance: "500" });
  await rule(fixture, "100", "100");
  valueOf(await spend(fixture, "500"));
  await runUntilIdle(fixture);
  // 100 credits would end exactly at the threshold.
  expect(await outcomeOf(fixture)).toMatchObject({
    orders: [{ quantity: 200, state: "credited", kind: "recharge" }],
    credited: [{ kind: "recharge", amount: 200_000n }],
    paid: 1,
    balance: 200_000n,
  });
});

async function turnOff(fixture: Fixture): Promise<void> {
  valueOf(await saveRule(fixture.customer, fixture.key, { threshold: "", quantity: "off" }));
}

function difference(from: string, to: string): string {
  const thousandths = subtractCredits(credits(from), credits(to)).toString().padStart(4, "0");
  return `${thousandths.slice(0, -3)}.${thousandths.slice(-3)}`;
}
