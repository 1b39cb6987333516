import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRows, RowReader, separatorOf } from "./delimited-text";
import { readPhoneTable } from "./phone-column";
import { readVcard } from "./vcard";

const columnOf = (text: string) => {
  const table = readPhoneTable(text);
  return table === null ? null : (table.header?.[table.column] ?? table.column);
};

describe("the column of the phones is chosen", () => {
  test.each([
    ["Cellulare", "Partita IVA", "00488410010"],
    ["Portable", "TVA", "00123456789"],
    ["Mobile phone", "VAT number", "00488410010"],
    ["Teléfono móvil", "NIF", "00488410010"],
    ["Handynummer", "USt-IdNr", "00488410010"],
    ["Telefon komórkowy", "NIP", "00488410010"],
    ["Telemóvel", "NIF", "00488410010"],
    ["Cell.", "Codice EAN", "0012345678905"],
  ])("by its header %s, beside %s", (phone, other, value) => {
    const rows = Array.from(
      { length: 20 },
      (_, index) => `Anna ${index};${value};20121;333 12345${10 + index}`,
    );
    expect(columnOf([`Nome;${other};CAP;${phone}`, ...rows].join("\n"))).toBe(phone);
  });

  test("by what stands in it, without a header", () => {
    const rows = Array.from({ length: 9 }, (_, index) => `00488410010\t+39 333 123456${index}\tAnna`);
    expect(columnOf(rows.join("\n"))).toBe(1);
  });

  test("the mobile one of several, in the exports of Google, Outlook and Apple", () => {
    const google =
      "First Name,Last Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\n" +
      "Anna,Bianchi,Mobile,+39 333 1234567 ::: +39 06 1234567,Home,+39 06 1234567\nLuca,Verdi,Mobile,+39 333 1234568,,\n";
    expect(columnOf(google)).toBe("Phone 1 - Value");
    const outlook =
      "First Name,Business Fax,Business Phone,Home Phone,Mobile Phone\nAnna,+39061234567,+39061234567,,+393331234567\nLuca,,+39061234568,,\n";
    expect(columnOf(outlook)).toBe("Mobile Phone");
    const apple =
      "Nome,Cognome,Telefono casa,Telefono cellulare\nAnna,Bianchi,+39 06 1234567,+39 333 1234567\n";
    expect(columnOf(apple)).toBe("Telefono cellulare");
  });

  test("by the reader, against everything else", () => {
    const text = "Nome;Casa;Cellulare\nAnna;+39061234567;+393331234567\n";
    expect(readPhoneTable(text, 1)).toMatchObject({ column: 1 });
    expect(readPhoneTable(text, 9)).toMatchObject({ column: 2 });
  });

  test.each([
    "+393331234567, +393331234568\n+393331234569, +393331234560",
    "+393331234567\n+393331234568",
    "Anna Bianchi <+393331234567>; Luca Verdi <+393331234568>",
    "",
    "Anna\t20121\t+393331234567\nLuca\t+393331234568",
  ])("not of %j, which is no table", (text) => {
    expect(readPhoneTable(text)).toBeNull();
  });
});

describe("rows are read", () => {
  test("with quotes, line breaks in them, a mark, a line for spreadsheets, and any line end", () => {
    const text = '\ufeffsep=;\r\nNome;Cell\r\n"Rossi; ""Anna""";+393331234567\r\n"a\nb";1\r\n\r\nLuca;2';
    expect(separatorOf(text)).toBe(";");
    expect(readRows(text, ";")).toEqual([
      { line: 2, cells: ["Nome", "Cell"] },
      { line: 3, cells: ['Rossi; "Anna"', "+393331234567"] },
      { line: 4, cells: ["a\nb", "1"] },
      { line: 7, cells: ["Luca", "2"] },
    ]);
  });

  test("as csv-parse reads them, in pieces of any size", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "1"), maxLength: 5 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }),
        fc.nat(7),
        (rows, size) => {
          const text = rows.map((cells) => cells.map(quoted).join(",")).join("\n");
          const reader = new RowReader(",");
          const pieces = text.match(new RegExp(`[^]{1,${size + 1}}`, "g")) ?? [];
          const read = [...pieces.flatMap((piece) => reader.read(piece)), ...reader.end()];
          const wanted = parse(text, { relax_column_count: true });
          const trimmed = wanted.map((cells) => cells.map((each) => each.trim()));
          expect(read.map(({ cells }) => cells)).toEqual(
            trimmed.filter((cells) => cells.some((each) => each !== "")),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  test("a hundred thousand of them, in time that grows with them alone", () => {
    const text = "Nome;Cellulare\n" + "Anna Bianchi;+39 333 1234567\n".repeat(100_000);
    expect(readPhoneTable(text)?.rows).toHaveLength(100_000);
  });
});

test("a vCard gives each contact's mobile, or the number it has", () => {
  const text = `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Bianchi\r\nTEL;TYPE=HOME:+39 06 1234567\r\nitem1.TEL;TYPE=CELL,pref:+39 333\r\n  1234567\r\nEND:VCARD
BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Luca\\, Verdi\r\nTEL;VALUE=uri:tel:+39-333-1234568\r\nEND:VCARD
BEGIN:VCARD\nVERSION:2.1\nFN:Sara\nTEL;CELL:+393331234569\nEND:VCARD\nBEGIN:VCARD\nFN:Nessuno\nEND:VCARD`;
  expect(readVcard(text)).toEqual([
    { name: "Anna Bianchi", number: "+39 333 1234567" },
    { name: "Luca, Verdi", number: "+39-333-1234568" },
    { name: "Sara", number: "+393331234569" },
    { name: "Nessuno", number: "" },
  ]);
});
