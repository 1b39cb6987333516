import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { buyCredits } from "@/lib/orders/service";
import { post } from "@/lib/ledger/service";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { type Fixture, credits, MINUTE_MS, rule, runUntilIdle, spend } from "@/lib/recharge/recharge.testing";
import { saveRule } from "@/lib/recharge/service";
import { valueOf } from "@/lib/failure";
import { after, aStory, chain, Inquiry, letter } from "./explain.testing";
import { type SuspensionTraces, suspensionAt } from "./facts-rules";
import { explainMoment } from "./service";

let database: TestDatabase;
let inquiry: Inquiry;
beforeAll(async () => {
  database = await testDatabase();
  inquiry = new Inquiry(database);
});
afterAll(async () => {
  await inquiry.close();
  await database.close();
});

const tell = (fixture: Fixture, ...behaviours: string[]) =>
  instructSandbox(database.db, fixture.token, behaviours);

async function buy(fixture: Fixture): Promise<string> {
  const order = valueOf(
    await buyCredits(fixture.customer, fixture.key, { quantity: 250, idempotencyKey: "one" }),
  );
  await after(fixture, 1000);
  return order.orderId;
}

describe("a purchase by hand", () => {
  test("is told as one, from its order and from its entry", async () => {
    const fixture = await aStory(database);
    const orderId = await buy(fixture);
    const told = await inquiry.ask(fixture, { orderId });
    expect(told.state).toMatchObject({ rule: "never_set", payment: "credited", orderId, balance: "100" });
    expect(chain(told)).toEqual(["10:00:00 purchase_ordered", "10:00:01 paid", "10:00:01 purchase_credited"]);
    expect(letter(told, "en")[0]).toBe(
      "€12.61 was charged on 2 November 2026 at 10:00:01 for 250 credits (order #1).",
    );
    const credited = await inquiry.ask(fixture, { sequence: "2" });
    expect(credited.verdict.key).toBe("charged");
    expect(credited.state).toMatchObject({ balance: "350", sequence: "2" });
  });

  test("that the bank declined charged nothing", async () => {
    const fixture = await aStory(database);
    await tell(fixture, "decline:insufficient_funds");
    const told = await inquiry.ask(fixture, { orderId: await buy(fixture) });
    expect(told.verdict.key).toBe("not_charged");
    expect(chain(told)).toEqual(["10:00:00 purchase_ordered", "10:00:01 declined_at_last"]);
  });
});

describe("what ends otherwise", () => {
  test("without a card the rule is suspended before there is an order", async () => {
    const fixture = await aStory(database);
    await database.owner.sql`delete from payment_methods where customer_id = ${fixture.key.customerId}`;
    await rule(fixture, "60", "100");
    await after(fixture, MINUTE_MS);
    await spend(fixture, "40");
    await runUntilIdle(fixture);
    const told = await inquiry.ask(fixture, { sequence: "2" });
    expect([told.verdict.key, ...chain(told)]).toEqual([
      "not_charged",
      "10:01:00 moved_message",
      "10:01:00 due",
      "10:01:00 suspended_no_payment_method",
    ]);
  });

  test("a bank that wants the cardholder suspends at once", async () => {
    const fixture = await aStory(database);
    await rule(fixture, "60", "100");
    await tell(fixture, "needs_authentication");
    await after(fixture, MINUTE_MS);
    await spend(fixture, "40");
    await runUntilIdle(fixture);
    const told = await inquiry.ask(fixture, { sequence: "2" });
    expect(chain(told).at(-1)).toBe("10:01:00 suspended_needs_authentication");
    expect(letter(told, "fr").at(-1)).toContain("La banque a demandé que le titulaire confirme le paiement");
  });

  test("a worker that died between payment and credit: charged, and the credits come with the next one", async () => {
    const fixture = await aStory(database);
    await rule(fixture, "60", "100");
    await after(fixture, MINUTE_MS);
    await spend(fixture, "40");
    const onStep = (step: string) =>
      step === "paid" ? Promise.reject(new Error("the worker died")) : Promise.resolve();
    await runUntilIdle({ ...fixture, engine: { ...fixture.engine, onStep } });
    const owed = await inquiry.ask(fixture, { sequence: "2" });
    expect([owed.verdict.key, chain(owed).at(-1)]).toEqual(["charged", "10:01:00 paid"]);
    await after(fixture, 3000);
    expect(chain(await inquiry.ask(fixture, { sequence: "2" })).at(-1)).toBe("10:01:03 credited");
  });

  test("turned off before a worker came: due, and refused", async () => {
    const fixture = await aStory(database);
    await rule(fixture, "60", "100");
    await after(fixture, MINUTE_MS);
    await spend(fixture, "40");
    fixture.clock.advance(1000);
    valueOf(await saveRule(fixture.customer, fixture.key, { quantity: "off" }));
    await after(fixture, 1000);
    const told = await inquiry.ask(fixture, { sequence: "2" });
    expect([told.verdict.key, ...chain(told)]).toEqual([
      "not_charged",
      "10:01:00 moved_message",
      "10:01:00 due",
      "10:01:01 turned_off",
      "10:01:02 refused_off",
    ]);
  });
});

describe("which instant is meant", () => {
  test("a whole minute holds what began and ended in it; an instant after it does not", async () => {
    const fixture = await aStory(database);
    await rule(fixture, "60", "100");
    await after(fixture, MINUTE_MS);
    await spend(fixture, "40");
    await after(fixture, 2000);
    const since = new Date("2026-11-02T09:01:00Z");
    const at = new Date("2026-11-02T09:01:59.999Z");
    expect((await inquiry.ask(fixture, { at, since })).verdict.key).toBe("charged");
    const exact = await inquiry.ask(fixture, { at });
    expect([exact.verdict.key, ...chain(exact)]).toEqual(["not_charged", "10:01:59 above"]);
    expect(exact.state).toMatchObject({ balance: "160", sequence: "3" });
  });

  test("of two entries in one instant only the one that crossed did", async () => {
    const fixture = await aStory(database);
    await rule(fixture, "60", "100");
    await after(fixture, MINUTE_MS);
    await spend(fixture, "10");
    await spend(fixture, "30");
    await after(fixture, 1000);
    const before = await inquiry.ask(fixture, { sequence: "2" });
    expect([before.verdict.key, ...chain(before)]).toEqual([
      "not_charged",
      "10:01:00 moved_message",
      "10:01:00 above",
    ]);
    expect((await inquiry.ask(fixture, { sequence: "3" })).verdict.key).toBe("charged");
  });

  test("a correction that lowers the balance crosses like anything else", async () => {
    const fixture = await aStory(database);
    await rule(fixture, "60", "100");
    await after(fixture, MINUTE_MS);
    const correction = { kind: "correction", account: fixture.key, amount: credits("-40") } as const;
    const reason = "Crediti accreditati due volte";
    valueOf(
      await post(fixture.system, { ...correction, reason, idempotencyKey: "correction:1", requestHash: "c" }),
    );
    await after(fixture, 1000);
    const told = await inquiry.ask(fixture, { sequence: "2" });
    expect(told.verdict.key).toBe("charged");
    expect(letter(told, "it")[1]).toContain(
      `Una correzione di 40 crediti ha portato il saldo di sms-1 da 100 a 60.`,
    );
  });
});

describe("what is not there", () => {
  test.each([
    { sequence: "99" },
    { sequence: "x" },
    { orderId: "999999" },
    { orderId: "1; drop" },
    { decisionId: "1" },
    { decisionId: "-1" },
  ])("%j", async (asked) => {
    const fixture = await aStory(database);
    const answer = await explainMoment(inquiry.contextOf(fixture), fixture.key, asked);
    expect(answer).toEqual({ ok: false, failure: { code: "not_found" } });
  });

  test("another account's order, and another customer's account", async () => {
    const fixture = await aStory(database);
    const orderId = await buy(fixture);
    const other = await aStory(database);
    const notFound = { ok: false, failure: { code: "not_found" } };
    expect(await explainMoment(inquiry.contextOf(other), other.key, { orderId })).toEqual(notFound);
    expect(await explainMoment(other.customer, fixture.key, { orderId })).toEqual(notFound);
    expect((await explainMoment(fixture.customer, fixture.key, { orderId })).ok).toBe(true);
  });
});

describe("a suspension at an instant", () => {
  const day = (number: number) => new Date(Date.UTC(2026, 10, number));
  const traces = (given: Partial<SuspensionTraces>): SuspensionTraces => ({
    suspended: { at: day(2) },
    resumed: null,
    turnedOff: null,
    isSuspendedNow: false,
    ...given,
  });
  test.each([
    ["never suspended", traces({ suspended: null }), day(5), null],
    ["still", traces({ isSuspendedNow: true }), day(5), { since: day(2), until: null, endedBy: null }],
    [
      "until later",
      traces({ resumed: { at: day(6), reason: "method_changed" } }),
      day(5),
      { since: day(2), until: day(6), endedBy: "method_changed" },
    ],
    ["over", traces({ resumed: { at: day(4), reason: "method_changed" } }), day(5), null],
    ["resumed in silence while it was off", traces({ turnedOff: { at: day(3) } }), day(5), null],
    [
      "off and on, and still",
      traces({ turnedOff: { at: day(3) }, isSuspendedNow: true }),
      day(5),
      { since: day(2), until: null, endedBy: null },
    ],
  ])("%s", (_, given, at, expected) => {
    expect(suspensionAt(at, given)).toEqual(expected);
  });
});
