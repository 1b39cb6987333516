import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { centsOf } from "@/lib/money";
import { type ChargeRequest, PaymentKeyReused, PaymentUnknown } from "../gateway";
import { createSandboxGateway, instructSandbox } from "./gateway";
import { parsePlan, planOfCard, SANDBOX_CARDS } from "./rules";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

let made = 0;
function aCharge(given: Partial<ChargeRequest> = {}): ChargeRequest {
  made += 1;
  const own = made.toString();
  return {
    idempotencyKey: `key-${own}`,
    customerId: "c",
    token: `sandbox_visa:${own}`,
    amountCents: centsOf(512n),
    currency: "EUR",
    reference: "100001",
    ...given,
  };
}
const gateway = () => createSandboxGateway(database.db, { usualDelayMs: 0 });
const countOf = async ({ idempotencyKey }: ChargeRequest) =>
  (await database.sql`select 1 from sandbox_gateway.charges where idempotency_key = ${idempotencyKey}`)
    .length;

describe("a key", () => {
  test("charges once, however often and however concurrently it is sent", async () => {
    const charge = aCharge();
    const outcomes = await Promise.all(Array.from({ length: 16 }, () => gateway().charge(charge)));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(outcomes[0]).toEqual({ kind: "paid", gatewayReference: `sandbox:${charge.idempotencyKey}` });
    expect(await countOf(charge)).toBe(1);
  });

  test("with other content is refused, whatever differs", async () => {
    const charge = aCharge();
    await gateway().charge(charge);
    for (const other of [
      { amountCents: centsOf(513n) },
      { token: "sandbox_mastercard" },
      { currency: "PLN" },
    ]) {
      await expect(gateway().charge({ ...charge, ...other })).rejects.toThrow(PaymentKeyReused);
    }
  });

  test("keeps its decline, also when the card would pay by now", async () => {
    const charge = aCharge();
    await instructSandbox(database.db, charge.token, ["decline:insufficient_funds"]);
    const first = await gateway().charge(charge);
    expect(first).toMatchObject({ kind: "declined", code: "insufficient_funds", final: false });
    expect(await gateway().charge(charge)).toEqual(first);
    expect(await gateway().charge({ ...charge, idempotencyKey: `${charge.idempotencyKey}:2` })).toMatchObject(
      {
        kind: "paid",
      },
    );
  });
});

describe("an answer that is lost", () => {
  test("before the effect: nothing happened, and the same key then charges", async () => {
    const charge = aCharge();
    await instructSandbox(database.db, charge.token, ["time_out_before"]);
    await expect(gateway().charge(charge)).rejects.toThrow(PaymentUnknown);
    expect(await gateway().find(charge.idempotencyKey)).toBeNull();
    expect(await gateway().charge(charge)).toMatchObject({ kind: "paid" });
  });

  test("after the effect: the money has moved, and the key finds it", async () => {
    const charge = aCharge();
    await instructSandbox(database.db, charge.token, ["time_out_after"]);
    await expect(gateway().charge(charge)).rejects.toThrow(PaymentUnknown);
    expect(await gateway().find(charge.idempotencyKey)).toMatchObject({ kind: "paid" });
    expect(await gateway().charge(charge)).toMatchObject({ kind: "paid" });
    expect(await countOf(charge)).toBe(1);
  });
});

test.each<[string, object]>([
  ["sandbox_visa", { kind: "paid" }],
  ["sandbox_no_funds", { kind: "declined", code: "insufficient_funds", final: false }],
  ["sandbox_expired", { kind: "declined", code: "expired_card", final: true }],
  ["sandbox_authentication", { kind: "needs_authentication" }],
  ["card_of_nobody", { kind: "declined", code: "unknown_card", final: true }],
])("the card %s: %j", async (token, outcome) => {
  expect(await gateway().charge(aCharge({ token }))).toMatchObject(outcome);
});

test.each(["sandbox_lost_request", "sandbox_lost_answer"])(
  "the card %s loses the first try of each key",
  async (token) => {
    const charge = aCharge({ token });
    await expect(gateway().charge(charge)).rejects.toThrow(PaymentUnknown);
    expect(await gateway().charge(charge)).toMatchObject({ kind: "paid" });
    await expect(gateway().charge(aCharge({ token }))).rejects.toThrow(PaymentUnknown);
  },
);

test("instructions are for one card, used up one by one, and refused when they make no sense", async () => {
  const { token } = aCharge();
  await instructSandbox(database.db, token, ["decline:do_not_honor", "delay:1 approve"]);
  expect(await gateway().charge(aCharge())).toMatchObject({ kind: "paid" });
  expect(await gateway().charge(aCharge({ token }))).toMatchObject({ kind: "declined" });
  expect(await gateway().charge(aCharge({ token }))).toMatchObject({ kind: "paid" });
  await expect(instructSandbox(database.db, token, ["explode"])).rejects.toThrow("explode");
});

test("every card on offer has an instruction that can be read", () => {
  for (const card of SANDBOX_CARDS) expect(planOfCard(card.token)).toEqual(parsePlan(card.instruction));
});
