import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusalOf } from "@/db/errors";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { post } from "@/lib/ledger/service";
import { buyCredits } from "@/lib/orders/service";
import { valueOf } from "@/lib/failure";
import { choosePaymentMethod } from "./method-service";
import { makeFixture, type Fixture, credits, outcomeOf, rule, runUntilIdle, spend } from "./recharge.testing";
import { saveRule } from "./service";

/* What holds even if the code above it is wrong, and what no other screen may do to a rule. */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** An account that bought once by its rule, and has used up what it bought: the second crossing is open. */
async function makeUsedFixture(): Promise<Fixture> {
  const fixture = await makeFixture(database, { balance: "21" });
  await rule(fixture, "20", "100");
  valueOf(await spend(fixture, "1"));
  await runUntilIdle(fixture);
  valueOf(await spend(fixture, "100"));
  return fixture;
}

describe("the database refuses, also the product's role,", () => {
  /** The name of the constraint that stands in the way. */
  const refusal = async (work: Promise<unknown>) => {
    try {
      await work;
      return "done";
    } catch (error) {
      return refusalOf(error)?.constraint_name;
    }
  };

  test("a second payment of one order", async () => {
    const { customerId } = (await makeUsedFixture()).key;
    const again = database.sql`
      insert into payment_attempts (customer_id, order_id, attempt, idempotency_key, amount_cents, method_token,
        started_at, outcome)
      select customer_id, order_id, attempt + 1, idempotency_key || ':again', amount_cents, method_token, now(), 'paid'
      from payment_attempts where customer_id = ${customerId}`;
    expect(await refusal(again)).toBe("one_payment_of_an_order");
  });

  test("a second crossing of an account while one is open", async () => {
    const { customerId } = (await makeUsedFixture()).key;
    const second = database.sql`
      insert into crossings (customer_id, service_name, crossing, sequence, balance, threshold, opened_at)
      select customer_id, service_name, crossing + 1, sequence, balance, threshold, now()
      from crossings where customer_id = ${customerId} and closed_at is null`;
    expect(await refusal(second)).toBe("one_open_crossing_of_an_account");
  });

  test.each([
    ["a second recharge of one crossing", "crossing, 'refused', 'off', null", "one_recharge_of_a_crossing"],
    ["a recharge of no crossing", "crossing + 5, 'refused', 'off', null", "recharge_of_a_crossing"],
    ["two recharges of one order", "crossing + 1, 'credited', null, order_id", "one_recharge_of_an_order"],
  ])("%s", async (_, what, constraint) => {
    const { customerId } = (await makeUsedFixture()).key;
    const again = database.sql.unsafe(
      `insert into recharges (crossing, state, refusal_reason, order_id, customer_id, recharge_id, service_name,
        rule_version, balance_thousandths, threshold_thousandths, quantity, credits, claimed_at, finished_at)
      select ${what}, customer_id, gen_random_uuid(), service_name, rule_version, balance_thousandths,
        threshold_thousandths, quantity, credits, claimed_at, finished_at
      from recharges where customer_id = $1`,
      [customerId],
    );
    expect(await refusal(again)).toBe(constraint);
  });

  test.each([
    ["an amount under a rule that is off", "state = 'off'", "rule_off_has_no_amounts"],
    ["a quantity that is not offered", "quantity = 150", "rule_quantity_offered"],
    [
      "a threshold that no order lifts an account above",
      "threshold_thousandths = 999000001",
      "rule_threshold_in_range",
    ],
    ["a threshold below nothing", "threshold_thousandths = -1", "rule_threshold_in_range"],
  ])("%s", async (_, change, constraint) => {
    const { customerId } = (await makeUsedFixture()).key;
    const changed = database.sql.unsafe(`update recharge_rules set ${change} where customer_id = $1`, [
      customerId,
    ]);
    expect(await refusal(changed)).toBe(constraint);
  });
});

test("a rule that is saved in a transaction that fails is not saved, nor watched, nor answered", async () => {
  const fixture = await makeFixture(database, { balance: "5" });
  const failing = database.db.transaction(async (tx) => {
    valueOf(
      await saveRule({ ...fixture.customer, db: tx }, fixture.key, { threshold: "20", quantity: "100" }),
    );
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  await runUntilIdle(fixture);
  expect(await outcomeOf(fixture)).toMatchObject({
    rule: null,
    threshold: null,
    crossings: [],
    orders: [],
    decisions: [],
    balance: 5000n,
  });
});

test("nothing but its own form turns a rule on: not a purchase, a card, a transfer or a correction", async () => {
  const fixture = await makeFixture(database, { balance: "5" });
  const { key, customer, system } = fixture;
  valueOf(await buyCredits(customer, key, { quantity: 100, idempotencyKey: "by-hand" }));
  await runUntilIdle(fixture);
  valueOf(await choosePaymentMethod(customer, key.customerId, { token: "sandbox_mastercard" }));
  const { serviceName } = await anSmsAccount(database.db, { customerId: key.customerId });
  const to = { customerId: key.customerId, serviceName };
  const content = { requestHash: "test", amount: credits("50") };
  valueOf(
    await post(customer, { ...content, kind: "transfer", from: key, to, idempotencyKey: "transfer:1" }),
  );
  const correction = { ...content, kind: "correction", account: key, reason: "test" } as const;
  valueOf(await post(system, { ...correction, idempotencyKey: "correction:1" }));
  valueOf(await spend(fixture, "105"));
  await runUntilIdle(fixture);
  expect(await outcomeOf(fixture)).toMatchObject({
    rule: null,
    threshold: null,
    crossings: [],
    recharges: [],
    balance: 0n,
    orders: [{ kind: "purchase" }],
  });
});
