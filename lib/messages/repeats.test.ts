import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { smsAccounts } from "@/db/schema/accounts";
import { valueOf } from "@/lib/failure";
import { send } from "./service";
import { IN, IT, senders } from "./messages.testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const { owner, withCredits, stateOf } = senders(() => database);

describe("the same key", () => {
  const input = () => ({ text: "ciao", recipients: `${IT}, ${IN}, ${IT}`, idempotencyKey: randomUUID() });

  test("sends once, and answers as the first time", async () => {
    const account = await withCredits("10");
    const once = input();
    const first = valueOf(await send(owner(account), account, once));
    await send(owner(account), account, { text: "altro", recipients: IT });
    const again = valueOf(await send(owner(account), account, once));
    expect(again).toEqual({ ...first, isRepeat: true });
    expect(await stateOf(account)).toMatchObject({ entries: 3, messages: 2, balance: 8500n });
  });

  test("answers as the first time also when it could not be sent any more", async () => {
    const account = await withCredits("0.8");
    const once = input();
    const first = valueOf(await send(owner(account), account, once));
    expect(first.balance).toBe("0");
    await database.db
      .update(smsAccounts)
      .set({ status: "disable" })
      .where(eq(smsAccounts.serviceName, account.serviceName));
    expect(valueOf(await send(owner(account), account, once))).toEqual({ ...first, isRepeat: true });
    expect(await send(owner(account), account, { ...once, text: "altro" })).toMatchObject({
      failure: { code: "conflict" },
    });
  });

  test("with other content is a conflict, and so is another account", async () => {
    const account = await withCredits("10");
    const other = await withCredits("10", { customerId: account.customerId });
    const once = input();
    valueOf(await send(owner(account), account, once));
    for (const changed of [
      { ...once, text: "ciao!" },
      { ...once, recipients: IT },
      { ...once, sender: "Ricarica" },
      { ...once, tag: "t" },
      { ...once, skipInvalid: true },
    ]) {
      expect(await send(owner(account), account, changed)).toEqual({
        ok: false,
        failure: { code: "conflict" },
      });
    }
    expect(await send(owner(account), other, once)).toEqual({ ok: false, failure: { code: "conflict" } });
    expect(await stateOf(account)).toMatchObject({ messages: 1 });
    expect(await stateOf(other)).toMatchObject({ messages: 0, balance: 10_000n });
  });

  test("of another customer is another key", async () => {
    const account = await withCredits("10");
    const other = await withCredits("10");
    const once = input();
    valueOf(await send(owner(account), account, once));
    expect(valueOf(await send(owner(other), other, once)).isRepeat).toBe(false);
  });

  test("of a refused send is free again", async () => {
    const account = await withCredits("0.1");
    const once = { text: "ciao", recipients: IT, idempotencyKey: randomUUID() };
    expect(await send(owner(account), account, once)).toMatchObject({
      failure: { code: "insufficient_credits" },
    });
    expect(await send(owner(account), account, { ...once, recipients: IN })).toMatchObject({ ok: true });
  });

  test("from sixty-four requests at the same moment sends once", async () => {
    const account = await withCredits("100");
    const once = input();
    const answers = await Promise.all(Array.from({ length: 64 }, () => send(owner(account), account, once)));
    const sent = answers.map(valueOf);
    expect(new Set(sent.map((one) => one.messageId)).size).toBe(1);
    expect(new Set(sent.map((one) => one.balance))).toEqual(new Set(["99.2"]));
    expect(sent.filter((one) => !one.isRepeat)).toHaveLength(1);
    expect(await stateOf(account)).toMatchObject({ entries: 2, messages: 1, recipients: 2 });
  });
});

test("sends at the same moment spend no credit twice, and each has its rows or none", async () => {
  const account = await withCredits("20");
  const answers = await Promise.all(
    Array.from({ length: 64 }, (_, index) =>
      send(owner(account), account, { text: `ciao ${index}`, recipients: [IT, IN] }),
    ),
  );
  expect(answers.filter((answer) => answer.ok)).toHaveLength(25);
  for (const answer of answers) {
    if (!answer.ok) expect(answer.failure).toMatchObject({ code: "insufficient_credits", requested: "0.8" });
  }
  expect(await stateOf(account)).toMatchObject({ balance: 0n, messages: 25, recipients: 50, cost: 20_000n });
});
