import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { smsAccounts } from "@/db/schema/accounts";
import { valueOf } from "@/lib/failure";
import { send } from "./service";
import { FR, IT, senders } from "./messages.testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const { owner, withCredits, stateOf } = senders(() => database);

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
    expect(await stateOf(account)).toMatchObject({ balance: 1_000_000n, entries: 1, messages: 0 });
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
      entries: 1,
      messages: 0,
      recipients: 0,
    });
    const enough = await withCredits("1.4");
    expect(valueOf(await send(owner(enough), enough, input)).balance).toBe("0");
  });

  test("to a destination without a row, with the countries", async () => {
    const account = await withCredits("100");
    const recipients = [IT, "+44 7781 123456", "+44 7797 712345"];
    expect(await send(owner(account), account, { text: "ciao", recipients })).toEqual({
      ok: false,
      failure: { code: "not_served", countries: ["GG", "JE"] },
    });
    expect(await stateOf(account)).toMatchObject({ balance: 100_000n, entries: 1, messages: 0 });
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
    expect(await stateOf(account)).toMatchObject({ entries: 1, messages: 0 });
  });

  test("an invalid recipient is named; on request the others get the message", async () => {
    const account = await withCredits("10");
    const input = { text: "ciao", recipients: `${IT}\n333 1234567\n${FR}` };
    expect(await send(owner(account), account, input)).toMatchObject({
      failure: { fields: { recipients: { values: { count: 1, more: 0, examples: "333 1234567" } } } },
    });
    expect(valueOf(await send(owner(account), account, { ...input, skipInvalid: true }))).toMatchObject({
      recipients: 2,
      invalid: [{ text: "333 1234567", reason: "no_country_code" }],
      credits: "1.7",
    });
  });
});
