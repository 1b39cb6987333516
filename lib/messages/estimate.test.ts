import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { rechargeRules } from "@/db/schema/recharge";
import type { AccountKey } from "@/lib/accounts/rules";
import { valueOf } from "@/lib/failure";
import { estimate, send } from "./service";
import { FR, IN, IT, senders } from "./messages.testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const { owner, withCredits, stateOf } = senders(() => database);

describe("an estimate", () => {
  test("says parts, cost by destination, what is left and what stands in the way, and changes nothing", async () => {
    const account = await withCredits("100");
    const recipients = `${IT}\n+393990000002, ${IN}, ${IT}; 333; +39 06 698 12345; +44 7797 712345`;
    expect(valueOf(await estimate(owner(account), account, { text: "ciao “tu”", recipients }))).toEqual({
      encoding: "ucs2",
      characters: 9,
      septetsOrUnits: 9,
      parts: 1,
      mostParts: 8,
      charactersLeft: 61,
      offending: [
        { character: "“", count: 1, replacement: '"' },
        { character: "”", count: 1, replacement: '"' },
      ],
      recipients: 4,
      repeated: 1,
      invalid: [
        { text: "333", reason: "no_country_code" },
        { text: "+39 06 698 12345", reason: "landline" },
      ],
      invalidCount: 2,
      landlines: 1,
      plusMissing: 0,
      table: null,
      destinations: [
        { country: "IT", recipients: 2, rate: "0.7", cost: "1.4", capacity: "142" },
        { country: "IN", recipients: 1, rate: "0.1", cost: "0.1", capacity: "1000" },
      ],
      notServed: ["JE"],
      total: "1.5",
      balance: "100",
      left: "98.5",
      isCovered: true,
      rechargeCredits: null,
      problems: {
        recipients: { problem: "recipients_invalid", values: { count: 1, more: 0, examples: "333" } },
      },
    });
    expect(await stateOf(account)).toMatchObject({ balance: 100_000n, entries: 1, messages: 0 });
  });

  test("asks about landlines and a missing plus, and a send does what was answered", async () => {
    const account = await withCredits("100");
    const input = { text: "ciao", recipients: `${IT}, +39 06 123 4567, 393386345416` };
    const asked = valueOf(await estimate(owner(account), account, input));
    expect(asked).toMatchObject({ recipients: 1, landlines: 1, plusMissing: 1, total: "0.7" });
    const wanted = { ...input, takeLandlines: true, addPlus: true };
    const answered = valueOf(await estimate(owner(account), account, wanted));
    expect(answered).toMatchObject({ recipients: 3, invalidCount: 0, total: "2.1", problems: {} });
    expect(await send(owner(account), account, input)).toMatchObject({ ok: false });
    expect(valueOf(await send(owner(account), account, wanted))).toMatchObject({
      recipients: 3,
      credits: "2.1",
    });
    const landlines = { text: "ciao", recipients: "+39 06 123 4567" };
    expect(valueOf(await estimate(owner(account), account, landlines)).problems).toEqual({
      recipients: { problem: "recipients_landlines", values: { count: 1 } },
    });
  });

  test("shows the table that was pasted, and a send reads the column that was chosen", async () => {
    const account = await withCredits("100");
    const recipients = `Nome;Telefono casa;Cellulare\nAnna;+39 06 1234567;${IT}\nLuca;;+393990000002`;
    const input = { text: "ciao", recipients };
    expect(valueOf(await estimate(owner(account), account, input))).toMatchObject({
      recipients: 2,
      table: {
        columns: ["Nome", "Telefono casa", "Cellulare"],
        column: 2,
        rows: 2,
        firstRows: [
          ["Anna", "+39 06 1234567", IT],
          ["Luca", "", "+393990000002"],
        ],
        signature: "nome|telefono casa|cellulare",
      },
    });
    const home = { ...input, phoneColumn: 1, takeLandlines: true, skipInvalid: true };
    expect(valueOf(await send(owner(account), account, home))).toMatchObject({
      recipients: 1,
      invalid: [{ line: 3, reason: "empty_cell" }],
    });
  });

  test("is given for what is not finished yet", async () => {
    const account = await withCredits("10");
    expect(valueOf(await estimate(owner(account), account, { text: "", recipients: IT }))).toMatchObject({
      parts: 0,
      total: "0",
      left: "10",
      isCovered: true,
      problems: { text: { problem: "text_empty" } },
      destinations: [{ capacity: "14" }],
    });
    expect(
      valueOf(await estimate(owner(account), account, { text: "a".repeat(2448), recipients: IT })),
    ).toMatchObject({
      parts: 16,
      total: "11.2",
      left: "-1.2",
      isCovered: false,
      problems: { text: { problem: "text_too_long", values: { parts: 16, most: 8 } } },
    });
  });

  const aRule = (account: AccountKey, thresholdThousandths: bigint, given: object = {}) =>
    database.db.insert(rechargeRules).values({
      customerId: account.customerId,
      serviceName: account.serviceName,
      state: "on",
      ...given,
      thresholdThousandths,
      quantity: 100,
      version: 1,
      changedAt: new Date(),
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
