import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Carrier, Handover } from "@/lib/carrier/carrier";
import { createSandboxCarrier } from "@/lib/carrier/sandbox-carrier/carrier";
import type { Context } from "@/lib/context";
import { wholeCredits } from "@/lib/credits";
import type { Result } from "@/lib/failure";
import { RECEIPTS_FOR_MS, waitAfterFailure, waitForReceipts } from "./delivery-rules";
import { carryDue, type CarryEngine } from "./delivery-service";
import { runDeliveries } from "./delivery-worker";
import { getOutgoing } from "./outgoing-service";
import { send } from "./service";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const SENT_AT = new Date("2026-11-25T10:00:00Z");
const after = (ms: number) => new Date(SENT_AT.getTime() + ms);
const FINE = "+393990000001";

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

async function aMessage(recipients: readonly string[] = [FINE]) {
  const account = await anSmsAccount(database.db, { balance: wholeCredits(9000) });
  const caller = { kind: "customer", customerId: account.customerId, userId: "u" } as const;
  const context: Context = { caller, db: database.db, now: () => SENT_AT };
  const input = { text: "ciao", recipients: [...recipients], skipInvalid: false };
  const { messageId } = valueOf(await send(context, account, input));
  return { account, context, messageId };
}

type AMessage = Awaited<ReturnType<typeof aMessage>>;
const detailOf = async ({ account, context, messageId }: AMessage) =>
  valueOf(await getOutgoing(context, account, messageId));

/** A worker at a moment. Only the messages of this file are due, so that it takes its own. */
const worker = (now: Date): Context => ({
  caller: { kind: "system", name: "delivery" },
  db: database.db,
  now: () => now,
});
const carrierAt = (now: Date) => createSandboxCarrier(database.db, { now: () => now });
const engineAt = (now: Date, given: Partial<CarryEngine> = {}): CarryEngine => ({
  carrier: carrierAt(now),
  leaseMs: 60_000,
  carrierTimeoutMs: 5000,
  report: (error) => {
    throw error;
  },
  ...given,
});
const carryAt = (now: Date, given: Partial<CarryEngine> = {}) =>
  carryDue(worker(now), engineAt(now, given), 100);

const handoversOf = async (messageId: string) =>
  (await database.sql`select 1 from sandbox_carrier.handovers where idempotency_key = ${messageId}`).length;

describe("a message that was sent", () => {
  test("is handed over, and its recipients' receipts come in until there is one for each", async () => {
    const message = await aMessage([FINE, "+393990009901", "+393990009904"]);
    expect((await detailOf(message)).delivery).toEqual({
      state: "waiting",
      failures: 0,
      delivered: 0,
      undelivered: 0,
    });
    await carryAt(SENT_AT);
    expect((await detailOf(message)).delivery).toMatchObject({ state: "handed", delivered: 0 });
    await carryAt(after(6000));
    const early = await detailOf(message);
    expect(early.delivery).toMatchObject({ state: "handed", delivered: 1, undelivered: 1 });
    expect(early.to.map(({ receipt }) => receipt?.code)).toEqual([null, "unknown_number", undefined]);
    await carryAt(after(30_000));
    const whole = await detailOf(message);
    expect(whole.delivery).toMatchObject({ state: "ended", delivered: 2, undelivered: 1 });
    expect(whole.to[2]?.receipt).toEqual({
      outcome: "delivered",
      code: null,
      receivedAt: after(15_000).toISOString(),
    });
    expect(await carryAt(after(100_000_000))).toBe(0);
  });

  test("is not given back when it does not arrive: what was carried is paid", async () => {
    const message = await aMessage(["+393990009901"]);
    await carryAt(SENT_AT);
    await carryAt(after(10_000));
    expect((await detailOf(message)).delivery).toMatchObject({ state: "ended", undelivered: 1 });
    const [{ balance } = { balance: 0n }] = await database.sql<{ balance: bigint }[]>`
      select balance from ledger_accounts where service_name = ${message.account.serviceName}`;
    expect(balance).toBe(8_999_300n);
  });

  test("to ten thousand recipients has ten thousand receipts", async () => {
    const numbers = Array.from({ length: 10_003 }, (_, index) => `+39399${String(1_000_000 + index)}`).filter(
      (number) => !/990[567]$/.test(number),
    );
    const message = await aMessage(numbers);
    await carryAt(SENT_AT);
    for (let round = 0; round < 7; round += 1) await carryAt(after(60_000 + round));
    const { delivery, to } = await detailOf(message);
    expect(delivery).toMatchObject({ state: "ended" });
    expect((delivery?.delivered ?? 0) + (delivery?.undelivered ?? 0)).toBe(10_000);
    expect(
      to.filter(({ number, receipt }) => (receipt?.outcome === "undelivered") !== /990[123]$/.test(number)),
    ).toEqual([]);
  }, 60_000);

  test("whose carrier never says what became of a recipient ends after two days, and says so", async () => {
    const message = await aMessage([FINE, "+393990009905"]);
    await carryAt(SENT_AT);
    await carryAt(after(RECEIPTS_FOR_MS - 1));
    expect((await detailOf(message)).delivery).toMatchObject({ state: "handed", delivered: 1 });
    await carryAt(after(RECEIPTS_FOR_MS + 3_600_000));
    const { delivery, to } = await detailOf(message);
    expect(delivery).toMatchObject({ state: "ended", delivered: 1, undelivered: 1 });
    expect(to[1]?.receipt).toMatchObject({ outcome: "undelivered", code: "no_receipt" });
  });
});

describe("a carrier that fails", () => {
  test.each(["9906", "9907"])(
    "by losing what it is asked (%s) is asked again, and carries it once",
    async (ending) => {
      const message = await aMessage([`+39399000${ending}`]);
      const reported: unknown[] = [];
      const report = (error: unknown) => reported.push(error);
      await carryAt(SENT_AT, { report });
      expect(reported).toHaveLength(1);
      expect((await detailOf(message)).delivery).toMatchObject({ state: "waiting", failures: 1 });
      expect(await carryAt(after(waitAfterFailure(1) - 1))).toBe(0);
      await carryAt(after(waitAfterFailure(1)));
      await carryAt(after(60_000));
      expect((await detailOf(message)).delivery).toMatchObject({ state: "ended", delivered: 1, failures: 0 });
      expect(await handoversOf(message.messageId)).toBe(1);
    },
  );

  test("by not answering is given up on in time and asked again", async () => {
    const message = await aMessage();
    const silent: Carrier = { ...carrierAt(SENT_AT), take: () => new Promise(() => undefined) };
    await carryAt(SENT_AT, { carrier: silent, carrierTimeoutMs: 20, report: () => undefined });
    expect((await detailOf(message)).delivery).toMatchObject({ state: "waiting", failures: 1 });
    await carryAt(after(3000));
    await carryAt(after(60_000));
    expect((await detailOf(message)).delivery).toMatchObject({ state: "ended", delivered: 1 });
  });

  test("is asked less and less often, and at least every quarter of an hour", () => {
    expect([1, 2, 3, 4].map(waitAfterFailure)).toEqual([2000, 4000, 8000, 16_000]);
    expect(waitAfterFailure(1000)).toBe(900_000);
    expect(waitForReceipts(SENT_AT, SENT_AT)).toBe(1000);
    expect(waitForReceipts(SENT_AT, after(60_000))).toBe(15_000);
    expect(waitForReceipts(SENT_AT, after(86_400_000))).toBe(900_000);
  });
});

describe("a worker that dies", () => {
  test.each([
    ["when the carrier has taken the message and nothing is written", 0],
    ["when receipts have been read and nothing is written", 5000],
  ])("%s leaves one outcome to the next worker", async (_, ms) => {
    const message = await aMessage();
    if (ms > 0) await carryAt(SENT_AT);
    let reached: () => void = () => undefined;
    const isReached = new Promise<void>((resolve) => (reached = resolve));
    // It hangs where it would have died; what it holds is free when its lease ends.
    const dead = carryAt(after(ms), { onAnswered: () => (reached(), new Promise<void>(() => undefined)) });
    void dead;
    await isReached;
    expect(await carryAt(after(ms + 59_999))).toBe(0);
    await carryAt(after(ms + 60_000));
    await carryAt(after(ms + 120_000));
    expect((await detailOf(message)).delivery).toMatchObject({ state: "ended", delivered: 1 });
    expect(await handoversOf(message.messageId)).toBe(1);
  });

  test("and comes back to life writes nothing over what another one did", async () => {
    const message = await aMessage();
    await carryAt(SENT_AT);
    let goOn: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (goOn = resolve));
    let reached: () => void = () => undefined;
    const isReached = new Promise<void>((resolve) => (reached = resolve));
    const slow = carryAt(after(5000), { onAnswered: () => (reached(), late) });
    await isReached;
    await carryAt(after(65_000));
    goOn();
    await slow;
    expect((await detailOf(message)).delivery).toMatchObject({
      state: "ended",
      delivered: 1,
      undelivered: 0,
    });
  });
});

test("many workers take each message once", async () => {
  const taken: string[] = [];
  const counting: Carrier = {
    ...carrierAt(SENT_AT),
    take: ({ idempotencyKey }: Handover) => Promise.resolve(void taken.push(idempotencyKey)),
  };
  const messages = await Promise.all(Array.from({ length: 24 }, () => aMessage()));
  await Promise.all(
    Array.from({ length: 8 }, () => carryDue(worker(SENT_AT), engineAt(SENT_AT, { carrier: counting }), 5)),
  );
  for (let left = 1; left > 0;) left = await carryAt(SENT_AT, { carrier: counting });
  expect(taken.sort()).toEqual(messages.map(({ messageId }) => messageId).sort());
  // Nobody has them: the sandbox never heard of them.
  await carryAt(after(RECEIPTS_FOR_MS));
});

test("what is refused is not on its way, and the message and its delivery are written together", async () => {
  const account = await anSmsAccount(database.db, { balance: 100n as never });
  const caller = { kind: "customer", customerId: account.customerId, userId: "u" } as const;
  const context: Context = { caller, db: database.db, now: () => SENT_AT };
  expect(
    await send(context, account, { text: "ciao", recipients: [FINE], skipInvalid: false }),
  ).toMatchObject({
    ok: false,
  });
  expect(await deliveriesOf(account)).toBe(0);
  const { account: paid } = await aMessage();
  expect(await deliveriesOf(paid)).toBe(1);
  await carryAt(SENT_AT);
  await carryAt(after(60_000));
});

const deliveriesOf = async ({ customerId }: AccountKey) =>
  (await database.sql`select 1 from deliveries where customer_id = ${customerId}`).length;

test("a receipt stays as it was written, and a delivery ends with its last one, by the database", async () => {
  const message = await aMessage();
  await carryAt(SENT_AT);
  await carryAt(after(60_000));
  const { customerId } = message.account;
  await expect(
    database.sql`update delivery_receipts set outcome = 'undelivered' where customer_id = ${customerId}`,
  ).rejects.toThrow("permission denied");
  await expect(
    database.owner.sql`delete from delivery_receipts where customer_id = ${customerId}`,
  ).rejects.toThrow("append-only");
  await expect(
    database.owner.sql`update deliveries set delivered = 0 where customer_id = ${customerId}`,
  ).rejects.toThrow("delivery_ends_with_its_last_receipt");
});

test("another customer's message has no way that could be seen", async () => {
  const message = await aMessage();
  const stranger = (await aMessage()).account;
  const context: Context = {
    ...message.context,
    caller: { kind: "customer", customerId: stranger.customerId, userId: "x" },
  };
  expect(await getOutgoing(context, message.account, message.messageId)).toMatchObject({
    failure: { code: "not_found" },
  });
  expect(await getOutgoing(context, stranger, message.messageId)).toMatchObject({
    failure: { code: "not_found" },
  });
  await carryAt(SENT_AT);
  await carryAt(after(60_000));
});

test("the worker carries by itself, and stops when it is told to", async () => {
  const stop = new AbortController();
  const reported: unknown[] = [];
  const running = runDeliveries({
    pool: database,
    signal: stop.signal,
    pollMs: 20,
    report: (error) => reported.push(error),
  });
  const message = await aMessage();
  await expect.poll(async () => (await detailOf(message)).delivery?.state, { timeout: 15_000 }).toBe("ended");
  stop.abort();
  await running;
  expect(reported).toEqual([]);
}, 20_000);
