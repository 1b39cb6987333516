import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { setThreshold } from "@/lib/ledger/service";
import { payOrder, takeDueOrders } from "@/lib/orders/pay-service";
import { choosePaymentMethod } from "./method-service";
import { AFTER_REFUSAL, AFTER_SUSPENSION, type AfterRefusal } from "./reasons-rules";
import { claimCrossing, listUnanswered, sweepOverlooked } from "./claim-service";
import { credits, makeFixture, MINUTE_MS, type Fixture, spend } from "./recharge.testing";
import { saveRule } from "./service";

/* Nothing writes without end: whatever was refused comes to rest, and stays there until something happens. */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

type Step = (fixture: Fixture) => Promise<unknown>;

const save =
  (threshold: string, quantity: string): Step =>
  (fixture) =>
    saveRule(fixture.customer, fixture.key, { threshold, quantity });
const choose =
  (card: string): Step =>
  ({ customer, key }) =>
    choosePaymentMethod(customer, key.customerId, { token: card });

const STEPS: Readonly<Record<string, Step>> = {
  "spend 1": (fixture) => spend(fixture, "1"),
  "spend 60": (fixture) => spend(fixture, "60"),
  "watch 20": save("20", "100"),
  "watch 150": save("150", "250"),
  "turn off": save("", "off"),
  "a card that pays": choose("sandbox_visa"),
  "a card without money": choose("sandbox_no_funds"),
  "a card that expired": choose("sandbox_expired"),
  "no card": ({ key }) =>
    database.owner.sql`delete from payment_methods where customer_id = ${key.customerId}`,
  "no price": ({ key }) =>
    database.owner.sql`update customers set price_list = 'zz' where customer_id = ${key.customerId}`,
  "a price": ({ key }) =>
    database.owner.sql`update customers set price_list = 'it' where customer_id = ${key.customerId}`,
  // As a mistake of the program would leave it.
  "the ledger watches what the rule does not": ({ system, key }) => setThreshold(system, key, credits("500")),
  work: runUntilSettled,
};

/** As a worker for an hour: longer than a declined payment waits. */
async function runUntilSettled(fixture: Fixture): Promise<void> {
  for (let look = 0; look < 10; look += 1) {
    await work(fixture);
    fixture.clock.advance(6 * MINUTE_MS);
  }
}

/** One look of a worker, with its sweep. A crossing that has to wait stays unanswered. */
async function work({ key, system, engine }: Fixture): Promise<void> {
  for (const open of await listUnanswered(system, 10, key.customerId)) {
    const held = await claimCrossing(system, engine, open);
    if (held !== null) await payOrder(system, engine, held);
  }
  for (const held of await takeDueOrders(system, engine, 10, key.customerId)) {
    await payOrder(system, engine, held);
  }
  await sweepOverlooked(system, 1000);
}

/** Rows of the tables that only grow. */
async function countRows({ key: { customerId } }: Fixture): Promise<number> {
  const [row] = await database.sql<{ rows: bigint }[]>`
    select (select count(*) from decisions where customer_id = ${customerId})
      + (select count(*) from crossings where customer_id = ${customerId})
      + (select count(*) from recharges where customer_id = ${customerId})
      + (select count(*) from orders where customer_id = ${customerId})
      + (select count(*) from payment_attempts where customer_id = ${customerId}) as rows`;
  return Number(row?.rows ?? 0);
}

test("whatever customers, cards and price lists did, sweeps write nothing more", async () => {
  await database.owner.sql`insert into price_lists (price_list, currency, vat_basis_points, vat_source)
    select 'zz', currency, vat_basis_points, vat_source from price_lists where price_list = 'it'`;
  const steps = fc.array(fc.constantFrom(...Object.keys(STEPS)), { minLength: 3, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(steps, async (names) => {
      const fixture = await makeFixture(database, { balance: "100" });
      for (const name of names) await STEPS[name]?.(fixture);
      await runUntilSettled(fixture);
      const before = await countRows(fixture);
      for (let sweep = 0; sweep < 5; sweep += 1) {
        await work(fixture);
        fixture.clock.advance(60 * MINUTE_MS);
      }
      expect(await countRows(fixture)).toBe(before);
    }),
    { numRuns: 30 },
  );
});

describe("each reason comes to rest:", () => {
  test.each(Object.entries<AfterRefusal>({ ...AFTER_REFUSAL, ...AFTER_SUSPENSION }))("%s", (_, after) => {
    if (after.next === "suspend") expect(after.until.length).toBeGreaterThan(0);
    if (after.next === "wait") expect(after.lookEveryMs).toBeGreaterThanOrEqual(1000);
  });
});
