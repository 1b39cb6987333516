import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { Caller } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { wholeCredits } from "@/lib/credits";
import { newLease } from "@/lib/leases/rules";
import { post } from "@/lib/ledger/service";
import { type CheckPace, checkSlice, checkState, lastCheck } from "./check-service";
import { takeSlice, writeProgress } from "./check-store";
import { metricsText } from "./metrics-service";

let base: TestDatabase;
let at: Date;
const now = () => at;
const as = (caller: Caller): Context => ({ caller, db: base.db, now });
const system = (): Context => as({ kind: "system", name: "test" });
const PACE: CheckPace = {
  limit: 2,
  maxEntries: 1000,
  restPerWork: 0,
  leastRestMs: 1000,
  leastRoundMs: 60_000,
};

beforeAll(async () => {
  base = await testDatabase();
});
beforeEach(() => {
  at = new Date();
});
afterAll(() => base.close());

const pass = (ms: number) => {
  at = new Date(at.getTime() + ms);
};

/** Slices until a round is over. */
async function round(pace = PACE) {
  const slices = [];
  for (;;) {
    pass(61_000);
    const slice = await checkSlice(system(), pace);
    if (slice === null) continue;
    slices.push(slice);
    if (slice.endsRound) return slices;
  }
}

test("goes round over all accounts in slices, and tells each customer when its balance was proved", async () => {
  const { customerId } = await aCustomer(base.db);
  const keys = [];
  for (let index = 0; index < 5; index += 1)
    keys.push(await anSmsAccount(base.db, { customerId, balance: wholeCredits(index) }));
  const slices = await round();
  expect(slices.length).toBeGreaterThan(2);
  expect(slices.every(({ accounts, failed }) => accounts <= 2 && failed.length === 0)).toBe(true);
  for (const { serviceName } of keys) {
    const own = as({ kind: "customer", customerId, userId: "u" });
    const check = await lastCheck(own, { customerId, serviceName });
    expect(check).toMatchObject({ ok: true, value: { problems: [] } });
    const stranger = as({ kind: "customer", customerId: "somebody-else", userId: "u" });
    expect(await lastCheck(stranger, { customerId, serviceName })).toMatchObject({
      failure: { code: "not_found" },
    });
  }
  const state = await checkState(as({ kind: "support", userId: "s", right: "support" }));
  expect(state).toMatchObject({ ok: true, value: { failing: [] } });
  expect(await checkState(as({ kind: "customer", customerId, userId: "u" }))).toMatchObject({ ok: false });
});

test("rests between slices, and of several workers one takes the slice", async () => {
  await round();
  expect(await checkSlice(system(), PACE)).toBeNull();
  pass(61_000);
  const taken = await Promise.all([1, 2, 3, 4].map(() => checkSlice(system(), PACE)));
  expect(taken.filter((slice) => slice !== null)).toHaveLength(1);
  // The next test begins at the front.
  await round();
});

test("a slice that took longer than its lease does not move back what others have done meanwhile", async () => {
  await round();
  pass(61_000);
  const { db } = base;
  const held = newLease(now(), 600_000);
  const slow = await takeSlice(db, now(), held);
  if (slow === null) throw new Error("no slice was due");
  pass(600_001);
  const [first] = await round();
  expect(first).toMatchObject({ accounts: 2 });
  pass(61_000);
  await checkSlice(system(), PACE);
  const progress = () => base.sql`select * from check_progress`;
  const before = await progress();
  const end = { last: slow.after, accounts: 1n, now: now(), dueAt: now() };
  expect(await writeProgress(db, held.lease, end)).toBe(false);
  expect(await progress()).toEqual(before);
  await round();
});

test("a slice ends with the account that brings it to so many entries, and the round goes on behind it", async () => {
  const { customerId } = await aCustomer(base.db);
  for (let index = 1; index <= 6; index += 1)
    await anSmsAccount(base.db, { customerId, balance: wholeCredits(index) });
  const whole = await round({ ...PACE, limit: 500 });
  const slices = await round({ ...PACE, limit: 500, maxEntries: 3 });
  const sum = (all: readonly { accounts: number }[]) =>
    all.reduce((total, { accounts }) => total + accounts, 0);
  expect(slices.length).toBeGreaterThan(2);
  expect(sum(slices)).toBe(sum(whole));
});

test("a balance that is not the sum of its entries is found, shown to staff and customer, and alarmed", async () => {
  const { customerId, serviceName } = await anSmsAccount(base.db, { balance: wholeCredits(100) });
  const key = { customerId, serviceName };
  await base.owner.sql`
    update ledger_accounts set balance = balance + 1
    where customer_id = ${customerId} and service_name = ${serviceName}`;
  const failed = (await round()).flatMap((slice) => slice.failed);
  expect(failed).toMatchObject([key]);
  const own = await lastCheck(as({ kind: "customer", customerId, userId: "u" }), key);
  expect(own.ok && own.value?.problems).not.toEqual([]);
  expect(await checkState(as({ kind: "support", userId: "s", right: "lead" }))).toMatchObject({
    value: { failing: [key] },
  });
  expect(await metricsText(system())).toContain("\nricarica_self_check_failed_accounts 1\n");

  await base.owner.sql`
    update ledger_accounts set balance = balance - 1
    where customer_id = ${customerId} and service_name = ${serviceName}`;
  await round();
  expect(await metricsText(system())).toContain("\nricarica_self_check_failed_accounts 0\n");
});

test("counts what messages used in the last week, and neither what is older nor what was bought or corrected", async () => {
  const created = new Date(at.getTime() - 20 * 24 * 3_600_000);
  const account = await anSmsAccount(base.db, { balance: wholeCredits(500), createdAt: created });
  const { customerId, serviceName } = account;
  const key = { customerId, serviceName };
  let keysMade = 0;
  const use = async (amount: number, daysAgo: number) => {
    keysMade += 1;
    const context = { ...system(), now: () => new Date(Date.now() - daysAgo * 24 * 3_600_000) };
    const posting = {
      account: key,
      amount: wholeCredits(amount),
      idempotencyKey: `message:w${keysMade.toString()}`,
    };
    const posted = await post(context, { ...posting, kind: "message", requestHash: "t" });
    if (!posted.ok) throw new Error(posted.failure.code);
  };
  await use(100, 9);
  await use(30, 6);
  await use(12, 1);
  const corrected = {
    account: key,
    amount: wholeCredits(7),
    idempotencyKey: "correction:w",
    requestHash: "t",
  };
  await post(
    { ...system(), now: () => new Date() },
    { ...corrected, kind: "correction", reason: "of a test" },
  );
  at = new Date();
  await round({ ...PACE, limit: 500 });
  const [row] = await base.sql<{ spent_week: bigint }[]>`
    select spent_week from account_checks where customer_id = ${customerId} and service_name = ${serviceName}`;
  expect(row?.spent_week).toBe(42_000n);
});
