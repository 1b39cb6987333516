import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { crossings } from "@/db/schema/ledger";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import { type Credits, creditsOf, wholeCredits } from "@/lib/credits";
import { closeCrossing, reevaluate, post, type PostingInput, setThreshold } from "./service";
import { fresh, message, stateIn, systemOn } from "./ledger.testing";

let database: TestDatabase;
let context: Context;

beforeAll(async () => {
  database = await testDatabase();
  context = systemOn(database.db);
});
afterAll(() => database.close());

const stateOf = (account: AccountKey) => stateIn(database.db, account);

describe("the boundary: a crossing opens when the balance is at or below the threshold", () => {
  const threshold = wholeCredits(50);
  const table = [
    { case: "a thousandth above", left: creditsOf(50_001n), crossing: null },
    { case: "exactly at", left: creditsOf(50_000n), crossing: 1 },
    { case: "a thousandth below", left: creditsOf(49_999n), crossing: 1 },
  ];
  const full = wholeCredits(100);
  type Path = (account: AccountKey, left: Credits) => Promise<number | null>;
  const crossingOf = async (input: PostingInput) => {
    const result = await post(context, input);
    if (!result.ok) throw new Error(result.failure.code);
    return result.value.crossing;
  };
  const paths: Record<string, Path> = {
    message: (account, left) => crossingOf(message(account, creditsOf(full - left))),
    correction: (account, left) =>
      crossingOf({ kind: "correction", account, amount: creditsOf(left - full), reason: "test", ...fresh() }),
    "transfer out": async (from, left) => {
      const to = await anSmsAccount(database.db, { customerId: from.customerId });
      return crossingOf({ kind: "transfer", from, to, amount: creditsOf(full - left), ...fresh() });
    },
    "transfer in, of too little": async (to, left) => {
      const opened = await crossingOf(message(to, creditsOf(full - 1000n)));
      await closeCrossing(context, to, opened ?? 0);
      const from = await anSmsAccount(database.db, { customerId: to.customerId, balance: full });
      return (await crossingOf({
        kind: "transfer",
        from,
        to,
        amount: creditsOf(left - 1000n),
        ...fresh(),
      })) === null
        ? null
        : 1;
    },
    "recharge, of too little": async (account, left) => {
      const opened = await crossingOf(message(account, creditsOf(full - 1000n)));
      if (opened === null) throw new Error("not crossed");
      const amount = creditsOf(left - 1000n);
      const next = await crossingOf({
        kind: "recharge",
        account,
        amount,
        closesCrossing: opened,
        ...fresh(),
      });
      return next === null ? null : next - 1;
    },
    "threshold set": async (account, left) => {
      await setThreshold(context, account, null);
      await post(context, message(account, creditsOf(full - left)));
      return (await setThreshold(context, account, threshold)).crossing;
    },
    "evaluated again": async (account, left) => {
      const opened = await crossingOf(message(account, creditsOf(full - left)));
      if (opened === null) return (await reevaluate(context, account)).crossing;
      await closeCrossing(context, account, opened);
      return (await reevaluate(context, account)).crossing === 2 ? 1 : null;
    },
  };
  const cases = Object.entries(paths).flatMap(([path, take]) => table.map((row) => ({ path, take, ...row })));

  test.each(cases)("$path: $case", async ({ take, left, crossing }) => {
    const account = await anSmsAccount(database.db, { balance: full, threshold });
    expect(await take(account, left)).toBe(crossing);
    const state = await stateOf(account);
    expect(state.balance).toBe(left);
    expect(state.hasOpenCrossing).toBe(crossing !== null);
    const open = await database.db
      .select()
      .from(crossings)
      .where(sql`service_name = ${account.serviceName} and closed_at is null`);
    expect(open).toHaveLength(crossing === null ? 0 : 1);
  });

  test("no second crossing opens while one is open, and none without a threshold", async () => {
    const account = await anSmsAccount(database.db, { balance: full, threshold });
    expect(await crossingOf(message(account, wholeCredits(60)))).toBe(1);
    expect(await crossingOf(message(account, wholeCredits(1)))).toBeNull();
    expect((await setThreshold(context, account, wholeCredits(70))).crossing).toBeNull();
    expect((await setThreshold(context, account, null)).crossing).toBeNull();
    await closeCrossing(context, account, 1);
    expect(await crossingOf(message(account, wholeCredits(1)))).toBeNull();
  });

  test("a crossing that was closed before is not closed again, and the credits are posted all the same", async () => {
    const account = await anSmsAccount(database.db, { balance: full, threshold });
    await crossingOf(message(account, wholeCredits(60)));
    await closeCrossing(context, account, 1);
    expect((await reevaluate(context, account)).crossing).toBe(2);
    const recharge = {
      kind: "recharge",
      account,
      amount: wholeCredits(100),
      closesCrossing: 1,
      ...fresh(),
    } as const;
    expect(await crossingOf(recharge)).toBeNull();
    expect(await stateOf(account)).toMatchObject({ balance: 140_000n, hasOpenCrossing: true, crossings: 2 });
  });
});
