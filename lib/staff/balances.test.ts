import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Pool } from "@/db/client";
import { rechargeRules } from "@/db/schema/recharge";
import { accountChecks } from "@/db/schema/staff";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { creditsOf } from "@/lib/credits";
import { allBalances, listBalances } from "./balances-service";
import { BALANCE_FILTERS, BALANCE_SORTS, type BalanceFilter, type BalanceList } from "./rules";
import { aStaffMember, staffPool } from "./staff.testing";

let base: TestDatabase;
let pool: Pool;
let staff: Context;

type Rule = Partial<typeof rechargeRules.$inferInsert>;

/** Accounts by a name that says what each is; amounts in thousandths. */
const ACCOUNTS: Record<string, { balance: bigint; rule?: Rule; spentWeek?: bigint; minute?: number }> = {
  "sms-a-above": { balance: 50_001n, rule: {}, minute: 3 },
  "sms-b-at-threshold": { balance: 50_000n, rule: {}, minute: 1 },
  "sms-c-below": { balance: 49_999n, rule: {}, minute: 4 },
  "sms-d-off": { balance: 10n, rule: { state: "off", thresholdThousandths: null, quantity: null } },
  "sms-e-never-set": { balance: 1n },
  "sms-f-zero": { balance: 0n },
  "sms-g-suspended": {
    balance: 90_000n,
    rule: { state: "suspended", suspensionReason: "payment_declined", suspendedAt: new Date(), declines: 4 },
  },
  "sms-h-declined-once": { balance: 90_000n, rule: { declines: 1 } },
  // A dead card outlives turning the rule off, and is then nothing to look at.
  "sms-i-off-and-dead": {
    balance: 90_000n,
    rule: {
      state: "off",
      thresholdThousandths: null,
      quantity: null,
      suspensionReason: "declined_for_good",
      suspendedAt: new Date(),
      declines: 1,
    },
  },
  "sms-j-a-day": { balance: 10_000n, spentWeek: 70_000n },
  "sms-k-over-a-day": { balance: 10_001n, spentWeek: 70_000n },
  "sms-l-unused": { balance: 10_000n, spentWeek: 0n },
};

beforeAll(async () => {
  base = await testDatabase();
  pool = staffPool(base);
  staff = await aStaffMember(base, pool, "support");
  await aCustomer(base.db, { customerId: "balances-ovh", name: "Bilance" });
  for (const [serviceName, { balance, rule, spentWeek, minute = 0 }] of Object.entries(ACCOUNTS)) {
    const key = { customerId: "balances-ovh", serviceName };
    const createdAt = new Date(Date.UTC(2026, 10, 2, 9, minute));
    await anSmsAccount(base.db, { ...key, balance: creditsOf(balance), createdAt });
    if (rule !== undefined) {
      const on = { state: "on", thresholdThousandths: 50_000n, quantity: 100 } as const;
      await base.db
        .insert(rechargeRules)
        .values({ ...key, ...on, version: 1, changedAt: createdAt, ...rule });
    }
    if (spentWeek !== undefined)
      await base.db.insert(accountChecks).values({ ...key, checkedAt: createdAt, spentWeek });
  }
});

afterAll(async () => {
  await pool.close();
  await base.close();
});

const FROM = "192.0.2.7";
const page = async (list: Partial<BalanceList>, more: { after?: string; limit?: number } = {}) => {
  const given = { filter: "all", sort: "customer", direction: "asc", from: FROM, ...list, ...more } as const;
  const found = await listBalances(staff, given);
  if (!found.ok) throw new Error(found.failure.code);
  return found.value;
};
const letters = (rows: readonly { readonly serviceName: string }[]) =>
  rows.map(({ serviceName }) => serviceName[4]).join("");

describe("what staff have to see first", () => {
  test.each([
    ["all", "abcdefghijkl"],
    // At the threshold is reached; off has none.
    ["below", "bc"],
    ["zero", "f"],
    ["suspended", "g"],
    ["failing", "gh"],
    // Exactly a day is within it; what is not used never runs out.
    ["dry", "j"],
  ] satisfies [BalanceFilter, string][])("%s: %s", async (filter, expected) => {
    expect(letters((await page({ filter })).rows)).toBe(expected);
  });

  test("each with its figures", async () => {
    const { rows } = await page({});
    const named = (letter: string) => rows.find(({ serviceName }) => serviceName[4] === letter);
    expect(named("c")).toMatchObject({
      customerId: "balances-ovh",
      customerName: "Bilance",
      balance: "49.999",
      rule: "on",
      threshold: "50",
      quantity: 100,
      lastEntryAt: "2026-11-02T09:04:00.000Z",
    });
    expect(named("g")).toMatchObject({
      rule: "suspended",
      suspensionReason: "payment_declined",
      declines: 4,
    });
    expect(named("j")).toMatchObject({ spentLastWeek: "70", hoursLeft: 24, runsDry: true });
    expect(named("k")).toMatchObject({ hoursLeft: 24, runsDry: false });
    expect(named("f")).toMatchObject({ balance: "0", lastEntryAt: null, hoursLeft: null, runsDry: false });
  });
});

describe("the order", () => {
  test.each([
    [{ sort: "balance", direction: "asc" }, "fedjlkcbaghi"],
    [{ sort: "balance", direction: "desc" }, "ihgabcklj" + "def"],
    [{ sort: "runs_out", direction: "asc" }, "jkabcdefghil"],
  ] satisfies [Partial<BalanceList>, string][])("%j: %s", async (list, expected) => {
    expect(letters((await page(list)).rows)).toBe(expected);
  });

  test("by the last entry, the newest first", async () => {
    const { rows } = await page({ sort: "last_entry", direction: "desc" });
    expect(letters(rows.slice(0, 3))).toBe("cab");
  });
});

describe("page by page nothing is left out and nothing comes twice", () => {
  const lists = BALANCE_FILTERS.flatMap((filter) =>
    BALANCE_SORTS.flatMap((sort) =>
      (["asc", "desc"] as const).map((direction) => ({ filter, sort, direction })),
    ),
  );

  test.each(lists)("$filter, $sort, $direction", async (list) => {
    const whole = letters((await page(list)).rows);
    let told = "";
    let after: string | undefined;
    do {
      const { rows, next } = await page(list, { limit: 2, ...(after !== undefined && { after }) });
      told += letters(rows);
      after = next ?? undefined;
    } while (after !== undefined);
    expect(told).toBe(whole);
  });

  test.each(["", "x", "1~balances-ovh", "9999999999999999999~a~b", "0~'; drop~sms-a"])(
    "a beginning that is none is the front: %j",
    async (after) => {
      expect(letters((await page({}, { after, limit: 1 })).rows)).toBe("a");
    },
  );
});

test("a file holds what the list holds", async () => {
  const parts = allBalances(staff, { filter: "failing", sort: "balance", direction: "desc", from: FROM });
  if (!parts.ok) throw new Error(parts.failure.code);
  const rows = [];
  for await (const part of parts.value) rows.push(...part);
  expect(letters(rows)).toBe("hg");
});
