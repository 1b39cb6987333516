import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import { creditsOf, wholeCredits } from "@/lib/credits";
import { balanceSeries, listEntries, type EntryFilter, entriesOfPeriod } from "./history-service";
import { findSequences } from "./history-store";
import type { LedgerEntry, EntryKind } from "./rules";
import { openLedgerAccount, post } from "./service";
import { verifyAccounts } from "./verify-service";

let database: TestDatabase;
let context: Context;
let account: AccountKey;
let all: LedgerEntry[];

const hour = 3_600_000;
const start = Date.parse("2026-03-27T00:00:00Z");

/** 120 entries, one an hour, over the night in which Italy's clocks change. */
beforeAll(async () => {
  database = await testDatabase();
  const now = () => new Date(start + 5 * 24 * hour);
  context = { caller: { kind: "system", name: "test" }, db: database.db, now };
  account = await anSmsAccount(database.db);
  await openLedgerAccount(context, account);
  all = [];
  for (let index = 0; index < 120; index += 1) {
    const kind: EntryKind = index % 10 === 0 ? "recharge" : index % 25 === 3 ? "purchase" : "message";
    const result = await post(context, {
      kind,
      account,
      amount: kind === "message" ? creditsOf(700n) : wholeCredits(100),
      idempotencyKey: `history:${index.toString()}`,
      requestHash: "f",
      at: new Date(start + index * hour),
    });
    if (!result.ok) throw new Error(result.failure.code);
    all.push(...result.value.entries);
  }
});
afterAll(() => database.close());

async function everyPage(
  filter: Omit<EntryFilter, "limit" | "before">,
  limit: number,
): Promise<LedgerEntry[]> {
  const found: LedgerEntry[] = [];
  let before: bigint | undefined;
  for (;;) {
    const page = await listEntries(context, account, { ...filter, limit, before });
    if (!page.ok) throw new Error(page.failure.code);
    found.push(...page.value.entries);
    if (page.value.next === null) return found;
    before = page.value.next;
  }
}

describe("the history", () => {
  const from = new Date(start + 20.5 * hour);
  const to = new Date(start + 90 * hour);
  const filters: [string, Omit<EntryFilter, "limit" | "before">][] = [
    ["of everything", {}],
    ["of recharges", { kinds: ["recharge"] }],
    ["of recharges and purchases", { kinds: ["recharge", "purchase"] }],
    ["of messages and purchases", { kinds: ["message", "purchase"] }],
    ["of a period", { from, to }],
    ["of recharges in a period", { kinds: ["recharge"], from, to }],
    ["since an instant", { from: to }],
    ["before an instant", { to: from }],
    ["of a period without entries", { from: new Date(start + 500 * hour) }],
    ["of a period that ends before it begins", { from: to, to: from }],
  ];

  test.each(filters)("%s is complete, newest first, whatever the size of a page", async (_, filter) => {
    const expected = all
      .filter((entry) => filter.kinds?.includes(entry.kind) ?? true)
      .filter((entry) => filter.from === undefined || entry.postedAt >= filter.from)
      .filter((entry) => filter.to === undefined || entry.postedAt < filter.to)
      .reverse();
    for (const limit of [1, 7, 10, 1000]) expect(await everyPage(filter, limit)).toEqual(expected);
  });

  test("finds any instant by halving", async () => {
    const instants = Array.from({ length: 250 }, (_, index) => new Date(start + (index - 5) * (hour / 2)));
    const expected = instants.map(
      (instant) => BigInt(all.filter((entry) => entry.postedAt < instant).length) + 1n,
    );
    expect(await findSequences(database.db, account, instants)).toEqual(expected);
  });

  test("of a period comes with the balances at its ends", async () => {
    const period = await entriesOfPeriod(context, account, { from, to });
    if (!period.ok) throw new Error(period.failure.code);
    const entries: LedgerEntry[] = [];
    for await (const part of period.value.entries) entries.push(...part);
    expect(entries).toEqual(all.filter(({ postedAt }) => postedAt >= from && postedAt < to));
    expect(entries.length).toBeGreaterThan(60);
    expect(period.value.opening).toBe(entries[0]?.balanceBefore);
    expect(period.value.closing).toBe(entries.at(-1)?.balanceAfter);
    const sum = entries.reduce((total, entry) => total + entry.amount, 0n);
    expect(period.value.opening + sum).toBe(period.value.closing);
  });

  test.each<[string, EntryKind[]]>([
    ["recharges", ["recharge"]],
    ["recharges and purchases", ["recharge", "purchase"]],
    ["messages", ["message"]],
  ])("of a period comes with its %s alone, and still with the balances at its ends", async (_, kinds) => {
    const whole = await entriesOfPeriod(context, account, { from, to });
    const some = await entriesOfPeriod(context, account, { from, to }, kinds);
    if (!whole.ok || !some.ok) throw new Error("refused");
    const entries: LedgerEntry[] = [];
    for await (const part of some.value.entries) entries.push(...part);
    expect(entries).toEqual(
      all.filter(({ kind, postedAt }) => kinds.includes(kind) && postedAt >= from && postedAt < to),
    );
    expect(entries.length).toBeGreaterThan(5);
    expect([some.value.opening, some.value.closing]).toEqual([whole.value.opening, whole.value.closing]);
  });

  test("of a stranger's account, or of none, is not found", async () => {
    const stranger: Context = { ...context, caller: { kind: "customer", customerId: "other", userId: "u" } };
    const notFound = { ok: false, failure: { code: "not_found" } };
    expect(await listEntries(stranger, account, { limit: 10 })).toEqual(notFound);
    expect(await entriesOfPeriod(stranger, account, {})).toEqual(notFound);
    expect(await balanceSeries(stranger, account, 10, "Europe/Rome")).toEqual(notFound);
    const none = { ...account, serviceName: "sms-none-1" };
    expect(await listEntries(context, none, { limit: 10 })).toEqual(notFound);
  });
});

test("the days of the plot end at the customer's midnight, also when the clocks change", async () => {
  const series = await balanceSeries(context, account, 6, "Europe/Rome");
  if (!series.ok) throw new Error(series.failure.code);
  // Midnight in Rome is 23:00 UTC until the night of the 29th, and 22:00 UTC from then on.
  const ends = ["27T23", "28T23", "29T22", "30T22", "31T22"].map((end) =>
    Date.parse(`2026-03-${end}:00:00Z`),
  );
  const expected = [...ends, Infinity].map((end, index) => {
    const before = all.filter((entry) => entry.postedAt.getTime() < end);
    const begins = ends[index - 1] ?? 0;
    const during = before.filter((entry) => entry.postedAt.getTime() >= begins);
    const recharges = during.filter(({ kind }) => kind === "recharge");
    const purchases = during.filter(({ kind }) => kind === "purchase");
    const sumOf = (entries: readonly LedgerEntry[]) => entries.reduce((sum, entry) => sum + entry.amount, 0n);
    return {
      day: index === 5 ? "2026-04-01" : `2026-03-${(27 + index).toString()}`,
      balance: before.at(-1)?.balanceAfter,
      recharges: recharges.length,
      recharged: sumOf(recharges),
      purchases: purchases.length,
      purchased: sumOf(purchases),
    };
  });
  expect(series.value).toEqual(expected);
});

test("the self-check names an account whose balance was tampered with, and only that one", async () => {
  const victim = await anSmsAccount(database.db, { balance: wholeCredits(10) });
  const { owner } = database;
  await owner.sql`update ledger_accounts set balance = balance + 1 where service_name = ${victim.serviceName}`;
  await owner.sql`update ledger_accounts set has_open_crossing = true where service_name = ${victim.serviceName}`;
  const key = { customerId: victim.customerId, serviceName: victim.serviceName };
  const { discrepancies } = await verifyAccounts(context, { after: null, limit: 100 });
  expect(discrepancies).toEqual([
    { ...key, problems: ["balance_is_not_the_sum", "balance_is_not_the_last", "crossings_do_not_fit"] },
  ]);
  // Slices meet every account once.
  const first = await verifyAccounts(context, { after: null, limit: 1 });
  const second = await verifyAccounts(context, { after: first.last, limit: 10 });
  expect([first.accounts, second.accounts, second.last]).toEqual([1, 1, null]);
  expect([...first.discrepancies, ...second.discrepancies]).toHaveLength(1);
});
