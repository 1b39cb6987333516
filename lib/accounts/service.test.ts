import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { rechargeRules } from "@/db/schema/recharge";
import type { Caller } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { wholeCredits } from "@/lib/credits";
import type { AccountKey } from "./rules";
import {
  createAccount,
  createCustomer,
  getAccount,
  listAccounts,
  renameAccount,
  setAccountStatus,
} from "./service";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const as = (caller: Caller): Context => ({ caller, db: database.db, now: () => new Date() });
const owner = ({ customerId }: { customerId: string }) => as({ kind: "customer", customerId, userId: "u1" });
const support = () => as({ kind: "support", userId: "s1", right: "support" });
const system = () => as({ kind: "system", name: "test" });
const notFound = { ok: false, failure: { code: "not_found" } };
const notAllowed = { ok: false, failure: { code: "not_allowed" } };

describe("a customer's accounts", () => {
  test("are listed with balance and rule, by service name, and without anyone else's", async () => {
    const { customerId } = await aCustomer(database.db);
    const first = await anSmsAccount(database.db, {
      customerId,
      serviceName: "sms-list-1",
      balance: wholeCredits(7),
    });
    await anSmsAccount(database.db, { customerId, serviceName: "sms-list-2" });
    await anSmsAccount(database.db);
    await database.db.insert(rechargeRules).values({
      customerId,
      serviceName: first.serviceName,
      state: "on",
      thresholdThousandths: 5000n,
      quantity: 100,
      version: 1,
      changedAt: new Date(),
    });
    expect(await listAccounts(owner(first), customerId)).toMatchObject({
      ok: true,
      value: [
        { serviceName: "sms-list-1", balance: 7000n, rule: "on", threshold: 5000n, quantity: 100 },
        { serviceName: "sms-list-2", balance: 0n, rule: "off", threshold: null, quantity: null },
      ],
    });
  });

  test("are read by their owner and by support, and do not exist for a stranger", async () => {
    const account = await anSmsAccount(database.db);
    const stranger = owner(await aCustomer(database.db));
    for (const context of [owner(account), support(), system()]) {
      expect(await getAccount(context, account)).toMatchObject({
        ok: true,
        value: {
          serviceName: account.serviceName,
          priceList: "it",
          timeZone: "Europe/Rome",
          status: "enable",
        },
      });
      expect(await listAccounts(context, account.customerId)).toMatchObject({ ok: true });
    }
    expect(await getAccount(stranger, account)).toEqual(notFound);
    expect(await listAccounts(stranger, account.customerId)).toEqual(notFound);
  });

  test("that do not exist answer as those of others do", async () => {
    const account = await anSmsAccount(database.db);
    const other = await anSmsAccount(database.db);
    const keys: AccountKey[] = [
      { customerId: account.customerId, serviceName: "sms-nobody-1" },
      { customerId: account.customerId, serviceName: other.serviceName },
    ];
    for (const key of keys) expect(await getAccount(owner(account), key)).toEqual(notFound);
  });
});

describe("changing an account", () => {
  test("is for its owner; a stranger does not find it, and support may not", async () => {
    const account = await anSmsAccount(database.db);
    const stranger = owner(await aCustomer(database.db));
    expect(await renameAccount(stranger, account, { name: "Altro" })).toEqual(notFound);
    expect(await renameAccount(support(), account, { name: "Altro" })).toEqual(notAllowed);
    expect(await setAccountStatus(stranger, account, "disable")).toEqual(notFound);
    expect(await setAccountStatus(support(), account, "disable")).toEqual(notAllowed);
    expect(await getAccount(support(), account)).toMatchObject({
      value: { name: account.name, status: "enable" },
    });
    expect(await renameAccount(owner(account), account, { name: "  Promemoria  " })).toEqual({
      ok: true,
      value: { name: "Promemoria" },
    });
    expect(await setAccountStatus(owner(account), account, "disable")).toMatchObject({ ok: true });
    expect(await getAccount(support(), account)).toMatchObject({
      value: { name: "Promemoria", status: "disable" },
    });
  });

  test.each([
    [{ name: "" }, "name_empty"],
    [{ name: "   " }, "name_empty"],
    [{ name: "a".repeat(61) }, "name_too_long"],
    [{ name: "a\u0000b" }, "name_has_control_characters"],
    [{}, "name_empty"],
    [null, "name_empty"],
    [{ name: 7 }, "name_empty"],
  ])("refuses the name of %j", async (input, problem) => {
    const account = await anSmsAccount(database.db);
    expect(await renameAccount(owner(account), account, input)).toMatchObject({
      failure: { code: "invalid_input", fields: { name: { problem } } },
    });
  });
});

describe("the operator", () => {
  test("opens contracts and accounts, each once; nobody else does", async () => {
    const customer = { customerId: "nuovo-test", name: "Nuovo", priceList: "it", timeZone: "Europe/Rome" };
    const account = { serviceName: "sms-nuovo-1", name: "Primo" };
    expect(await createCustomer(support(), customer)).toEqual(notAllowed);
    expect(await createCustomer(owner(customer), customer)).toEqual(notAllowed);
    expect(await createCustomer(system(), customer)).toMatchObject({ value: { created: true } });
    expect(await createCustomer(system(), { ...customer, name: "Altro" })).toMatchObject({
      value: { created: false },
    });
    expect(await createAccount(owner(customer), customer.customerId, account)).toEqual(notAllowed);
    expect(await createAccount(system(), customer.customerId, account)).toMatchObject({
      value: { created: true },
    });
    expect(await createAccount(system(), customer.customerId, account)).toMatchObject({
      value: { created: false },
    });
    expect(await getAccount(owner(customer), { ...customer, ...account })).toMatchObject({
      value: { name: "Primo", customerName: "Nuovo", balance: 0n, rule: "off" },
    });
  });
});
