import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { claimAnswer, dropClaim, writeAnswer } from "@/lib/credentials/admission-store";
import { wholeCredits } from "@/lib/credits";
import { takeSlice, writeProgress } from "@/lib/health/check-store";
import { moveDelivery, takeDueDeliveries } from "@/lib/messages/delivery-store";
import { send } from "@/lib/messages/service";
import { placeOrder } from "@/lib/orders/service";
import { moveOrder, readOrder, releaseOrder, takeOrders } from "@/lib/orders/store";
import { type Lease, leaseEnd, newLease } from "./rules";
import type { Taking } from "./store";

/* What each table that is leased promises, through the functions by which its slice takes and writes it. */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const LEASE_MS = 30_000;
const START = new Date("2026-11-02T09:00:00Z");
const after = (ms: number) => new Date(START.getTime() + ms);

/** One row of a table, and what its owners do with it. */
type Subject = {
  /** True if it is now held under this lease. */
  readonly take: (now: Date, held: Lease) => Promise<boolean>;
  /** A step of the owner. False if its lease has gone to somebody else. */
  readonly write: (lease: string) => Promise<boolean>;
  readonly release: (lease: string) => Promise<unknown>;
  readonly row: () => Promise<unknown>;
};

async function aDueOrder(customerId: string) {
  const { serviceName } = await anSmsAccount(database.db, { customerId });
  const context = { caller: { kind: "system", name: "test" }, db: database.db, now: () => START } as const;
  const account = { customerId, serviceName };
  const placed = await placeOrder(context, {
    account,
    kind: "purchase",
    quantity: 100,
    idempotencyKey: randomUUID(),
  });
  if (!placed.ok) throw new Error(JSON.stringify(placed.failure));
  return placed.value.order;
}

async function aDueMessage(customerId: string) {
  const account = await anSmsAccount(database.db, { customerId, balance: wholeCredits(10) });
  const caller = { kind: "customer", customerId, userId: "u" } as const;
  const context = { caller, db: database.db, now: () => START };
  const input = { text: "ciao", recipients: ["+393990000001"], skipInvalid: false };
  const sent = await send(context, account, input);
  if (!sent.ok) throw new Error(JSON.stringify(sent.failure));
  return { customerId, messageId: sent.value.messageId };
}

async function anOrder(): Promise<Subject> {
  const { customerId } = await aCustomer(database.db);
  const { account, orderId } = await aDueOrder(customerId);
  const order = await readOrder(database.db, customerId, orderId);
  if (order === null) throw new Error("the order is gone");
  return {
    take: async (now, held) =>
      (await takeOrders(database.db, { now, limit: 10, held, customerId })).length > 0,
    write: async (lease) => {
      const step = { attempts: 1, heldUntil: leaseEnd(START, LEASE_MS) };
      return (await moveOrder(database.db, { account, orderId }, lease, "paying", step)) !== null;
    },
    release: (lease) => releaseOrder(database.db, order, lease),
    row: () => database.sql`select * from orders where order_id = ${orderId.toString()}`,
  };
}

async function aDelivery(): Promise<Subject> {
  const { customerId } = await aCustomer(database.db);
  const message = await aDueMessage(customerId);
  return {
    take: async (now, held) =>
      (await takeDueDeliveries(database.db, { now, limit: 10, held, customerId })).length > 0,
    write: (lease) =>
      moveDelivery(database.db, message, lease, { state: "handed", handedAt: START, dueAt: START }),
    release: (lease) => moveDelivery(database.db, message, lease, { dueAt: START }),
    row: () => database.sql`select * from deliveries where message_id = ${message.messageId}`,
  };
}

async function anAnswer(): Promise<Subject> {
  const { customerId } = await aCustomer(database.db);
  const claim = { customerId, idempotencyKey: randomUUID(), requestHash: "same" };
  const { idempotencyKey } = claim;
  return {
    take: async (now, held) => (await claimAnswer(database.db, claim, now, held)) === null,
    write: (lease) =>
      writeAnswer(database.db, customerId, idempotencyKey, lease, { status: 200, body: "{}" }),
    release: (lease) => dropClaim(database.db, customerId, idempotencyKey, lease),
    row: () => database.sql`select * from api_answers where idempotency_key = ${idempotencyKey}`,
  };
}

async function theChecks(): Promise<Subject> {
  await database.sql`update check_progress set lease = null, leased_until = null, due_at = 'epoch'`;
  const end = { last: null, accounts: 1n, now: START, dueAt: START };
  return {
    take: async (now, held) => (await takeSlice(database.db, now, held)) !== null,
    write: (lease) => writeProgress(database.db, lease, end),
    release: (lease) => writeProgress(database.db, lease, end),
    row: () => database.sql`select * from check_progress`,
  };
}

describe.each([
  ["orders", anOrder],
  ["deliveries", aDelivery],
  ["answers of the API", anAnswer],
  ["health checks", theChecks],
])("the lease of %s", (_, aSubject) => {
  test("of several takers at once one has it, and only its writes are done", async () => {
    const subject = await aSubject();
    const leases = Array.from({ length: 8 }, () => newLease(START, LEASE_MS));
    const taken = await Promise.all(leases.map((held) => subject.take(START, held)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const written: boolean[] = [];
    for (const { lease } of leases) written.push(await subject.write(lease));
    expect(written).toEqual(taken);
  });

  test("an owner that died keeps it until the lease ends, and not a millisecond longer", async () => {
    const subject = await aSubject();
    expect(await subject.take(START, newLease(START, LEASE_MS))).toBe(true);
    for (const ms of [0, LEASE_MS - 1])
      expect(await subject.take(after(ms), newLease(after(ms), LEASE_MS))).toBe(false);
    expect(await subject.take(after(LEASE_MS), newLease(after(LEASE_MS), LEASE_MS))).toBe(true);
  });

  test("an owner that was paused, and comes back after another took over, writes nothing and is told", async () => {
    const subject = await aSubject();
    const [paused, next] = [newLease(START, LEASE_MS), newLease(after(LEASE_MS), LEASE_MS)];
    expect(await subject.take(START, paused)).toBe(true);
    expect(await subject.take(after(LEASE_MS), next)).toBe(true);
    const row = await subject.row();
    expect(await subject.write(paused.lease)).toBe(false);
    await subject.release(paused.lease);
    expect(await subject.row()).toEqual(row);
    expect(await subject.write(next.lease)).toBe(true);
    expect(await subject.row()).not.toEqual(row);
  });

  test("a taker whose clock is ahead takes it too early, and the first owner is told at its next write", async () => {
    const subject = await aSubject();
    const [first, early] = [newLease(START, LEASE_MS), newLease(after(2 * LEASE_MS), LEASE_MS)];
    expect(await subject.take(START, first)).toBe(true);
    expect(await subject.take(after(2 * LEASE_MS), early)).toBe(true);
    expect(await subject.write(first.lease)).toBe(false);
    expect(await subject.write(early.lease)).toBe(true);
  });

  test("an owner that was paused, and after whom nobody came, goes on", async () => {
    const subject = await aSubject();
    const held = newLease(START, 1);
    expect(await subject.take(START, held)).toBe(true);
    expect(await subject.write(held.lease)).toBe(true);
  });

  test("what is let go of can be taken at once", async () => {
    const subject = await aSubject();
    const held = newLease(START, LEASE_MS);
    expect(await subject.take(START, held)).toBe(true);
    await subject.release(held.lease);
    expect(await subject.take(START, newLease(START, LEASE_MS))).toBe(true);
  });
});

const QUEUES = [
  [
    "orders",
    async (customerId: string) => (await aDueOrder(customerId)).orderId.toString(),
    async (taking: Taking) =>
      (await takeOrders(database.db, taking)).map(({ orderId }) => orderId.toString()),
    (id: string) => `select 1 from orders where order_id = ${id} for update`,
  ],
  [
    "deliveries",
    async (customerId: string) => (await aDueMessage(customerId)).messageId,
    async (taking: Taking) =>
      (await takeDueDeliveries(database.db, taking)).map(({ messageId }) => messageId),
    (id: string) => `select 1 from deliveries where message_id = '${id}' for update`,
  ],
] as const;

describe.each(QUEUES)("the queue of %s", (_, aDue, take, lock) => {
  const NOW = after(1000);
  const takeAs = (limit: number, now = NOW) => take({ now, limit, held: newLease(now, LEASE_MS) });
  // What other tests have left is taken out of the way.
  const empty = async () => {
    while ((await takeAs(100, after(60_000))).length > 0);
  };

  test("many takers at once, over many customers, take each row once and leave none", async () => {
    await empty();
    const due: string[] = [];
    for (let customer = 0; customer < 4; customer += 1) {
      const { customerId } = await aCustomer(database.db);
      for (let row = 0; row < 4; row += 1) due.push(await aDue(customerId));
    }
    const first = (await Promise.all([1, 2, 3, 4].map(() => takeAs(3)))).flat();
    const rest = await takeAs(100);
    expect(first.length).toBeLessThanOrEqual(12);
    expect([...first, ...rest].toSorted()).toEqual(due.toSorted());
  });

  test("takes no more than asked for, and nothing that is not due yet", async () => {
    await empty();
    const { customerId } = await aCustomer(database.db);
    for (let row = 0; row < 3; row += 1) await aDue(customerId);
    expect(await takeAs(10, after(-1))).toEqual([]);
    expect(await takeAs(2)).toHaveLength(2);
    expect(await takeAs(2)).toHaveLength(1);
  });

  test("a row that somebody changes at this moment is passed over, not waited for", async () => {
    await empty();
    const { customerId } = await aCustomer(database.db);
    const [locked, free] = [await aDue(customerId), await aDue(customerId)];
    await database.owner.sql.begin(async (tx) => {
      await tx.unsafe(lock(locked));
      expect(await takeAs(10)).toEqual([free]);
    });
    expect(await takeAs(10)).toEqual([locked]);
  });
});
