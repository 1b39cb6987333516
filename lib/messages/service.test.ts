import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCustomer, testDatabase, type TestDatabase } from "@/db/testing";
import { forgetRates } from "@/lib/rates/service";
import { valueOf } from "@/lib/failure";
import { getOutgoing, listOutgoing } from "./outgoing-service";
import { estimate, send } from "./service";
import { FR, IN, IT, senders } from "./messages.testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const { as, owner, support, withCredits, stateOf } = senders(() => database);

describe("a message that is sent", () => {
  test("costs each recipient the rate of its country, for each part, in one entry", async () => {
    const account = await withCredits("100");
    const text = "a".repeat(161);
    const sent = valueOf(await send(owner(account), account, { text, recipients: `${IT}, ${IN}\n${FR}` }));
    expect(sent).toMatchObject({
      encoding: "gsm7",
      characters: 161,
      parts: 2,
      recipients: 3,
      repeated: 0,
      invalid: [],
      credits: "3.6",
      balance: "96.4",
      isRepeat: false,
    });
    expect(await stateOf(account)).toMatchObject({
      balance: 96_400n,
      entries: 2,
      messages: 1,
      recipients: 3,
    });
    const [entry] = await database.sql`
      select kind, amount, idempotency_key from entries where service_name = ${account.serviceName} and kind = 'message'`;
    expect(entry).toEqual({ kind: "message", amount: -3600n, idempotency_key: `message:${sent.messageId}` });
    expect(valueOf(await getOutgoing(owner(account), account, sent.messageId))).toMatchObject({
      text,
      parts: 2,
      credits: "3.6",
      recipients: 3,
      sender: null,
      to: [
        { number: "+393990000001", country: "IT", rate: "0.7", credits: "1.4" },
        { number: "+919999900001", country: "IN", rate: "0.1", credits: "0.2" },
        { number: "+33600000001", country: "FR", rate: "1", credits: "2" },
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
      text,
      encoding: "ucs2",
      sender: "Ricarica",
      tag: 'a "b", {c}',
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

  test("has its sender without the blanks that copying left around it", async () => {
    const account = await withCredits("10");
    const input = { text: "ciao", recipients: IT, sender: " \tRicarica\u00a0" };
    const { messageId } = valueOf(await send(owner(account), account, input));
    expect(valueOf(await getOutgoing(owner(account), account, messageId)).sender).toBe("Ricarica");
  });

  test("to ten thousand recipients, some repeated and some invalid, is one message of one entry", async () => {
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
      entries: 2,
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
