import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { openDatabase } from "@/db/client";
import { aCustomer, anSmsAccount, type TestDatabase } from "@/db/testing";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Caller } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { type Credits, creditsOf, parseCredits } from "@/lib/credits";
import { type Result, valueOf } from "@/lib/failure";
import { post } from "@/lib/ledger/service";
import type { PayEngine } from "@/lib/orders/pay-engine";
import { payOrder, takeDueOrders } from "@/lib/orders/pay-service";
import { writePaymentMethod } from "@/lib/payments/store";
import { createSandboxGateway } from "@/lib/payments/sandbox-gateway/gateway";
import { claimCrossing, listUnanswered } from "./claim-service";
import { saveRule } from "./service";
import { createEngine, runWorker, type WorkerOptions } from "./worker";

/** A clock that a test sets. */
export class TestClock {
  #time = new Date("2026-11-02T09:00:00Z").getTime();
  readonly now = (): Date => new Date(this.#time);
  advance(ms: number): void {
    this.#time += ms;
  }
}

export const MINUTE_MS = 60_000;

export function credits(text: string): Credits {
  const amount = parseCredits(text);
  if (amount === null) throw new Error(`not an amount: ${text}`);
  return amount;
}

/** A customer with one SMS account and a card of its own that no other test instructs. */
export type Fixture = {
  readonly database: TestDatabase;
  readonly key: AccountKey;
  readonly token: string;
  readonly clock: TestClock;
  /** As the customer. */
  readonly customer: Context;
  /** As the worker. */
  readonly system: Context;
  readonly engine: PayEngine;
};

export async function makeFixture(
  database: TestDatabase,
  given: { balance?: string; card?: string | null; clock?: () => Date; createdAt?: Date } = {},
): Promise<Fixture> {
  const { customerId } = await aCustomer(database.db);
  const balance = credits(given.balance ?? "0");
  const { createdAt = new Date() } = given;
  const { serviceName } = await anSmsAccount(database.db, { customerId, balance, createdAt });
  const clock = new TestClock();
  const now = given.clock ?? clock.now;
  const token = given.card ?? `sandbox_visa:${customerId}`;
  if (given.card !== null) {
    await writePaymentMethod(database.db, customerId, { token, label: "Visa •••• 4242", changedAt: now() });
  }
  const context = (caller: Caller): Context => ({ caller, db: database.db, now });
  return {
    database,
    key: { customerId, serviceName },
    token,
    clock,
    customer: context({ kind: "customer", customerId, userId: "tester" }),
    system: context({ kind: "system", name: "test" }),
    engine: createEngine(database, {
      gateway: createSandboxGateway(database.db, { usualDelayMs: 0 }),
      report: (error, during) => {
        problems.push(`${during}: ${String(error)}`);
      },
    }),
  };
}

/** What engines of fixtures reported, for tests that expect something or nothing. */
export const problems: string[] = [];

/** Sets the rule as the customer does. */
export async function rule(fixture: Fixture, threshold: string, quantity: string): Promise<void> {
  valueOf(await saveRule(fixture.customer, fixture.key, { threshold, quantity }));
}

let keysMade = 0;

/** Uses credits up, as a send does. */
export async function spend(fixture: Fixture, amount: string): Promise<Result<unknown>> {
  keysMade += 1;
  const idempotencyKey = `message:test-${keysMade.toString()}`;
  return post(fixture.system, {
    kind: "message",
    account: fixture.key,
    amount: credits(amount),
    idempotencyKey,
    requestHash: "test",
  });
}

/** A worker's work until nothing is due any more. */
export async function runUntilIdle({ system, engine }: Pick<Fixture, "system" | "engine">): Promise<void> {
  for (;;) {
    const unanswered = await listUnanswered(system, 100);
    for (const open of unanswered) {
      const held = await claimCrossing(system, engine, open);
      if (held !== null) await payOrder(system, engine, held);
    }
    const due = await takeDueOrders(system, engine, 100);
    for (const held of due) await payOrder(system, engine, held);
    if (unanswered.length === 0 && due.length === 0) return;
  }
}

/** Everything that a recharge leaves behind, for one account. */
export async function outcomeOf({ database, key }: Pick<Fixture, "database" | "key">) {
  const { customerId, serviceName } = key;
  const { sql } = database;
  const [account] = await sql<
    { balance: bigint; sum: bigint; has_open_crossing: boolean; threshold: bigint | null }[]
  >`
    select balance, has_open_crossing, threshold, (select coalesce(sum(amount), 0)::int8 from entries m
      where m.customer_id = a.customer_id and m.service_name = a.service_name) as sum
    from ledger_accounts a where customer_id = ${customerId} and service_name = ${serviceName}`;
  if (account === undefined) throw new Error("no such account");
  const recharges = await sql<
    { state: string; credits: number; refusal_reason: string | null; attempts: number }[]
  >`
    select state, credits, refusal_reason, attempts from recharges
    where customer_id = ${customerId} and service_name = ${serviceName} order by crossing`;
  const orders = await sql<{ state: string; quantity: number; kind: string }[]>`
    select state, quantity, kind from orders
    where customer_id = ${customerId} and service_name = ${serviceName} order by order_id`;
  const charges = await sql<
    { outcome: string; amount_cents: bigint; idempotency_key: string; token: string }[]
  >`
    select outcome, amount_cents, idempotency_key, token from sandbox_gateway.charges
    where idempotency_key like ${`${customerId}:%`} order by created_at, idempotency_key`;
  const credited = await sql<{ kind: string; amount: bigint }[]>`
    select kind, amount from entries where customer_id = ${customerId} and service_name = ${serviceName}
      and kind in ('recharge', 'purchase') order by sequence`;
  const decisions = await sql<{ outcome: string; reason: string | null; decline_code: string | null }[]>`
    select outcome, reason, decline_code from decisions
    where customer_id = ${customerId} and service_name = ${serviceName} order by decision_id`;
  const crossings = await sql<{ crossing: number; closed: boolean }[]>`
    select crossing, closed_at is not null as closed from crossings
    where customer_id = ${customerId} and service_name = ${serviceName} order by crossing`;
  const [ruleRow] = await sql<{ state: string; suspension_reason: string | null; declines: number }[]>`
    select state, suspension_reason, declines from recharge_rules
    where customer_id = ${customerId} and service_name = ${serviceName}`;
  expect(account.balance).toBe(account.sum);
  return {
    balance: creditsOf(account.balance),
    threshold: account.threshold,
    recharges: [...recharges],
    orders: [...orders],
    charges: [...charges],
    paid: charges.filter((charge) => charge.outcome === "paid").length,
    credited: [...credited],
    decisions: decisions.map((one) => [one.outcome, one.reason].filter((part) => part !== null).join(" ")),
    crossings: [...crossings],
    rule: ruleRow ?? null,
  };
}

/** So many workers, each with a pool of its own as in a process of its own, for as long as `during` takes. */
export async function withWorkers(
  { url }: TestDatabase,
  count: number,
  during: () => Promise<void>,
  options: Partial<WorkerOptions> = {},
): Promise<string[]> {
  const stop = new AbortController();
  const reported: string[] = [];
  const pools = Array.from({ length: count }, () => openDatabase(url, { name: "worker" }));
  const report = (error: unknown, about: string) => reported.push(`${about}: ${String(error)}`);
  const workers = pools.map((pool) => runWorker({ pool, signal: stop.signal, report, ...options }));
  try {
    await during();
  } finally {
    stop.abort();
    await Promise.all(workers);
    await Promise.all(pools.map((pool) => pool.close()));
  }
  return reported;
}

/** Waits for what workers do by themselves. */
export async function until(isSo: () => Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error("it did not come to pass");
    await sleep(20);
  }
}
