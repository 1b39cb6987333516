import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { users } from "@/db/schema/access";
import { aCustomer, testDatabase, type TestDatabase } from "@/db/testing";
import type { Caller } from "@/lib/caller";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { valueOf } from "@/lib/failure";
import { listDecisions, listRecharges, listRuleVersions } from "./history-service";
import { choosePaymentMethod } from "./method-service";
import { makeFixture, type Fixture, outcomeOf, rule, runUntilIdle, spend } from "./recharge.testing";
import { getRule, saveRule } from "./service";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const RULE = { threshold: "20", quantity: "100" };
const as = (fixture: Fixture, caller: Caller) => ({ ...fixture.customer, caller });

describe("who may set a rule", () => {
  test("the customer, whose rule is then shown", async () => {
    const fixture = await makeFixture(database, { balance: "30" });
    expect(valueOf(await saveRule(fixture.customer, fixture.key, RULE))).toMatchObject({
      state: "on",
      threshold: "20",
      quantity: 100,
      version: 1,
      suspension: null,
      balance: "30",
      openRecharge: null,
      paymentMethod: { label: "Visa •••• 4242" },
      prices: { currency: "EUR", vatBasisPoints: 2200 },
    });
  });

  test("a program of the customer", async () => {
    const fixture = await makeFixture(database);
    const { customerId } = fixture.key;
    const program = as(fixture, { kind: "api_client", customerId, consumerKeyId: "key-1" });
    valueOf(await saveRule(program, fixture.key, RULE));
    expect(valueOf(await listRuleVersions(program, fixture.key))).toMatchObject([{ changedBy: "api:key-1" }]);
  });

  test("not another customer, for whom the account does not exist", async () => {
    const fixture = await makeFixture(database);
    const { customerId } = await aCustomer(database.db);
    const stranger = as(fixture, { kind: "customer", customerId, userId: "stranger" });
    const notFound = { ok: false, failure: { code: "not_found" } };
    expect(await saveRule(stranger, fixture.key, RULE)).toEqual(notFound);
    expect(await getRule(stranger, fixture.key)).toEqual(notFound);
    expect(await listRecharges(stranger, fixture.key)).toEqual(notFound);
    expect(await listDecisions(stranger, fixture.key)).toEqual(notFound);
    expect(await listRuleVersions(stranger, fixture.key)).toEqual(notFound);
    // In his own name, the service name of another is one that does not exist either.
    expect(await saveRule(stranger, { ...fixture.key, customerId }, RULE)).toEqual(notFound);
    expect((await outcomeOf(fixture)).rule).toBeNull();
  });

  test("not support, who may look", async () => {
    const fixture = await makeFixture(database);
    const support = as(fixture, { kind: "support", userId: "helper", right: "support" });
    expect(await saveRule(support, fixture.key, RULE)).toEqual({
      ok: false,
      failure: { code: "not_allowed" },
    });
    expect((await getRule(support, fixture.key)).ok).toBe(true);
  });

  test("not the system: only the customer turns a rule on", async () => {
    const fixture = await makeFixture(database);
    expect(await saveRule(fixture.system, fixture.key, RULE)).toEqual({
      ok: false,
      failure: { code: "not_allowed" },
    });
  });
});

describe("a rule that was changed since it was read", () => {
  test("is not written over, unless nobody looked at it before", async () => {
    const fixture = await makeFixture(database, { balance: "30" });
    valueOf(await saveRule(fixture.customer, fixture.key, { ...RULE, version: 0 }));
    const late = await saveRule(fixture.customer, fixture.key, { ...RULE, threshold: "10", version: 0 });
    expect(late).toEqual({ ok: false, failure: { code: "conflict" } });
    expect(await saveRule(fixture.customer, fixture.key, { quantity: "off", version: 0 })).toEqual(late);
    expect(valueOf(await getRule(fixture.customer, fixture.key))).toMatchObject({
      threshold: "20",
      version: 1,
    });
    // The answer to the first was lost and it is sent again: it says nothing new.
    valueOf(await saveRule(fixture.customer, fixture.key, { ...RULE, version: 0 }));
    valueOf(await saveRule(fixture.customer, fixture.key, { ...RULE, threshold: "10", version: 1 }));
    valueOf(await saveRule(fixture.customer, fixture.key, RULE));
    expect(valueOf(await getRule(fixture.customer, fixture.key))).toMatchObject({
      threshold: "20",
      version: 3,
    });
  });
});

describe("who may choose a card", () => {
  const card = { token: "sandbox_mastercard" };

  test("the customer", async () => {
    const fixture = await makeFixture(database);
    expect(valueOf(await choosePaymentMethod(fixture.customer, fixture.key.customerId, card))).toMatchObject({
      label: "Mastercard •••• 4444",
    });
  });

  test("neither a stranger nor support", async () => {
    const fixture = await makeFixture(database);
    const { customerId } = await aCustomer(database.db);
    const stranger = as(fixture, { kind: "customer", customerId, userId: "stranger" });
    const support = as(fixture, { kind: "support", userId: "helper", right: "support" });
    expect(await choosePaymentMethod(stranger, fixture.key.customerId, card)).toMatchObject({
      failure: { code: "not_found" },
    });
    expect(await choosePaymentMethod(support, fixture.key.customerId, card)).toMatchObject({
      failure: { code: "not_allowed" },
    });
  });

  test.each([null, "sandbox_visa", {}, { token: "4242424242424242" }, { token: 1 }])(
    "none that is not offered: %j",
    async (input) => {
      const fixture = await makeFixture(database);
      expect(await choosePaymentMethod(fixture.customer, fixture.key.customerId, input)).toEqual({
        ok: false,
        failure: { code: "invalid_input", fields: { token: { problem: "card_not_offered" } } },
      });
    },
  );
});

test.each<[unknown, Record<string, string>]>([
  [{ threshold: "-1", quantity: "100" }, { threshold: "amount_negative" }],
  [{ threshold: "abc", quantity: "100" }, { threshold: "amount_not_a_number" }],
  [{ threshold: "1e9", quantity: "100" }, { threshold: "amount_exponent" }],
  [{ threshold: "0.0001", quantity: "100" }, { threshold: "amount_too_many_decimals" }],
  [{ threshold: "", quantity: "100" }, { threshold: "amount_missing" }],
  [{ threshold: "20", quantity: "101" }, { quantity: "quantity_not_offered" }],
  [
    { threshold: "", quantity: "" },
    { threshold: "amount_missing", quantity: "quantity_not_offered" },
  ],
  [null, { threshold: "amount_missing", quantity: "quantity_not_offered" }],
  [[], { threshold: "amount_missing", quantity: "quantity_not_offered" }],
  [
    { threshold: { $gt: "" }, quantity: ["100"] },
    { threshold: "amount_missing", quantity: "quantity_not_offered" },
  ],
])("%j is refused at its fields and changes nothing", async (input, problems) => {
  const fixture = await makeFixture(database, { balance: "0" });
  const saved = await saveRule(fixture.customer, fixture.key, input);
  if (saved.ok || saved.failure.code !== "invalid_input") throw new Error("not refused");
  const found = Object.entries(saved.failure.fields).map(([field, { problem }]) => [field, problem]);
  expect(Object.fromEntries(found)).toEqual(problems);
  expect(await outcomeOf(fixture)).toMatchObject({ rule: null, threshold: null, crossings: [] });
});

test("each change is a version with its author; the same rule again is none", async () => {
  const fixture = await makeFixture(database, { balance: "100" });
  await rule(fixture, "20", "100");
  await rule(fixture, "20.000", "100");
  await rule(fixture, "0", "250");
  valueOf(await saveRule(fixture.customer, fixture.key, { threshold: "what ever", quantity: "off" }));
  expect(valueOf(await listRuleVersions(fixture.customer, fixture.key))).toMatchObject([
    { version: 3, enabled: false, threshold: null, quantity: null, changedBy: "user:tester" },
    { version: 2, enabled: true, threshold: "0", quantity: 250 },
    { version: 1, enabled: true, threshold: "20", quantity: 100 },
  ]);
  expect((await outcomeOf(fixture)).decisions).toEqual(["turned_on", "changed", "turned_off"]);
});

test("a version names the person or the program of its customer, and nobody else's", async () => {
  const fixture = await makeFixture(database, { balance: "100" });
  const { customerId } = fixture.key;
  const { customerId: other } = await aCustomer(database.db);
  const [mine, theirs] = [`u-${customerId}`, `u-${other}`];
  await database.db.insert(users).values([
    { id: mine, name: "Anna Rossi", email: `${mine}@rule.test`, customerId },
    { id: theirs, name: "Bruno Verdi", email: `${theirs}@rule.test`, customerId: other },
  ]);
  for (const [index, userId] of [mine, theirs].entries()) {
    const person = as(fixture, { kind: "customer", customerId, userId });
    valueOf(await saveRule(person, fixture.key, { threshold: index.toString(), quantity: "100" }));
  }
  const names = valueOf(await listRuleVersions(fixture.customer, fixture.key));
  expect(names.map(({ changedByName }) => changedByName)).toEqual([null, "Anna Rossi"]);
});

describe("a rule changed while a recharge is under way", () => {
  test("turned off before its payment has begun: nothing is bought", async () => {
    const fixture = await makeFixture(database, { balance: "30" });
    await rule(fixture, "20", "100");
    await instructSandbox(database.db, fixture.token, ["decline:insufficient_funds"]);
    valueOf(await spend(fixture, "10"));
    await runUntilIdle(fixture);
    valueOf(await saveRule(fixture.customer, fixture.key, { quantity: "off" }));
    fixture.clock.advance(3_600_000);
    await runUntilIdle(fixture);
    expect(await outcomeOf(fixture)).toMatchObject({
      recharges: [{ state: "refused", refusal_reason: "off" }],
      orders: [{ state: "cancelled" }],
      credited: [],
      crossings: [{ crossing: 1, closed: true }],
      balance: 20_000n,
    });
  });

  test("turned off between the crossing and its claim: refused, and the log says why", async () => {
    const fixture = await makeFixture(database, { balance: "30" });
    await rule(fixture, "20", "100");
    valueOf(await spend(fixture, "10"));
    valueOf(await saveRule(fixture.customer, fixture.key, { quantity: "off" }));
    await runUntilIdle(fixture);
    const outcome = await outcomeOf(fixture);
    expect(outcome).toMatchObject({ recharges: [], orders: [], crossings: [{ crossing: 1, closed: true }] });
    expect(outcome.decisions).toEqual(["turned_on", "turned_off", "refused off"]);
  });

  test("turned off while it is being paid: it runs to its end", async () => {
    const fixture = await makeFixture(database, { balance: "30" });
    await rule(fixture, "20", "100");
    valueOf(await spend(fixture, "10"));
    const onStep = async (step: string) => {
      if (step === "paying") valueOf(await saveRule(fixture.customer, fixture.key, { quantity: "off" }));
    };
    await runUntilIdle({ ...fixture, engine: { ...fixture.engine, onStep } });
    expect(await outcomeOf(fixture)).toMatchObject({ balance: 120_000n, rule: { state: "off" }, paid: 1 });
  });

  test("other numbers before its payment: the new rule decides", async () => {
    const fixture = await makeFixture(database, { balance: "30" });
    await rule(fixture, "20", "100");
    await instructSandbox(database.db, fixture.token, ["decline:insufficient_funds"]);
    valueOf(await spend(fixture, "10"));
    await runUntilIdle(fixture);
    await rule(fixture, "20", "500");
    fixture.clock.advance(60_000);
    await runUntilIdle(fixture);
    expect(await outcomeOf(fixture)).toMatchObject({
      recharges: [
        { state: "refused", refusal_reason: "rule_changed", credits: 100 },
        { state: "credited", credits: 500 },
      ],
      paid: 1,
      balance: 520_000n,
    });
  });
});

test("recharges and decisions are listed newest first, a page at a time, with their numbers", async () => {
  const fixture = await makeFixture(database, { balance: "30" });
  await rule(fixture, "20", "100");
  for (const amount of ["10", "100", "100"]) {
    valueOf(await spend(fixture, amount));
    await runUntilIdle(fixture);
    fixture.clock.advance(1000);
  }
  const [newest, ...others] = valueOf(await listRecharges(fixture.customer, fixture.key, { limit: 2 }));
  expect(newest).toMatchObject({
    crossing: 3,
    state: "credited",
    balance: "20",
    threshold: "20",
    quantity: 100,
    credits: 100,
    attempts: 1,
    order: { netCents: "420", vatCents: "92", totalCents: "512", currency: "EUR", state: "credited" },
  });
  expect(others).toMatchObject([{ crossing: 2 }]);
  expect(valueOf(await listRecharges(fixture.customer, fixture.key, { before: 2 }))).toMatchObject([
    { crossing: 1 },
  ]);
  const [last, before] = valueOf(await listDecisions(fixture.customer, fixture.key)).decisions;
  expect(last).toMatchObject({
    outcome: "credited",
    balance: "120",
    threshold: "20",
    credits: 100,
    attempt: 1,
  });
  const older = valueOf(
    await listDecisions(fixture.customer, fixture.key, { before: last?.decisionId ?? "", limit: 1 }),
  );
  expect(older.decisions).toEqual([before]);
});
