import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countryOfNumber } from "./phone-number";
import { readRecipients } from "./recipients";

const numbersIn = (text: string | string[]) => readRecipients(text).valid.map((one) => one.number);

describe("the country of a number is decided by the whole number", () => {
  test.each([
    ["+39 06 123 4567", "IT"],
    ["+39 06 698 12345", "VA"],
    ["+39 333 000 0001", "IT"],
    ["+7 701 123 4567", "KZ"],
    ["+7 912 345 6789", "RU"],
    ["+1 416 555 0123", "CA"],
    ["+1 212 555 0123", "US"],
    ["+1 876 555 0123", "JM"],
    ["+1 787 555 0123", "PR"],
    ["+44 7400 123456", "GB"],
    ["+44 7797 712345", "JE"],
    ["+44 7781 123456", "GG"],
    ["+44 7624 212345", "IM"],
    ["+262 692 12 34 56", "RE"],
    ["+262 639 01 23 45", "YT"],
    ["+599 9 518 1234", "CW"],
    ["+91 99999 00001", "IN"],
  ])("%s is in %s", (number, country) => {
    expect(countryOfNumber(number)).toBe(country);
  });
});

describe("numbers are read in any usual form", () => {
  test.each([
    "+393330000001",
    "00393330000001",
    "0039 333 0000001",
    "+39 333 000 00 01",
    "+39-333-000-0001",
    "+39.333.000.0001",
    "(+39) 333 000 0001",
    "+39 (333) 000-0001",
    "+39 (0)333 0000001",
    "+39/333/0000001",
    "\u202a+39 333 000 0001\u202c",
    "＋３９３３３０００００01",
    "+39\u00a0333\u00a0000\u00a00001",
    "+39 333–000–0001",
    "Mario Rossi +39 333 000 0001",
    "Mario Rossi <+393330000001>",
    '"+393330000001"',
    "tel: +39 333 000 0001",
    "+0039 333 000 0001",
    "+39 333 000 0001 Mario Rossi",
    "+39 333 000 0001 (Mario Rossi)",
    "+39 333 000 0001 - Mario",
    "<b>+39 333 000 0001</b>",
    "1. +39 333 000 0001",
    "12) 0039 333 000 0001",
    "Mario Rossi\t+39 333 000 0001",
    "+39 333 000 0001\tMario\tRossi",
    "Mario;Rossi;+39 333 000 0001",
    '"Rossi, Mario","+39 333 000 0001"',
  ])("%j", (text) => {
    expect(readRecipients(text)).toEqual({
      valid: [{ number: "+393330000001", country: "IT" }],
      invalid: [],
      repeated: 0,
      landlines: 0,
      plusMissing: 0,
      table: null,
    });
  });

  test.each([
    ["lines", "+393330000001\n+393330000002\r\n+393330000003"],
    ["commas", "+393330000001,+393330000002, +393330000003"],
    ["semicolons and empty places", ";+393330000001;;+393330000002 ; +393330000003;"],
    ["tabs", "+393330000001\t+393330000002\t+393330000003"],
    ["spaces", "+393330000001 +393330000002 +393330000003"],
    ["spaces also inside", "+39 333 000 0001 +39 333 000 0002 0039 333 000 0003"],
    ["00 with spaces", "00393330000001 00393330000002 00 39 333 000 0003"],
    ["nothing but the plus", "+393330000001+393330000002+393330000003"],
    ["slashes", "+393330000001/+393330000002 / +393330000003"],
  ])("several, with %s between", (_name, text) => {
    expect(readRecipients(text)).toMatchObject({ invalid: [], repeated: 0 });
    expect(numbersIn(text)).toEqual(["+393330000001", "+393330000002", "+393330000003"]);
  });

  test.each([
    [
      "a spreadsheet",
      "Nome\tCognome\tCellulare\nAnna\tBianchi\t+393330000001\nLuca\tVerdi\t0039 333 0000002",
    ],
    ["a file", "Nome;Cellulare\r\nAnna;+393330000001\r\nLuca;+393330000002\r\n"],
    ["a numbered list", "1. +393330000001\n2. +393330000002"],
    ["a mail", "Anna Bianchi <+393330000001>; Luca Verdi <+393330000002>"],
  ])("from %s, the names are left aside", (_name, text) => {
    expect(readRecipients(text)).toMatchObject({ invalid: [], repeated: 0 });
    expect(numbersIn(text)).toEqual(["+393330000001", "+393330000002"]);
  });

  test("two zeros inside a number are digits of it", () => {
    expect(numbersIn("+39 333 00 00 001")).toEqual(["+393330000001"]);
  });

  test("a list of texts is read like lines", () => {
    expect(numbersIn(["+393330000001", "00 39 333 0000002"])).toEqual(["+393330000001", "+393330000002"]);
  });
});

describe("what is no recipient is said with its reason, as it was written", () => {
  test.each([
    ["333 000 0001", "no_country_code"],
    ["0333 0000001", "no_country_code"],
    ["Mario", "not_a_number"],
    ["+39", "not_a_number"],
    ["+39 333", "not_a_number"],
    ["+39 333 abc 0001", "not_a_number"],
    ["+1 800 FLOWERS", "not_a_number"],
    ["+44 20 7946", "not_a_number"],
    ["+999 123 456 789", "not_a_number"],
    ["+393330000001234567890123", "not_a_number"],
    ["+883 5100 1234 5678", "number_of_no_country"],
    ["+881 612 345 678", "number_of_no_country"],
    ["mario@example.com", "not_a_number"],
  ])("%j: %s", (text, reason) => {
    expect(readRecipients(text)).toMatchObject({ valid: [], invalid: [{ text, reason }], repeated: 0 });
  });

  test("a row of a table without a number is said, and so is a cell with digits that is none", () => {
    const read = readRecipients("Anna\t20121\t+393330000001\nLuca\t+393330000002\nSara\t");
    expect(read.valid).toHaveLength(2);
    expect(read.invalid.map((one) => one.text)).toEqual(["20121", "Sara"]);
  });

  test("a wrong number beside right ones is the only one refused", () => {
    const read = readRecipients("+393330000001, 3330000002; +393330000003\nciao");
    expect(read.valid).toHaveLength(2);
    expect(read.invalid).toEqual([
      { text: "3330000002", reason: "no_country_code" },
      { text: "ciao", reason: "not_a_number" },
    ]);
  });
});

describe("a table is read by the column of its phones, row by row", () => {
  const header = "Id;Nome;Cognome;Ragione sociale;Partita IVA;EAN;CAP;Città;Cellulare;Fax;Email;Note";
  const row = (index: number, phone: string) =>
    `${index};Anna;Bianchi;"Bianchi; figli";00488410010;0012345678905;20121;Milano;${phone};+39 02 1234567;a@b.it;2 figli`;
  const crm = [
    header,
    row(1, "+39 333 1234567"),
    row(2, ""),
    row(3, "3.93E+11"),
    row(4, "+39 333 1234568"),
    row(5, "+39 333 1234567 8"),
    row(6, "+39 333 1234567"),
    row(7, "393331234569"),
  ].join("\r\n");

  test("of twelve columns, nothing but that one becomes a recipient, and each row is told once", () => {
    const read = readRecipients(crm);
    expect(read.valid.map(({ number }) => number)).toEqual(["+393331234567", "+393331234568"]);
    expect(read).toMatchObject({
      repeated: 1,
      plusMissing: 1,
      landlines: 0,
      table: { column: 8, width: 12 },
    });
    expect(read.invalid.map(({ line, reason }) => [line, reason])).toEqual([
      [3, "empty_cell"],
      [4, "rounded_by_spreadsheet"],
      [6, "voicemail"],
      [8, "plus_missing"],
    ]);
  });

  test("another column is read when it is chosen", () => {
    const { valid, invalid, landlines } = readRecipients(crm, { phoneColumn: 9 });
    expect([valid.length, invalid.length, landlines]).toEqual([0, 7, 1]);
    expect(readRecipients(crm, { phoneColumn: 9, takeLandlines: true }).valid).toHaveLength(1);
  });

  test("two numbers of one person in a cell are one recipient: the mobile", () => {
    const text = "Name,Phone 1 - Value\nAnna,+39 06 1234567 ::: +39 333 1234567\n";
    expect(readRecipients(text)).toMatchObject({ valid: [{ number: "+393331234567" }], invalid: [] });
    expect(readRecipients("Nome;Cellulare\nAnna;+393331234567 +393331234568\n")).toMatchObject({
      valid: [],
      invalid: [{ line: 2, reason: "several_numbers" }],
    });
  });

  test("a plus is added to all of the column when asked", () => {
    expect(readRecipients(crm, { addPlus: true }).valid.map(({ number }) => number)).toContain(
      "+393331234569",
    );
  });
});

test("a repeated number counts once, however it is written, and is reported", () => {
  const read = readRecipients(
    "+393330000001, 0039 333 000 0001; +39 (333) 000-0001\n+393330000002,+393330000002",
  );
  expect(read.valid.map((one) => one.number)).toEqual(["+393330000001", "+393330000002"]);
  expect(read.repeated).toBe(3);
});

test("nothing is read from nothing", () => {
  for (const text of ["", "  \n\t ", ",;,", []]) {
    expect(readRecipients(text)).toMatchObject({ valid: [], invalid: [], repeated: 0 });
  }
});

test("no text makes it fail, and what it reads reads as itself", () => {
  const piece = fc.constantFrom(
    "+39",
    "333",
    "0000001",
    "00",
    " ",
    "(0)",
    "\n",
    ",",
    "+",
    "a",
    "é",
    "+44 7400 123456",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.array(piece).map((all) => all.join("")),
      ),
      (text) => {
        const all = { takeLandlines: true, addPlus: true };
        const { valid } = readRecipients(text, all);
        expect(readRecipients(valid.map((one) => one.number).join(" "), all).valid).toEqual(valid);
      },
    ),
    { numRuns: 2000 },
  );
});

test("ten thousand recipients, some of them invalid and some repeated, are all read", () => {
  const lines = Array.from({ length: 10_000 }, (_, index) =>
    index % 100 === 0
      ? `numero ${index}`
      : index % 50 === 1
        ? "+39 333 000 0001"
        : `+39 333 ${String(1_000_000 + index).slice(0, 3)} ${String(1_000_000 + index).slice(3)}`,
  );
  const read = readRecipients(lines.join("\n"));
  expect(read.invalid).toHaveLength(100);
  expect(read.repeated).toBe(199);
  expect(read.valid).toHaveLength(10_000 - 100 - 199);
});
