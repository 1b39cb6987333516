import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { subtractCredits } from "@/lib/credits";
import { post } from "@/lib/ledger/service";
import { aBench, type Bench, credits, outcomeOf, rule, settle, spend, valueOf } from "./recharge.testing";
import { saveRule } from "./service";

/*
 * A recharge is due when the balance is at or below the threshold: judged at each change of the balance or of the
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
const PATHS: Record<string, (balance: string) => Promise<Bench>> = {
  "a message": async (balance) => {
    const bench = await ruled("30");
    valueOf(await spend(bench, difference("30", balance)));
    return bench;
  },
  "a transfer out": async (balance) => {
    const bench = await ruled("30");
    const { serviceName } = await anSmsAccount(database.db, { customerId: bench.key.customerId });
    const to = { customerId: bench.key.customerId, serviceName };
    const request = {
      kind: "transfer",
      from: bench.key,
      to,
      amount: credits(difference("30", balance)),
    } as const;
    valueOf(await post(bench.customer, { ...request, reference: "transfer:1", fingerprint: "test" }));
    return bench;
  },
  "a correction": async (balance) => {
    const bench = await ruled("30");
    const amount = credits(`-${difference("30", balance)}`);
    const request = { kind: "correction", account: bench.key, amount, reason: "test" } as const;
    valueOf(await post(bench.system, { ...request, reference: "correction:1", fingerprint: "test" }));
    return bench;
  },
  "the rule turned on": async (balance) => {
    const bench = await aBench(database, { balance });
    await rule(bench, THRESHOLD, "100");
    return bench;
  },
  "the threshold raised": async (balance) => {
    const bench = await aBench(database, { balance });
    await rule(bench, "1", "100");
    await rule(bench, THRESHOLD, "100");
    return bench;
  },
};

async function ruled(balance: string): Promise<Bench> {
  const bench = await aBench(database, { balance });
  await rule(bench, THRESHOLD, "100");
  return bench;
}

describe.each(Object.entries(PATHS))("%s", (_, arrive) => {
  test.each(EDGES)("to a balance of %s: due is %s", async (balance, isDue) => {
    const bench = await arrive(balance);
    await settle(bench);
    const outcome = await outcomeOf(bench);
    expect(outcome.credited).toEqual(isDue ? [{ kind: "recharge", amount: 100_000n }] : []);
    expect(outcome.paid).toBe(isDue ? 1 : 0);
    expect(outcome.crossings).toEqual(isDue ? [{ crossing: 1, closed: true }] : []);
    expect(outcome.balance).toBe(credits(balance) + (isDue ? 100_000n : 0n));
  });

  test("buys nothing once the rule is off", async () => {
    const bench = await arrive("20.001");
    await turnOff(bench);
    valueOf(await spend(bench, "20.001"));
    await settle(bench);
    expect(await outcomeOf(bench)).toMatchObject({
      ...{ credited: [], orders: [], charges: [], crossings: [], watermark: null, balance: 0n },
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
    const bench = await ruled("30");
    valueOf(await spend(bench, "20"));
    const engine = {
      ...bench.engine,
      onStep: async (step: string) => {
        if (step !== "asked" || hasRaised) return;
        hasRaised = true;
        await rule(bench, raised, "100");
      },
    };
    let hasRaised = false;
    await settle({ ...bench, engine });
    const outcome = await outcomeOf(bench);
    expect(outcome.credited).toHaveLength(bought);
    expect(outcome.paid).toBe(bought);
  },
);

test("a rule that was never set, or that is turned off at a low balance, buys nothing", async () => {
  const bench = await aBench(database, { balance: "5" });
  valueOf(await spend(bench, "5"));
  await turnOff(bench);
  await settle(bench);
  expect(await outcomeOf(bench)).toMatchObject({ credited: [], orders: [], crossings: [], balance: 0n });
});

test("a threshold of 0 buys when the account is empty, and not before", async () => {
  const bench = await aBench(database, { balance: "0.002" });
  await rule(bench, "0", "100");
  valueOf(await spend(bench, "0.001"));
  await settle(bench);
  expect((await outcomeOf(bench)).credited).toEqual([]);
  valueOf(await spend(bench, "0.001"));
  await settle(bench);
  expect((await outcomeOf(bench)).credited).toEqual([{ kind: "recharge", amount: 100_000n }]);
});

test("one purchase for one need: a large gap is one order of the smallest multiple that ends above", async () => {
  const bench = await aBench(database, { balance: "500" });
  await rule(bench, "100", "100");
  valueOf(await spend(bench, "500"));
  await settle(bench);
  // 100 credits would end exactly at the threshold.
  expect(await outcomeOf(bench)).toMatchObject({
    orders: [{ quantity: 200, state: "credited", kind: "recharge" }],
    credited: [{ kind: "recharge", amount: 200_000n }],
    paid: 1,
    balance: 200_000n,
  });
});

async function turnOff(bench: Bench): Promise<void> {
  valueOf(await saveRule(bench.customer, bench.key, { threshold: "", quantity: "off" }));
}

function difference(from: string, to: string): string {
  const thousandths = subtractCredits(credits(from), credits(to)).toString().padStart(4, "0");
  return `${thousandths.slice(0, -3)}.${thousandths.slice(-3)}`;
}
