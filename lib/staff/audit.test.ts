import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Pool } from "@/db/client";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import type { Result } from "@/lib/failure";
import { exportAccessLog, listAccessLog, listAccessLogOfCustomer, listStaff } from "./audit-service";
import { allBalances, listBalances } from "./balances-service";
import { recordAccess, recordAccessToListed } from "./access-log-service";
import { findAccount } from "./search-service";
import { aStaffMember, staffPool } from "./staff.testing";

type Member = Awaited<ReturnType<typeof aStaffMember>>;

let base: TestDatabase;
let pool: Pool;
let support: Member;
let lead: Member;
beforeAll(async () => {
  base = await testDatabase();
  pool = staffPool(base);
  support = await aStaffMember(base, pool, "support");
  lead = await aStaffMember(base, pool, "lead");
});
afterAll(async () => {
  await pool.close();
  await base.close();
});

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

const FROM = "192.0.2.7";
const as = (customerId: string): Context => ({
  caller: { kind: "customer", customerId, userId: "u" },
  db: base.db,
  now: () => new Date(),
});

test("an access tells who, whom, what, when, from where and for which ticket", async () => {
  const { customerId, serviceName } = await anSmsAccount(base.db);
  const before = new Date(Date.now() - 1000);
  valueOf(
    await recordAccess(support, { customerId, serviceName, what: "history", from: FROM, ticket: " T-77 " }),
  );
  const { accesses } = valueOf(await listAccessLogOfCustomer(lead, customerId));
  expect(accesses).toMatchObject([
    {
      customerId,
      serviceName,
      what: "history",
      address: FROM,
      ticket: "T-77",
      staffUserId: support.caller.userId,
      staffRight: "support",
    },
  ]);
  expect(new Date(accesses[0]?.at ?? 0) >= before).toBe(true);
});

test("the customer sees that staff looked, when and at what, and not who or from where", async () => {
  const { customerId, serviceName } = await anSmsAccount(base.db);
  valueOf(await recordAccess(support, { customerId, serviceName, what: "dossier", from: FROM }));
  expect(valueOf(await listAccessLogOfCustomer(as(customerId), customerId)).accesses).toMatchObject([
    {
      what: "dossier",
      serviceName,
      staffName: null,
      staffUserId: null,
      address: null,
      staffRight: "support",
    },
  ]);
  const stranger = as((await aCustomer(base.db)).customerId);
  expect(await listAccessLogOfCustomer(stranger, customerId)).toMatchObject({
    failure: { code: "not_found" },
  });
});

test.each(["x".repeat(61), "a\nb"])(
  "a ticket that is none is refused, and nothing is recorded: %j",
  async (ticket) => {
    const { customerId } = await anSmsAccount(base.db);
    const refused = await recordAccess(support, { customerId, what: "explanation", from: FROM, ticket });
    expect(refused).toMatchObject({ ok: false, failure: { code: "invalid_input" } });
    expect(valueOf(await listAccessLogOfCustomer(lead, customerId)).accesses).toEqual([]);
  },
);

describe("a list is an access to everybody whom it names, once each", () => {
  const LIST = { filter: "all", sort: "customer", direction: "desc", from: FROM } as const;
  const whatOf = async (customerId: string) =>
    valueOf(await listAccessLogOfCustomer(lead, customerId)).accesses.map(({ what, serviceName }) => [
      what,
      serviceName,
    ]);

  test("a page of balances, and nobody of the next page", async () => {
    // At the front of a list that goes backwards by customer.
    const first = await anSmsAccount(base.db, { ...(await aCustomer(base.db, { customerId: "zz-2-ovh" })) });
    await anSmsAccount(base.db, { customerId: first.customerId });
    const { customerId: second } = await anSmsAccount(base.db, {
      ...(await aCustomer(base.db, { customerId: "zz-1-ovh" })),
    });
    valueOf(await listBalances(support, { ...LIST, limit: 2 }));
    expect(await whatOf(first.customerId)).toEqual([["list", null]]);
    expect(await whatOf(second)).toEqual([]);
  });

  test("a file of balances, before a line of it is handed out", async () => {
    const { customerId } = await anSmsAccount(base.db);
    const parts = valueOf(allBalances(support, LIST));
    expect(await whatOf(customerId)).toEqual([]);
    for await (const part of parts) expect(part.length).toBeGreaterThan(0);
    expect(await whatOf(customerId)).toEqual([["export", null]]);
  });

  test("not for a customer, nor for nobody", async () => {
    const { customerId } = await anSmsAccount(base.db);
    const given = { customerIds: [customerId], what: "corrections", from: FROM } as const;
    expect(await recordAccessToListed(as(customerId), given)).toMatchObject({
      failure: { code: "not_found" },
    });
    valueOf(await recordAccessToListed(support, { ...given, customerIds: [] }));
    expect(await whatOf(customerId)).toEqual([]);
  });
});

test("a customer reads all accesses, a page at a time", async () => {
  const { customerId } = await aCustomer(base.db);
  for (const what of ["overview", "history", "dossier"] as const)
    valueOf(await recordAccess(support, { customerId, what, from: FROM }));
  const first = valueOf(await listAccessLogOfCustomer(as(customerId), customerId, { limit: 2 }));
  expect(first.accesses.map(({ what }) => what)).toEqual(["dossier", "history"]);
  const rest = { limit: 2, ...(first.next !== null && { before: first.next }) };
  const second = valueOf(await listAccessLogOfCustomer(as(customerId), customerId, rest));
  expect([second.accesses.map(({ what }) => what), second.next]).toEqual([["overview"], null]);
});

test("nobody looks at a customer who does not exist", async () => {
  const nobody = await recordAccess(support, { customerId: "nobody-ovh", what: "overview", from: FROM });
  expect(nobody).toMatchObject({ ok: false, failure: { code: "not_found" } });
});

test("a lead pages through the accesses of one person, counts them, and gets all of them for a file", async () => {
  const { customerId } = await aCustomer(base.db);
  const person = await aStaffMember(base, pool, "billing");
  for (const what of ["overview", "orders", "rule", "recharges", "history"] as const)
    valueOf(await recordAccess(person, { customerId, what, from: FROM }));
  const { userId } = person.caller;
  const first = valueOf(await listAccessLog(lead, { staffUserId: userId, limit: 2 }));
  expect(first.accesses.map(({ what }) => what)).toEqual(["history", "recharges"]);
  const second = valueOf(
    await listAccessLog(lead, { staffUserId: userId, limit: 2, before: first.next ?? "" }),
  );
  expect(second.accesses.map(({ what }) => what)).toEqual(["rule", "orders"]);
  const last = valueOf(
    await listAccessLog(lead, { staffUserId: userId, limit: 2, before: second.next ?? "" }),
  );
  expect([last.accesses.length, last.next]).toEqual([1, null]);
  expect(valueOf(await listStaff(lead)).find((one) => one.userId === userId)).toMatchObject({
    right: "billing",
    accesses: 5,
  });
  const all: string[] = [];
  for await (const part of valueOf(exportAccessLog(lead, { staffUserId: userId })))
    all.push(...part.map(({ what }) => what));
  expect(all).toHaveLength(5);
});

test("a lead reads the accesses of a period, from its first instant to the one before its last, and gets them for a file", async () => {
  const { customerId } = await aCustomer(base.db);
  valueOf(await recordAccess(support, { customerId, what: "rule", from: FROM }));
  const [only] = valueOf(await listAccessLog(lead, { customerId })).accesses;
  const at = Date.parse(only?.at ?? "");
  const next = at + 1;
  for (const [from, to, accesses] of [
    [at, next, 1],
    [at - 1, at, 0],
    [next, next + 1, 0],
  ] as const) {
    const period = { customerId, from: new Date(from), to: new Date(to) };
    expect(valueOf(await listAccessLog(lead, period)).accesses).toHaveLength(accesses);
    let inFile = 0;
    for await (const part of valueOf(exportAccessLog(lead, period))) inFile += part.length;
    expect(inFile).toBe(accesses);
  }
});

test("an account is found by its whole service name only, and by its customer where two have the name", async () => {
  const { customerId, serviceName } = await anSmsAccount(base.db);
  expect(await findAccount(support, serviceName)).toEqual({ ok: true, value: { customerId, serviceName } });
  const missing = { ok: false, failure: { code: "not_found" } };
  for (const text of [serviceName.slice(0, -1), serviceName.toUpperCase(), serviceName.slice(4), "", "sms-"])
    expect(await findAccount(support, text), text).toEqual(missing);
  const twin = await anSmsAccount(base.db, { serviceName });
  expect(await findAccount(support, serviceName)).toEqual(missing);
  expect(await findAccount(support, serviceName, twin.customerId)).toEqual({
    ok: true,
    value: { customerId: twin.customerId, serviceName },
  });
});
