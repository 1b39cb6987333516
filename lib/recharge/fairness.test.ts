import { afterEach, beforeEach, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { buyCredits } from "@/lib/orders/service";
import type { PaymentGateway } from "@/lib/payments/gateway";
import { createSandboxGateway } from "@/lib/payments/sandbox-gateway/gateway";
import { valueOf } from "@/lib/failure";
import { makeFixture, type Fixture, outcomeOf, rule, spend, until, withWorkers } from "./recharge.testing";

let database: TestDatabase;
// A database for each: a worker takes whatever work it finds.
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.close());

/** More than a worker does at once. */
const MANY = 24;

const makeLiveFixture = async (): Promise<Fixture> => {
  const fixture = await makeFixture(database, { balance: "21", clock: () => new Date() });
  await rule(fixture, "20", "100");
  return fixture;
};

const buy = async (fixture: Fixture) =>
  valueOf(await buyCredits(fixture.customer, fixture.key, { quantity: 100, idempotencyKey: "by-hand" }));

/** A gateway that answers for one customer and for nobody else. */
function hangingButFor({ key }: Fixture): PaymentGateway & { readonly hanging: () => number } {
  const sandbox = createSandboxGateway(database.db, {
    usualDelayMs: 0,
  });
  let hanging = 0;
  const forever = <Answer>() => {
    hanging += 1;
    return new Promise<Answer>(() => undefined);
  };
  return {
    hanging: () => hanging,
    charge: (request) => (request.customerId === key.customerId ? sandbox.charge(request) : forever<never>()),
    find: (idempotencyKey) =>
      idempotencyKey.startsWith(`${key.customerId}:`) ? sandbox.find(idempotencyKey) : forever<never>(),
  };
}

const isCredited = (fixture: Fixture) => async () => (await outcomeOf(fixture)).credited.length > 0;

test("while the gateway hangs and crossings keep coming, a purchase by hand is paid", async () => {
  const crossing = await Promise.all(Array.from({ length: MANY }, makeLiveFixture));
  const buyer = await makeFixture(database, { clock: () => new Date() });
  const gateway = hangingButFor(buyer);
  const during = async () => {
    for (const fixture of crossing) valueOf(await spend(fixture, "1"));
    await until(() => Promise.resolve(gateway.hanging() > 3));
    await buy(buyer);
    await until(isCredited(buyer));
  };
  await withWorkers(database, 1, during, { gateway, gatewayTimeoutMs: 600_000 });
});

test("while it hangs and orders are due, a crossing is answered and paid", async () => {
  const buying = await Promise.all(
    Array.from({ length: MANY }, () => makeFixture(database, { clock: () => new Date() })),
  );
  const crosser = await makeLiveFixture();
  const gateway = hangingButFor(crosser);
  const during = async () => {
    for (const fixture of buying) await buy(fixture);
    await until(() => Promise.resolve(gateway.hanging() > 3));
    valueOf(await spend(crosser, "1"));
    await until(isCredited(crosser));
  };
  await withWorkers(database, 1, during, { gateway, gatewayTimeoutMs: 600_000 });
});
