import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, type Database } from "@/db/client";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import { type Credits, creditsOf } from "@/lib/credits";
import { CHANGED, FIRST, LedgerModel, type Operation } from "./model.testing";
import type { PostingInput } from "./service";
import { closeCrossing, reevaluate, post, setThreshold } from "./service";
import { readStates } from "./store";
import { verifyAccounts } from "./verify-service";

/*
 * Random operations against a model of the ledger in forty lines. After each, the three accounts of its customer are
 * what the model says; at the end the whole ledger adds up. `npm run test:million` runs a million.
 */

const OPERATIONS = process.env["MODE"] === "million" ? 1_000_000 : 20_000;
const PER_CUSTOMER = 80;
const CUSTOMERS_AT_A_TIME = 25;
const ACCOUNTS = 3;

let database: TestDatabase;
/** Two pools, so that each often decides on what the other has made old. */
let contexts: readonly [Context, Context];
let closeOther: () => Promise<void>;
beforeAll(async () => {
  database = await testDatabase();
  const other = openDatabase(database.url);
  closeOther = other.close;
  const systemOn = (db: Database): Context => ({
    caller: { kind: "system", name: "test" },
    db,
    now: () => new Date(),
  });
  contexts = [systemOn(database.db), systemOn(other.db)];
});
afterAll(async () => {
  await closeOther();
  await database.close();
});

const index = fc.nat({ max: 2 });
/** Mostly the open crossing itself. */
const off = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: index });
const amount = fc.oneof(fc.bigInt({ min: 1n, max: 3000n }), fc.bigInt({ min: 1n, max: 100n }));
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("message" as const), account: index, amount }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("purchase" as const), account: index, amount }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("recharge" as const), account: index, amount, off }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("correction" as const),
      account: index,
      amount: fc.bigInt({ min: -2000n, max: 2000n }).filter((size) => size !== 0n),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("transfer" as const), account: index, to: index, amount }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("threshold" as const),
      account: index,
      threshold: fc.option(fc.bigInt({ min: 0n, max: 3000n })),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("close" as const), account: index, off }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("evaluate" as const), account: index }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("repeat" as const), earlier: fc.nat(), changed: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("burst" as const),
      account: index,
      amount,
      count: fc.integer({ min: 2, max: 6 }),
    }),
  },
);
const step = fc.record({ operation, where: fc.nat({ max: 1 }) });
type Step = { readonly operation: Operation; readonly where: number };

test(
  `${OPERATIONS.toString()} random operations leave the ledger as the model says`,
  { timeout: OPERATIONS * 20 },
  async () => {
    let done = 0;
    const life = fc.array(step, { minLength: PER_CUSTOMER, maxLength: PER_CUSTOMER });
    const property = fc.asyncProperty(life, async (steps) => {
      await live(steps);
      done += steps.length;
    });
    await Promise.all(
      Array.from({ length: CUSTOMERS_AT_A_TIME }, () =>
        fc.assert(property, { numRuns: Math.ceil(OPERATIONS / PER_CUSTOMER / CUSTOMERS_AT_A_TIME) }),
      ),
    );
    expect(done).toBeGreaterThanOrEqual(OPERATIONS);
    const { discrepancies } = await verifyAccounts(contexts[0], { after: null, limit: 1_000_000 });
    expect(discrepancies).toEqual([]);
  },
);

/** The life of one customer, one operation after another; those of other customers run beside it. */
async function live(steps: readonly Step[]): Promise<void> {
  const { customerId } = await aCustomer(database.db);
  const accounts: AccountKey[] = [];
  while (accounts.length < ACCOUNTS) accounts.push(await anSmsAccount(database.db, { customerId }));
  const model = new LedgerModel();
  const posted: PostingInput[] = [];
  for (const { operation, where } of steps) {
    const context = where === 0 ? contexts[0] : contexts[1];
    const expected = model.expect(operation, posted.length);
    const answer = await perform(context, accounts, operation, posted, model);
    expect({ operation, answer }).toEqual({ operation, answer: expected });
    const states = await readStates(
      database.db,
      customerId,
      accounts.map((key) => key.serviceName),
      "read",
    );
    const seen = accounts.map((key) => {
      const state = states.get(key.serviceName);
      return {
        balance: state?.balance,
        sequence: state?.sequence,
        threshold: state?.threshold,
        crossings: state?.crossings,
        isOpen: state?.hasOpenCrossing,
      };
    });
    expect({ operation, seen }).toEqual({ operation, seen: model.accounts });
  }
}

/** What the ledger answers, in the model's words. */
async function perform(
  context: Context,
  accounts: readonly AccountKey[],
  operation: Operation,
  posted: PostingInput[],
  model: LedgerModel,
): Promise<string> {
  const key = (at: number): AccountKey => {
    const account = accounts[at];
    if (account === undefined) throw new RangeError("no such account");
    return account;
  };
  const ask = async (input: PostingInput): Promise<string> => {
    const result = await post(context, input);
    if (!result.ok) return result.failure.code;
    return result.value.repeated ? "repeated" : `posted ${String(result.value.crossing)}`;
  };
  const first = (input: PostingInput): Promise<string> => {
    posted.push(input);
    return ask(input);
  };
  const base = (size: bigint): { amount: Credits; idempotencyKey: string; requestHash: string } => ({
    amount: creditsOf(size),
    idempotencyKey: posted.length.toString(),
    requestHash: FIRST,
  });
  switch (operation.do) {
    case "message":
    case "purchase":
      return first({ kind: operation.do, account: key(operation.account), ...base(operation.amount) });
    case "recharge": {
      const closesCrossing = model.crossingToClose;
      return first({
        kind: "recharge",
        account: key(operation.account),
        ...base(operation.amount),
        closesCrossing,
      });
    }
    case "correction":
      return first({
        kind: "correction",
        account: key(operation.account),
        reason: "model",
        ...base(operation.amount),
      });
    case "transfer":
      return first({
        kind: "transfer",
        from: key(operation.account),
        to: key(operation.to),
        ...base(operation.amount),
      });
    case "threshold": {
      const threshold = operation.threshold === null ? null : creditsOf(operation.threshold);
      return `crossing ${String((await setThreshold(context, key(operation.account), threshold)).crossing)}`;
    }
    case "close":
      return `crossing ${String((await closeCrossing(context, key(operation.account), model.crossingToClose)).crossing)}`;
    case "evaluate":
      return `crossing ${String((await reevaluate(context, key(operation.account))).crossing)}`;
    case "repeat": {
      const earlier = posted[operation.earlier % Math.max(posted.length, 1)];
      if (earlier === undefined) return "nothing";
      return ask(operation.changed ? { ...earlier, requestHash: CHANGED } : earlier);
    }
    case "burst": {
      const answers = await Promise.all(
        Array.from({ length: operation.count }, () =>
          first({ kind: "message", account: key(operation.account), ...base(operation.amount) }),
        ),
      );
      // Which of them opens the crossing is not said.
      const opened = answers.find((answer) => answer.startsWith("posted") && answer !== "posted null");
      const accepted = answers.filter((answer) => answer.startsWith("posted")).length;
      model.recordBurst(answers.map((answer) => answer.startsWith("posted")));
      return `${accepted.toString()} ${opened ?? "posted null"}`;
    }
  }
}
