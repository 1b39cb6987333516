import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { rechargeRules } from "@/db/schema/recharge";
import { smsAccounts } from "@/db/schema/accounts";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Caller } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { parseCredits } from "@/lib/credits";
import type { Result } from "@/lib/failure";
import { forgetRates } from "@/lib/rates/service";
import { getOutgoing, listOutgoing } from "./outgoing-service";
import { estimate, send } from "./service";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const as = (caller: Caller, now = new Date()): Context => ({ caller, db: database.db, now: () => now });
const owner = ({ customerId }: { customerId: string }) => as({ kind: "customer", customerId, userId: "u1" });
const support = () => as({ kind: "support", userId: "s1", right: "support" });

const IT = "+39 399 000 0001";
const IN = "+91 99999 00001";
const FR = "+33 1 99 00 00 01";

const withCredits = (credits: string, given: Partial<AccountKey> = {}) =>
  anSmsAccount(database.db, { ...given, balance: parseCredits(credits) ?? expect.fail() });

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** All that the database holds of an account's credits and messages. */
async function stateOf({ customerId, serviceName }: AccountKey) {
  const [account] = await database.sql<{ balance: bigint; sum: bigint; last: bigint; movements: number }[]>`
    select balance, (select count(*)::int from movements m where (m.customer_id, m.service_name) = (a.customer_id, a.service_name)) movements,
      (select coalesce(sum(amount), 0)::int8 from movements m where (m.customer_id, m.service_name) = (a.customer_id, a.service_name)) sum,
      coalesce((select balance_after from movements m where (m.customer_id, m.service_name) = (a.customer_id, a.service_name)
        order by sequence desc limit 1), 0) last
    from ledger_accounts a where customer_id = ${customerId} and service_name = ${serviceName}`;
  const [sent] = await database.sql<{ messages: number; recipients: number; cost: bigint }[]>`
    select count(distinct m.message_id)::int messages, count(r.*)::int recipients,
      coalesce(sum(r.credit_thousandths), 0)::int8 cost
    from messages m left join message_recipients r using (customer_id, message_id)
    where customer_id = ${customerId} and service_name = ${serviceName}`;
  if (account === undefined || sent === undefined) throw new Error("no such account");
  expect(account.sum).toBe(account.balance);
  expect(account.last).toBe(account.balance);
  return { ...account, ...sent };
}

describe("a message that is sent", () => {
  test("costs each recipient the rate of its country, for each part, in one movement", async () => {
    const account = await withCredits("100");
    const text = "a".repeat(161);
    const sent = valueOf(await send(owner(account), account, { text, recipients: `${IT}, ${IN}\n${FR}` }));
    expect(sent).toMatchObject({
      ...{ encoding: "gsm7", characters: 161, parts: 2, recipients: 3, repeated: 0, invalid: [] },
      ...{ credits: "3.6", balance: "96.4", isRepeat: false },
    });
    expect(await stateOf(account)).toMatchObject({
      balance: 96_400n,
      movements: 2,
      messages: 1,
      recipients: 3,
    });
    const [movement] = await database.sql`
      select kind, amount, reference from movements where service_name = ${account.serviceName} and kind = 'message'`;
    expect(movement).toEqual({ kind: "message", amount: -3600n, reference: `message:${sent.messageId}` });
    expect(valueOf(await getOutgoing(owner(account), account, sent.messageId))).toMatchObject({
      ...{ text, parts: 2, credits: "3.6", recipients: 3, sender: null },
      to: [
        { number: "+393990000001", country: "IT", rate: "0.7", credits: "1.4" },
        { number: "+919999900001", country: "IN", rate: "0.1", credits: "0.2" },
        { number: "+33199000001", country: "FR", rate: "1", credits: "2" },
      ],
    });
  });

  test("to a number that stands there twice is sent to it once", async () => {
    const account = await withCredits("10");
    const sent = valueOf(
      await send(owner(account), account, { text: "ciao", recipients: [IT, IT, "0039 3990000001"] }),
    );
    expect(sent).toMatchObject({ recipients: 1, repeated: 2, credits: "0.7", balance: "9.3" });
  });

  test("keeps the text to the letter", async () => {
    const account = await withCredits("10");
    const text = `{"a", NULL}\\ 'x' \r\n€😀 \u00a0`;
    const { messageId } = valueOf(
      await send(owner(account), account, { text, recipients: IT, sender: "Ricarica", tag: 'a "b", {c}' }),
    );
    expect(valueOf(await getOutgoing(owner(account), account, messageId))).toMatchObject({
      ...{ text, encoding: "ucs2", sender: "Ricarica", tag: 'a "b", {c}' },
    });
  });

  test("keeps the rate at which it was charged when the list changes", async () => {
    const account = await withCredits("20");
    const { messageId } = valueOf(
      await send(owner(account), account, { text: "ciao", recipients: "+376312345" }),
    );
    await database.owner.sql`
      update destination_rates set credit_thousandths = 9000 where price_list = 'it' and country = 'AD'`;
    forgetRates();
    expect(valueOf(await getOutgoing(owner(account), account, messageId)).to).toMatchObject([
      { rate: "3", credits: "3" },
    ]);
    expect(
      valueOf(await send(owner(account), account, { text: "ciao", recipients: "+376312345" })).credits,
    ).toBe("9");
  });

  test("to ten thousand recipients, some repeated and some invalid, is one message of one movement", async () => {
    const account = await withCredits("8000");
    const recipients = [
      ...Array.from({ length: 10_000 }, (_, index) => `+39 399 ${String(1_000_000 + index)}`),
      ...Array.from({ length: 500 }, (_, index) => `0039399${String(1_000_000 + index)}`),
      ...Array.from({ length: 100 }, (_, index) => `numero ${index}`),
    ].join("\n");
    const sent = valueOf(
      await send(owner(account), account, { text: "ciao", recipients, skipInvalid: true }),
    );
    expect(sent).toMatchObject({ recipients: 10_000, repeated: 500, credits: "7000", balance: "1000" });
    expect(sent.invalid).toHaveLength(100);
    expect(await stateOf(account)).toMatchObject({
      movements: 2,
      messages: 1,
      recipients: 10_000,
      cost: 7_000_000n,
    });
    expect(
      await send(owner(account), account, {
        text: "ciao",
        recipients: `${recipients}\n${FR}`,
        skipInvalid: true,
      }),
    ).toMatchObject({
      failure: {
        fields: { recipients: { problem: "recipients_too_many", values: { count: 10_001, most: 10_000 } } },
      },
    });
  });
});

describe("who may send", () => {
  test("the owner; a stranger does not find the account; support may not", async () => {
    const account = await withCredits("10");
    const stranger = owner(await aCustomer(database.db));
    const input = { text: "ciao", recipients: IT };
    expect(await send(stranger, account, input)).toEqual({ ok: false, failure: { code: "not_found" } });
    expect(await send(support(), account, input)).toEqual({ ok: false, failure: { code: "not_allowed" } });
    expect(await estimate(stranger, account, input)).toEqual({ ok: false, failure: { code: "not_found" } });
    expect(await listOutgoing(stranger, account, { limit: 10 })).toMatchObject({
      failure: { code: "not_found" },
    });
    expect(await stateOf(account)).toMatchObject({ balance: 10_000n, messages: 0 });
    const sent = valueOf(await send(owner(account), account, input));
    expect(await getOutgoing(stranger, account, sent.messageId)).toMatchObject({
      failure: { code: "not_found" },
    });
    expect(await getOutgoing(support(), account, sent.messageId)).toMatchObject({ ok: true });
  });

  test("a program of the customer may, and the message says so", async () => {
    const account = await withCredits("10");
    const program = as({ kind: "api_client", customerId: account.customerId, consumerKeyId: "k7" });
    expect(await send(program, account, { text: "ciao", recipients: IT })).toMatchObject({ ok: true });
    const rows = await database.sql`select sent_by from messages where service_name = ${account.serviceName}`;
    expect(rows).toEqual([{ sent_by: "api:k7" }]);
  });

  test("a message of another account of the same customer is not found", async () => {
    const account = await withCredits("10");
    const other = await withCredits("10", { customerId: account.customerId });
    const sent = valueOf(await send(owner(account), account, { text: "ciao", recipients: IT }));
    expect(await getOutgoing(owner(account), other, sent.messageId)).toMatchObject({
      failure: { code: "not_found" },
    });
    expect(await getOutgoing(owner(account), account, "1' or true")).toMatchObject({
      failure: { code: "not_found" },
    });
  });
});

describe("a send is refused whole, and nothing is debited", () => {
  test.each([
    ["an empty text", { text: "", recipients: IT }, { text: "text_empty" }],
    ["a text of spaces", { text: " \n\t", recipients: IT }, { text: "text_empty" }],
    ["no text at all", { recipients: IT }, { text: "text_empty" }],
    ["nine parts", { text: "a".repeat(1225), recipients: IT }, { text: "text_too_long" }],
    ["nine Unicode parts", { text: "ж".repeat(537), recipients: IT }, { text: "text_too_long" }],
    [
      "a text of a million characters",
      { text: "a".repeat(1_000_000), recipients: IT },
      { text: "text_far_too_long" },
    ],
    ["a NUL", { text: "a\0b", recipients: IT }, { text: "text_not_sendable" }],
    ["half a surrogate pair", { text: "a\ud83d", recipients: IT }, { text: "text_not_sendable" }],
    ["no recipients", { text: "ciao", recipients: "  \n" }, { recipients: "recipients_missing" }],
    ["recipients that are none", { text: "ciao", recipients: 39 }, { recipients: "recipients_unreadable" }],
    [
      "a list with something else in it",
      { text: "ciao", recipients: [IT, null] },
      { recipients: "recipients_unreadable" },
    ],
    [
      "an invalid recipient",
      { text: "ciao", recipients: `${IT}, 333 123` },
      { recipients: "recipients_invalid" },
    ],
    [
      "invalid recipients only",
      { text: "ciao", recipients: "333 123", skipInvalid: true },
      { recipients: "recipients_missing" },
    ],
    [
      "text and recipients",
      { text: "", recipients: "" },
      { text: "text_empty", recipients: "recipients_missing" },
    ],
    [
      "a sender with twelve letters",
      { text: "ciao", recipients: IT, sender: "abcdefghijkl" },
      { sender: "sender_form" },
    ],
    [
      "an empty key",
      { text: "ciao", recipients: IT, idempotencyKey: "" },
      { idempotencyKey: "idempotency_key_form" },
    ],
    ["a body that is none", null, { text: "message_unreadable" }],
  ])("for %s", async (_name, input, problems) => {
    const account = await withCredits("1000");
    const result = await send(owner(account), account, input);
    expect(result).toMatchObject({ ok: false, failure: { code: "invalid_input" } });
    if (!result.ok && result.failure.code === "invalid_input") {
      const found = Object.entries(result.failure.fields).map(([field, { problem }]) => [field, problem]);
      expect(Object.fromEntries(found)).toEqual(problems);
    }
    expect(await stateOf(account)).toMatchObject({ balance: 1_000_000n, movements: 1, messages: 0 });
  });

  test("that the balance does not cover, to the thousandth", async () => {
    const account = await withCredits("1.399");
    const input = { text: "ciao", recipients: [IT, "+393990000002"] };
    expect(await send(owner(account), account, input)).toEqual({
      ok: false,
      failure: { code: "insufficient_credits", available: "1.399", requested: "1.4" },
    });
    expect(await stateOf(account)).toMatchObject({
      balance: 1399n,
      movements: 1,
      messages: 0,
      recipients: 0,
    });
    const enough = await withCredits("1.4");
    expect(valueOf(await send(owner(enough), enough, input)).balance).toBe("0");
  });

  test("to a destination without a row, with the countries", async () => {
    const account = await withCredits("100");
    const recipients = [IT, "+39 06 698 12345", "+44 7797 712345"];
    expect(await send(owner(account), account, { text: "ciao", recipients })).toEqual({
      ok: false,
      failure: { code: "not_served", countries: ["VA", "JE"] },
    });
    expect(await stateOf(account)).toMatchObject({ balance: 100_000n, movements: 1, messages: 0 });
  });

  test("from a disabled account", async () => {
    const account = await withCredits("100");
    await database.db
      .update(smsAccounts)
      .set({ status: "disable" })
      .where(eq(smsAccounts.serviceName, account.serviceName));
    expect(await send(owner(account), account, { text: "ciao", recipients: IT })).toMatchObject({
      failure: { fields: { serviceName: { problem: "account_disabled" } } },
    });
    expect(await stateOf(account)).toMatchObject({ movements: 1, messages: 0 });
  });

  test("an invalid recipient is named; on request the others get the message", async () => {
    const account = await withCredits("10");
    const input = { text: "ciao", recipients: `${IT}\n333 1234567\n${FR}` };
    expect(await send(owner(account), account, input)).toMatchObject({
      failure: { fields: { recipients: { values: { count: 1, more: 0, examples: "333 1234567" } } } },
    });
    expect(valueOf(await send(owner(account), account, { ...input, skipInvalid: true }))).toMatchObject({
      ...{ recipients: 2, invalid: [{ text: "333 1234567", reason: "no_country_code" }], credits: "1.7" },
    });
  });
});

describe("the same key", () => {
  const input = () => ({ text: "ciao", recipients: `${IT}, ${IN}, ${IT}`, idempotencyKey: randomUUID() });

  test("sends once, and answers as the first time", async () => {
    const account = await withCredits("10");
    const once = input();
    const first = valueOf(await send(owner(account), account, once));
    await send(owner(account), account, { text: "altro", recipients: IT });
    const again = valueOf(await send(owner(account), account, once));
    expect(again).toEqual({ ...first, isRepeat: true });
    expect(await stateOf(account)).toMatchObject({ movements: 3, messages: 2, balance: 8500n });
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
    expect(await stateOf(account)).toMatchObject({ movements: 2, messages: 1, recipients: 2 });
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

describe("an estimate", () => {
  test("says parts, cost by destination, what is left and what stands in the way, and changes nothing", async () => {
    const account = await withCredits("100");
    const recipients = `${IT}\n+393990000002, ${IN}, ${IT}; 333; +39 06 698 12345`;
    expect(valueOf(await estimate(owner(account), account, { text: "ciao “tu”", recipients }))).toEqual({
      ...{ encoding: "ucs2", characters: 9, septetsOrUnits: 9, parts: 1, mostParts: 8, charactersLeft: 61 },
      offending: [
        { character: "“", count: 1, replacement: '"' },
        { character: "”", count: 1, replacement: '"' },
      ],
      ...{
        recipients: 4,
        repeated: 1,
        invalid: [{ text: "333", reason: "no_country_code" }],
        invalidCount: 1,
      },
      destinations: [
        { country: "IT", recipients: 2, rate: "0.7", cost: "1.4", capacity: "142" },
        { country: "IN", recipients: 1, rate: "0.1", cost: "0.1", capacity: "1000" },
      ],
      ...{
        notServed: ["VA"],
        total: "1.5",
        balance: "100",
        left: "98.5",
        isCovered: true,
        rechargeCredits: null,
      },
      problems: {
        recipients: { problem: "recipients_invalid", values: { count: 1, more: 0, examples: "333" } },
      },
    });
    expect(await stateOf(account)).toMatchObject({ balance: 100_000n, movements: 1, messages: 0 });
  });

  test("is given for what is not finished yet", async () => {
    const account = await withCredits("10");
    expect(valueOf(await estimate(owner(account), account, { text: "", recipients: IT }))).toMatchObject({
      ...{ parts: 0, total: "0", left: "10", isCovered: true, problems: { text: { problem: "text_empty" } } },
      destinations: [{ capacity: "14" }],
    });
    expect(
      valueOf(await estimate(owner(account), account, { text: "a".repeat(2448), recipients: IT })),
    ).toMatchObject({
      ...{ parts: 16, total: "11.2", left: "-1.2", isCovered: false },
      problems: { text: { problem: "text_too_long", values: { parts: 16, most: 8 } } },
    });
  });

  const aRule = (account: AccountKey, thresholdThousandths: bigint, given: object = {}) =>
    database.db.insert(rechargeRules).values({
      ...{ customerId: account.customerId, serviceName: account.serviceName, state: "on", ...given },
      ...{ thresholdThousandths, quantity: 100, version: 1, changedAt: new Date() },
    });
  const rechargeOf = async (account: AccountKey) =>
    valueOf(await estimate(owner(account), account, { text: "ciao", recipients: IT })).rechargeCredits;

  test.each([
    ["8.599", 7900n, 100],
    ["8.6", 7900n, 100],
    ["8.601", 7900n, null],
    ["300.7", 500_000n, 300],
  ])("says what a send from %s makes a rule of threshold %s buy: %s", async (balance, threshold, credits) => {
    const account = await withCredits(balance);
    await aRule(account, threshold);
    expect(await rechargeOf(account)).toBe(credits);
  });

  test("says nothing of a recharge while one is under way, nor by a rule that is suspended", async () => {
    const [open, suspended] = await Promise.all([withCredits("8"), withCredits("8")]);
    await aRule(open, 7900n);
    await aRule(suspended, 7900n, { state: "suspended", suspensionReason: "payment_declined" });
    await database.sql`update ledger_accounts set has_open_crossing = true where service_name = ${open.serviceName}`;
    expect([await rechargeOf(open), await rechargeOf(suspended)]).toEqual([null, null]);
  });

  test("asks for what a send of the same then costs", async () => {
    const account = await withCredits("50");
    const input = { text: "È l’ora {€}", recipients: [IT, IN, FR] };
    const given = valueOf(await estimate(owner(account), account, input));
    const sent = valueOf(await send(owner(account), account, input));
    expect(sent).toMatchObject({ credits: given.total, balance: given.left, parts: given.parts });
  });
});

test("what was sent is listed newest first, page by page, each message once, also of one moment", async () => {
  const account = await withCredits("100");
  const moment = new Date("2026-11-01T10:00:00.123Z");
  const context = as({ kind: "customer", customerId: account.customerId, userId: "u1" }, moment);
  const sent: string[] = [];
  for (let index = 0; index < 7; index += 1) {
    const at = index < 5 ? context : as(context.caller, new Date(moment.getTime() + index));
    sent.push(valueOf(await send(at, account, { text: `ciao ${index}`, recipients: IT })).messageId);
  }
  const listed: string[] = [];
  let before: string | undefined;
  do {
    const page = valueOf(await listOutgoing(context, account, { before, limit: 3 }));
    listed.push(...page.messages.map((message) => message.messageId));
    before = page.next ?? undefined;
  } while (before !== undefined);
  expect(listed).toHaveLength(7);
  expect(new Set(listed)).toEqual(new Set(sent));
  expect(listed.slice(0, 2)).toEqual([sent[6], sent[5]]);
});
