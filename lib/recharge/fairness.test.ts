import { afterEach, beforeEach, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { buyCredits } from "@/lib/orders/service";
import type { PaymentGateway } from "@/lib/payments/gateway";
import { createSandboxGateway } from "@/lib/payments/sandbox-gateway/gateway";
import { aBench, type Bench, outcomeOf, rule, spend, until, valueOf, withWorkers } from "./recharge.testing";

let database: TestDatabase;
// A database for each: a worker takes whatever work it finds.
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.close());

/** More than a worker does at once. */
const MANY = 24;

const aLiveBench = async (): Promise<Bench> => {
  const bench = await aBench(database, { balance: "21", clock: () => new Date() });
  await rule(bench, "20", "100");
  return bench;
};

const buy = async (bench: Bench) =>
  valueOf(await buyCredits(bench.customer, bench.key, { quantity: 100, idempotencyKey: "by-hand" }));

/** A gateway that answers for one customer and for nobody else. */
function hangingButFor({ key }: Bench): PaymentGateway & { readonly hanging: () => number } {
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

const isCredited = (bench: Bench) => async () => (await outcomeOf(bench)).credited.length > 0;

test("while the gateway hangs and crossings keep coming, a purchase by hand is paid", async () => {
  const crossing = await Promise.all(Array.from({ length: MANY }, aLiveBench));
  const buyer = await aBench(database, { clock: () => new Date() });
  const gateway = hangingButFor(buyer);
  const during = async () => {
    for (const bench of crossing) valueOf(await spend(bench, "1"));
    await until(() => Promise.resolve(gateway.hanging() > 3));
    await buy(buyer);
    await until(isCredited(buyer));
  };
  await withWorkers(database, 1, during, { gateway, gatewayTimeoutMs: 600_000 });
});

test("while it hangs and orders are due, a crossing is answered and paid", async () => {
  const buying = await Promise.all(
    Array.from({ length: MANY }, () => aBench(database, { clock: () => new Date() })),
  );
  const crosser = await aLiveBench();
  const gateway = hangingButFor(crosser);
  const during = async () => {
    for (const bench of buying) await buy(bench);
    await until(() => Promise.resolve(gateway.hanging() > 3));
    valueOf(await spend(crosser, "1"));
    await until(isCredited(crosser));
  };
  await withWorkers(database, 1, during, { gateway, gatewayTimeoutMs: 600_000 });
});
