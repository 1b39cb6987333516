import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { payOrder } from "@/lib/orders/pay-service";
import type { PayEngine, PayStep } from "@/lib/orders/pay-engine";
import { type ChargeOutcome, type PaymentGateway, PaymentUnknown } from "@/lib/payments/gateway";
import { claimCrossing, listUnanswered } from "./claim-service";
import { makeRuledFixture, waitOut } from "./decline.testing";
import { type Fixture, outcomeOf, runUntilIdle, spend } from "./recharge.testing";

/*
 * Gateways may forget the keys that they were given. Against one that does, a payment that may have taken place is
 * charged twice by whoever does not ask for it first, which one that remembers would hide.
 */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** Charges at every call, whatever the key. It knows what it charged under each key. */
class ForgetfulGateway implements PaymentGateway {
  readonly charged: string[] = [];
  loseAnswers = false;

  charge({ idempotencyKey }: { readonly idempotencyKey: string }): Promise<ChargeOutcome> {
    this.charged.push(idempotencyKey);
    if (this.loseAnswers) return Promise.reject(new PaymentUnknown("the answer was lost"));
    return Promise.resolve(paid(idempotencyKey));
  }

  find(idempotencyKey: string): Promise<ChargeOutcome | null> {
    return Promise.resolve(this.charged.includes(idempotencyKey) ? paid(idempotencyKey) : null);
  }
}

const paid = (gatewayReference: string): ChargeOutcome => ({ kind: "paid", gatewayReference });

async function aFixture() {
  const gateway = new ForgetfulGateway();
  const made = await makeRuledFixture(database);
  const fixture: Fixture = { ...made, engine: { ...made.engine, gateway } };
  await spend(fixture, "10");
  return { gateway, fixture };
}

/** Works until a step, where the process is gone with everything that it knew. */
async function dieAt(fixture: Fixture, at: PayStep): Promise<void> {
  let die: () => void = () => undefined;
  const died = new Promise<void>((resolve) => (die = resolve));
  const onStep: PayEngine["onStep"] = (step) => {
    if (step !== at) return;
    die();
    return new Promise<never>(() => undefined);
  };
  const engine = { ...fixture.engine, onStep };
  const [open] = await listUnanswered(fixture.system, 1, fixture.key.customerId);
  const held = open === undefined ? null : await claimCrossing(fixture.system, engine, open);
  if (held === null) throw new Error("there was nothing to claim");
  void payOrder(fixture.system, engine, held);
  await died;
  fixture.clock.advance(engine.leaseMs);
}

test.each(["paying", "asked"] as const)("who finishes what died at %s charges once", async (step) => {
  const { gateway, fixture } = await aFixture();
  await dieAt(fixture, step);
  await runUntilIdle(fixture);
  expect(gateway.charged).toHaveLength(1);
  const outcome = await outcomeOf(fixture);
  expect(outcome).toMatchObject({ recharges: [{ state: "credited", attempts: 1 }], balance: 120_000n });
});

test("a payment whose answer was lost is asked for, and not charged again", async () => {
  const { gateway, fixture } = await aFixture();
  gateway.loseAnswers = true;
  await runUntilIdle(fixture);
  expect(gateway.charged).toHaveLength(1);
  gateway.loseAnswers = false;
  await waitOut(fixture);
  expect(gateway.charged).toHaveLength(1);
  expect(await outcomeOf(fixture)).toMatchObject({ recharges: [{ state: "credited" }], balance: 120_000n });
});
