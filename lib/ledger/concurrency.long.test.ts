import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase, type Database } from "@/db/client";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import { creditsOf, wholeCredits } from "@/lib/credits";
import { post, setThreshold } from "./service";
import { readStates } from "./store";
import { verifyAccounts } from "./verify-service";

let database: TestDatabase;
/** As two processes: two pools, each with its own memory of the accounts. */
let contexts: readonly [Context, Context];
let closeOther: () => Promise<void>;

const systemOn = (db: Database): Context => ({
  caller: { kind: "system", name: "test" },
  db,
  now: () => new Date(),
});

beforeAll(async () => {
  database = await testDatabase();
  const other = openDatabase(database.url);
  closeOther = other.close;
  contexts = [systemOn(database.db), systemOn(other.db)];
});
afterAll(async () => {
  await closeOther();
  await database.close();
});

const contextOf = (index: number): Context => (index % 2 === 0 ? contexts[0] : contexts[1]);

async function stateOf({ customerId, serviceName }: AccountKey) {
  const states = await readStates(database.db, customerId, [serviceName], "read");
  const state = states.get(serviceName);
  if (state === undefined) throw new Error("no such account");
  return state;
}

async function expectNoDiscrepancy() {
  const { discrepancies } = await verifyAccounts(contexts[0], { after: null, limit: 10_000 });
  expect(discrepancies).toEqual([]);
}

describe("64 sends at the same time across one threshold", () => {
  const SENDS = 64;
  const each = creditsOf(700n);
  const threshold = wholeCredits(1000);

  test.each([
    { name: "from one process", contextOf: () => contexts[0] },
    { name: "from two processes", contextOf },
  ])("$name open one crossing, 200 rounds", { timeout: 120_000 }, async ({ name, contextOf }) => {
    const account = await anSmsAccount(database.db, { balance: wholeCredits(2000), threshold });
    for (let round = 1; round <= 200; round += 1) {
      const { balance, crossings, hasOpenCrossing } = await stateOf(account);
      // Between one and all of the sends lie above the threshold.
      const target = creditsOf(threshold + BigInt(1 + (round % SENDS)) * each);
      const refill = await post(contextOf(round), {
        kind: "correction",
        account,
        amount: creditsOf(target - balance),
        reason: "test",
        idempotencyKey: `${name}:refill:${round.toString()}`,
        requestHash: "f",
        ...(hasOpenCrossing && { closesCrossing: crossings }),
      });
      expect(refill).toMatchObject({ ok: true, value: { crossing: null } });
      const results = await Promise.all(
        Array.from({ length: SENDS }, (_, index) =>
          post(contextOf(index), {
            kind: "message",
            account,
            amount: each,
            idempotencyKey: `${name}:${round.toString()}:${index.toString()}`,
            requestHash: "f",
          }),
        ),
      );
      const opened = results.filter((result) => result.ok && result.value.crossing !== null);
      expect(opened).toHaveLength(1);
      const after = await stateOf(account);
      expect(after).toMatchObject({ crossings: round, hasOpenCrossing: true });
      expect(after.balance).toBe(target - BigInt(SENDS) * each);
    }
    const [row] = await database.sql`
      select count(*)::int as crossings from crossings where service_name = ${account.serviceName}`;
    expect(row).toEqual({ crossings: 200 });
    await expectNoDiscrepancy();
  });

  test("of which the balance covers 40: 40 are sent, 24 refused, nothing is left", async () => {
    for (let round = 0; round < 20; round += 1) {
      const account = await anSmsAccount(database.db, { balance: creditsOf(40n * each + 699n) });
      const results = await Promise.all(
        Array.from({ length: SENDS }, (_, index) =>
          post(contextOf(index), {
            kind: "message",
            account,
            amount: each,
            idempotencyKey: `${round.toString()}:${index.toString()}`,
            requestHash: "f",
          }),
        ),
      );
      expect(results.filter((result) => result.ok)).toHaveLength(40);
      expect(await stateOf(account)).toMatchObject({ balance: 699n, sequence: 41n });
    }
    await expectNoDiscrepancy();
  });
});

test("opposite transfers, sends and changes of the threshold at the same time wait for one another, never in a circle", async () => {
  const { customerId } = await aCustomer(database.db);
  const balance = wholeCredits(10_000);
  const accounts = await Promise.all(
    [1, 2, 3, 4].map(() => anSmsAccount(database.db, { customerId, balance })),
  );
  const pick = (index: number): AccountKey => {
    const account = accounts[index % accounts.length];
    if (account === undefined) throw new RangeError("no such account");
    return account;
  };
  for (let round = 0; round < 10; round += 1) {
    const results = await Promise.all(
      Array.from({ length: 64 }, async (_, index) => {
        const posting = { idempotencyKey: `${round.toString()}:${index.toString()}`, requestHash: "f" };
        const amount = wholeCredits(1);
        if (index % 8 === 7) {
          return setThreshold(contextOf(index >> 1), pick(index >> 3), creditsOf(BigInt(index)));
        }
        const isSend = index % 8 >= 5;
        const [from, to] = index % 2 === 0 ? [pick(0), pick(1)] : [pick(1), pick(0)];
        const result = isSend
          ? await post(contextOf(index >> 1), { ...posting, kind: "message", account: pick(index), amount })
          : await post(contextOf(index >> 1), { ...posting, kind: "transfer", from, to, amount });
        expect(result.ok).toBe(true);
        return result;
      }),
    );
    expect(results).toHaveLength(64);
  }
  await expectNoDiscrepancy();
  // A circle would be broken by the server and tried again: it shows in the count only, within a second.
  await wait(1500);
  const [row] = await database.sql`
    select deadlocks::int from pg_stat_database where datname = current_database()`;
  expect(row).toEqual({ deadlocks: 0 });
});

/** How many transactions wrote the messages of a customer. */
async function commitsOf(customerId: string): Promise<number> {
  const [row] = await database.owner.sql<{ commits: number }[]>`
    select count(distinct xmin::text)::int as commits from entries
    where customer_id = ${customerId} and kind = 'message'`;
  return row?.commits ?? 0;
}

test("the postings of many accounts of one customer share commits, each with its own answer", async () => {
  const { customerId } = await aCustomer(database.db);
  const accounts = await Promise.all(
    Array.from({ length: 20 }, () => anSmsAccount(database.db, { customerId, balance: wholeCredits(50) })),
  );
  for (let round = 0; round < 5; round += 1) {
    const results = await Promise.all(
      accounts.flatMap((account, index) =>
        [0, 1, 2].map(async (turn) => {
          const amount = creditsOf(BigInt(1 + index));
          const idempotencyKey = `${account.serviceName}:${round.toString()}:${turn.toString()}`;
          const result = await post(contextOf(index + turn + round), {
            kind: "message",
            account,
            amount,
            idempotencyKey,
            requestHash: "f",
          });
          if (!result.ok) throw new Error(result.failure.code);
          const [entry] = result.value.entries;
          return (
            entry?.account.serviceName === account.serviceName && entry.idempotencyKey === idempotencyKey
          );
        }),
      ),
    );
    expect(results.every(Boolean)).toBe(true);
  }
  // Two processes commit twice a round, or a few times more when they are in each other's way; there are 300 postings.
  expect(await commitsOf(customerId)).toBeLessThan(60);
  await expectNoDiscrepancy();
});
