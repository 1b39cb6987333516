import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Pool } from "@/db/client";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Caller } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { wholeCredits } from "@/lib/credits";
import { explainMoment } from "@/lib/explain/service";
import type { Result } from "@/lib/failure";
import { exportAccessLog, listAccessLog, listAccessLogOfCustomer, listStaff } from "./audit-service";
import { allBalances, listBalances } from "./balances-service";
import {
  approveCorrection,
  listCorrections,
  rejectCorrection,
  requestCorrection,
} from "./corrections-service";
import { getDossier } from "./dossier-service";
import { getCustomerFile } from "./customer-service";
import { recordAccess, recordAccessToListed } from "./access-log-service";
import { findAccount, searchEverything } from "./search-service";
import { aStaffMember, staffPool } from "./staff.testing";

let base: TestDatabase;
let pool: Pool;
let key: AccountKey;
const contexts = new Map<string, Context>();

beforeAll(async () => {
  base = await testDatabase();
  pool = staffPool(base);
  const { customerId } = await aCustomer(base.db);
  const { serviceName } = await anSmsAccount(base.db, { customerId, balance: wholeCredits(500) });
  key = { customerId, serviceName };
  const other = await aCustomer(base.db);
  const now = () => new Date();
  const callers: Record<string, Caller> = {
    owner: { kind: "customer", customerId, userId: "owner" },
    customer: { kind: "customer", customerId: other.customerId, userId: "other" },
    program: { kind: "api_client", customerId, consumerKeyId: "1" },
    system: { kind: "system", name: "test" },
  };
  for (const [name, caller] of Object.entries(callers)) contexts.set(name, { caller, db: pool.db, now });
  for (const right of ["support", "billing", "lead"] as const) {
    contexts.set(right, await aStaffMember(base, pool, right));
  }
});

afterAll(async () => {
  await pool.close();
  await base.close();
});

const PEOPLE = ["owner", "customer", "program", "system", "support", "billing", "lead"] as const;
type Person = (typeof PEOPLE)[number];
type Answer = "ok" | "not_found" | "not_allowed";

const FROM = "192.0.2.1";
const LIST = { filter: "all", sort: "customer", direction: "asc", from: FROM } as const;
const correct = (context: Context) =>
  requestCorrection(context, base.db, key, {
    amount: "1.5",
    reason: "a reason that is long enough",
    idempotencyKey: randomUUID(),
  });

/** A correction that waits, of somebody who is not asked about. */
async function waiting(): Promise<string> {
  const requester = await aStaffMember(base, pool, "billing");
  const input = { amount: "5", reason: "a reason that is long enough", idempotencyKey: randomUUID() };
  const made = await requestCorrection(requester, base.db, key, input, { fourEyesAbove: 1 });
  if (!made.ok) throw new Error(made.failure.code);
  return made.value.correctionId;
}

type Verb = (context: Context) => Promise<Result<unknown>>;
type Case = { readonly verb: Verb; readonly answers: Partial<Record<Person, Answer>> };

/** Whoever is not named gets `not_found`. */
const STAFF = { support: "ok", billing: "ok", lead: "ok" } as const;
const LEAD = { lead: "ok" } as const;
const BILLING = { support: "not_allowed", billing: "ok", lead: "not_allowed" } as const;

const CASES: Record<string, Case> = {
  search: { verb: (context) => searchEverything(context, { text: key.customerId }), answers: STAFF },
  "an account by its service name": {
    verb: (context) => findAccount(context, key.serviceName),
    answers: STAFF,
  },
  "the list of balances": { verb: (context) => listBalances(context, LIST), answers: STAFF },
  "the file of balances": { verb: (context) => Promise.resolve(allBalances(context, LIST)), answers: STAFF },
  "what only staff see": { verb: (context) => getDossier(context, key), answers: STAFF },
  "an access": {
    verb: (context) => recordAccess(context, { customerId: key.customerId, what: "overview", from: FROM }),
    answers: STAFF,
  },
  "accesses to whom a list names": {
    verb: (context) =>
      recordAccessToListed(context, { customerIds: [key.customerId], what: "list", from: FROM }),
    answers: STAFF,
  },
  "a customer as a whole": { verb: (context) => getCustomerFile(context, key.customerId), answers: STAFF },
  // Of the customer's own record alone: nothing in it is for staff only.
  "why it was charged": {
    verb: (context) => explainMoment(context, key, { at: new Date() }),
    answers: { ...STAFF, owner: "ok", program: "ok", system: "ok" },
  },
  "accesses of a customer": {
    verb: (context) => listAccessLogOfCustomer(context, key.customerId),
    answers: { ...LEAD, owner: "ok" },
  },
  "accesses of everybody": { verb: (context) => listAccessLog(context), answers: LEAD },
  "the file of accesses": { verb: (context) => Promise.resolve(exportAccessLog(context)), answers: LEAD },
  "who accesses": { verb: (context) => listStaff(context), answers: LEAD },
  "corrections, to look at": { verb: (context) => listCorrections(context, { key }), answers: STAFF },
  "a correction": { verb: correct, answers: BILLING },
  "an approval": {
    verb: async (context) => approveCorrection(context, base.db, key.customerId, await waiting()),
    answers: BILLING,
  },
  "a rejection": {
    verb: async (context) => rejectCorrection(context, base.db, key.customerId, await waiting()),
    answers: BILLING,
  },
};

describe.each(Object.entries(CASES))("%s", (_, { verb, answers }) => {
  test.each(PEOPLE)("%s", async (person) => {
    const context = contexts.get(person);
    if (context === undefined) throw new Error(person);
    const before = await everything();
    const result = await verb(context);
    const expected = answers[person] ?? "not_found";
    expect(result.ok ? "ok" : result.failure.code).toBe(expected);
    // A refusal moves nothing.
    if (expected !== "ok") expect((await everything()).entries).toBe(before.entries);
  });
});

test("what is refused leaves no access behind", async () => {
  const before = await everything();
  const customer = contexts.get("owner");
  if (customer === undefined) throw new Error("owner");
  await listBalances(customer, LIST);
  await recordAccess(customer, { customerId: key.customerId, what: "overview", from: FROM });
  expect((await everything()).accesses).toBe(before.accesses);
});

async function everything(): Promise<{ entries: number; accesses: number }> {
  const [row] = await base.owner.sql<{ entries: number; accesses: number }[]>`
    select (select count(*) from entries)::int as entries, (select count(*) from access_log)::int as accesses`;
  if (row === undefined) throw new Error("no answer");
  return row;
}
