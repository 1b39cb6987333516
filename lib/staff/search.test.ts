import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Pool } from "@/db/client";
import { customers, smsAccounts } from "@/db/schema/accounts";
import { users } from "@/db/schema/access";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { eq } from "drizzle-orm";
import { searchEverything } from "./search-service";
import { aStaffMember, staffPool } from "./staff.testing";

let base: TestDatabase;
let pool: Pool;
let staff: Context;

beforeAll(async () => {
  base = await testDatabase();
  pool = staffPool(base);
  staff = await aStaffMember(base, pool, "support");
  const people: [string, string, string, string][] = [
    ["ab12345-ovh", "Trattoria da Mario", "mario@trattoria.example", "Mario Rossi"],
    ["ab12346-ovh", "Café Été S.r.l.", "contact@cafe-ete.example", "Anaïs Dupont"],
    ["rossi-ovh", "Officine Bianchi", "bianchi@officine.example", "Luisa Bianchi"],
    ["cd777-ovh", "Rossini Musica", "info@rossini.example", "Gioacchino R."],
    ["ef888-ovh", "Anna Rossi", "anna.rossi@posta.example", "Anna Rossi"],
    ["ef889-ovh", "Łódź Transport", "biuro@lodz.example", "Jan Kowalski"],
  ];
  for (const [customerId, name, email, person] of people) {
    await aCustomer(base.db, { customerId, name });
    await base.db
      .insert(users)
      .values({ id: `u-${customerId}`, name: person, email, role: "customer", customerId });
    const number = customerId.replace("-ovh", "");
    await anSmsAccount(base.db, { customerId, serviceName: `sms-${number}-1`, name: "Ordini" });
  }
  await anSmsAccount(base.db, {
    customerId: "ab12345-ovh",
    serviceName: "sms-ab12345-10",
    name: "Prenotazioni Milano",
  });
});

afterAll(async () => {
  await pool.close();
  await base.close();
});

const hitsFor = async (text: string, limit?: number) => {
  const found = await searchEverything(staff, { text, ...(limit !== undefined && { limit }) });
  if (!found.ok) throw new Error(found.failure.code);
  return found.value;
};
const first = async (text: string) => {
  const [hit] = await hitsFor(text);
  return hit && `${hit.kind} ${hit.serviceName ?? hit.customerId}`;
};

describe("the right one comes first", () => {
  const cases: [string, string][] = [
    ["ab12345-ovh", "customer ab12345-ovh"],
    ["AB12345-OVH ", "customer ab12345-ovh"],
    ["ab12345", "customer ab12345-ovh"],
    ["sms-ab12345-1", "account sms-ab12345-1"],
    ["sms-ab12345-10", "account sms-ab12345-10"],
    ["ab12345-10", "account sms-ab12345-10"],
    ["trattoria", "customer ab12345-ovh"],
    ["da mario", "customer ab12345-ovh"],
    ["mario trattoria", "customer ab12345-ovh"],
    ["mario rossi", "user ab12345-ovh"],
    ["rossi mario", "user ab12345-ovh"],
    ["anna.rossi@posta.example", "user ef888-ovh"],
    ["anna.rossi@", "user ef888-ovh"],
    ["trattoria.example", "user ab12345-ovh"],
    ["cafe ete", "customer ab12346-ovh"],
    ["CAFÉ", "customer ab12346-ovh"],
    ["anais", "user ab12346-ovh"],
    ["lodz", "customer ef889-ovh"],
    ["łódź", "customer ef889-ovh"],
    // A whole identifier before a name, and a whole word before a longer one.
    ["rossi", "customer rossi-ovh"],
    ["rossini", "customer cd777-ovh"],
    ["milano", "account sms-ab12345-10"],
    ["prenotazioni mil", "account sms-ab12345-10"],
  ];
  test.each(cases)("%s: %s", async (text, expected) => {
    expect(await first(text)).toBe(expected);
  });

  test("each thing once, however many of its words match", async () => {
    const hits = await hitsFor("anna rossi");
    const names = hits.map((hit) => `${hit.kind} ${hit.customerId} ${hit.serviceName ?? ""}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test("no more than asked for, and nothing for nothing", async () => {
    expect(await hitsFor("o", 3)).toHaveLength(3);
    expect(await hitsFor("")).toEqual([]);
    expect(await hitsFor(" -- ")).toEqual([]);
    expect(await hitsFor("no such thing")).toEqual([]);
    expect(await hitsFor("100%_\\'\"")).toEqual([]);
  });
});

describe("orders and payments", () => {
  test("are found by number and by reference, whole or nearly", async () => {
    const [order] = await base.sql<{ order_id: bigint }[]>`
      insert into orders (customer_id, service_name, kind, quantity, price_list, currency, unit_price_micros,
        unit_price_source, net_micros, net_cents, vat_basis_points, vat_cents, total_cents, state, idempotency_key,
        request_hash, created_at, due_at)
      values ('ab12345-ovh', 'sms-ab12345-1', 'purchase', 100, 'it', 'EUR', 42000, 'test', 4200000, 420, 2200, 92, 512,
        'open', ${randomUUID()}, 'x', now(), now()) returning order_id`;
    const number = String(order?.order_id);
    await base.sql`
      insert into payment_attempts (customer_id, order_id, attempt, idempotency_key, amount_cents, method_token,
        started_at, outcome, gateway_reference)
      values ('ab12345-ovh', ${number}::bigint, 1, 'k', 512, 't', now(), 'paid', 'pay_7XyZ-0001')`;
    expect(await hitsFor(`#${number}`)).toMatchObject([
      { kind: "order", orderId: number, matched: "order_id" },
    ]);
    for (const text of ["pay_7XyZ-0001", "pay_7Xy"]) {
      expect(await hitsFor(text)).toMatchObject([
        { kind: "payment", orderId: number, serviceName: "sms-ab12345-1", detail: "pay_7XyZ-0001" },
      ]);
    }
  });
});

test("a change of name is found at once, and the old name no longer", async () => {
  const { customerId } = await aCustomer(base.db, { name: "Vecchio Nome" });
  const { serviceName } = await anSmsAccount(base.db, { customerId, name: "Primavera" });
  await base.db.update(customers).set({ name: "Azienda Zeta" }).where(eq(customers.customerId, customerId));
  await base.db.update(smsAccounts).set({ name: "Autunno" }).where(eq(smsAccounts.customerId, customerId));
  expect(await first("azienda zeta")).toBe(`customer ${customerId}`);
  expect(await first("autunno")).toBe(`account ${serviceName}`);
  expect(await first("vecchio nome")).toBeUndefined();
  expect(await first("primavera")).toBeUndefined();
  expect(await first(customerId)).toBe(`customer ${customerId}`);
});

test("to a customer and to a program the search does not exist", async () => {
  const callers = [
    { kind: "customer", customerId: "ab12345-ovh", userId: "u" },
    { kind: "api_client", customerId: "ab12345-ovh", consumerKeyId: "1" },
    { kind: "system", name: "test" },
  ] as const;
  for (const caller of callers) {
    const found = await searchEverything({ ...staff, caller }, { text: "ab12345-ovh" });
    expect(found).toEqual({ ok: false, failure: { code: "not_found" } });
  }
});
