import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { send } from "@/lib/messages/service";
import { verifyAccounts } from "@/lib/ledger/verify-service";
import { valueOf } from "@/lib/failure";
import { makeFixture, outcomeOf, rule, until, withWorkers } from "./recharge.testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ max: 16 });
});
afterAll(() => database.close());

const realClock = () => new Date();
const MESSAGE = { text: "Ciao", recipients: "+39 399 000 0001" };

test.each([
  [1, 25],
  [2, 200],
  [4, 25],
])(
  "64 messages at once across one threshold, %i workers, %i rounds: exactly one recharge each",
  { timeout: 300_000 },
  async (workers, rounds) => {
    const reported = await withWorkers(database, workers, async () => {
      for (let round = 0; round < rounds; round += 1) {
        const fixture = await makeFixture(database, { balance: "44.8", clock: realClock });
        await rule(fixture, "20", "100");
        // At 0.7 each, some are above the threshold and the rest below; together they use up everything.
        const sent = await Promise.all(
          Array.from({ length: 64 }, (_, index) =>
            send(fixture.customer, fixture.key, { ...MESSAGE, idempotencyKey: index.toString() }),
          ),
        );
        await until(async () => {
          const { recharges, crossings } = await outcomeOf(fixture);
          const isClosed = crossings.length > 0 && crossings.every((crossing) => crossing.closed);
          return isClosed && recharges.every((recharge) => recharge.state === "credited");
        });
        const outcome = await outcomeOf(fixture);
        expect(new Set(sent.map((one) => valueOf(one).messageId)).size).toBe(64);
        expect(outcome.credited).toEqual([{ kind: "recharge", amount: 100_000n }]);
        expect(outcome.orders).toEqual([{ kind: "recharge", quantity: 100, state: "credited" }]);
        expect(outcome.paid).toBe(1);
        expect(outcome.balance).toBe(100_000n);
      }
    });
    expect(reported).toEqual([]);
    const system = { caller: { kind: "system", name: "test" }, db: database.db, now: realClock } as const;
    const { accounts, discrepancies } = await verifyAccounts(system, { after: null, limit: 10_000 });
    expect(accounts).toBeGreaterThanOrEqual(rounds);
    expect(discrepancies).toEqual([]);
  },
);
