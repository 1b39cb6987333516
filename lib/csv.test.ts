import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { COMMA_SHEET_CSV, csvFile, csvLine, PLAIN_CSV } from "./csv";

describe("a line of CSV", () => {
  it("is read back as it was written, whatever stands in its fields", () => {
    const texts = ['say "hello"', "a,b", "a;b", "two\r\nlines", "", "plain", "ünï"];
    const line = csvLine(
      texts.map((text) => ({ text })),
      PLAIN_CSV,
    );
    expect(parse(line)).toEqual([texts]);
  });

  it("writes amounts with the mark of its style, without quotes, and text always in them", () => {
    expect(csvLine([{ amount: "-0.7" }, { amount: "12" }, null], PLAIN_CSV)).toBe("-0.7,12,\r\n");
    expect(csvLine([{ amount: "-0.7" }, { amount: "12" }, null], COMMA_SHEET_CSV)).toBe("-0,7;12;\r\n");
  });

  it("quotes every text, and an amount that is none", () => {
    expect(csvLine([{ text: "a" }, { text: "" }, { amount: "=1" }, { amount: "+39333" }], PLAIN_CSV)).toBe(
      `"a","","'=1",+39333\r\n`,
    );
  });

  // As a spreadsheet reads that splits at this mark and takes no notice of quotes.
  const MARKS = [",", ";", "\t", "|", "\n", "\r"];
  it.each(["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", '"=1', " =1", "＝1"])(
    "lets %j start no cell, whatever it splits at",
    (formula) => {
      for (const mark of MARKS) {
        for (const style of [PLAIN_CSV, COMMA_SHEET_CSV]) {
          const line = csvLine([{ text: formula }, { text: `x${mark}${formula}` }], style);
          for (const split of MARKS) {
            const cells = line.split(split).map((cell) => cell.replace(/^[\s"]+/, ""));
            expect(cells.filter((cell) => /^[=+\-@＝]/.test(cell))).toEqual([]);
          }
        }
      }
    },
  );

  it("keeps text from being taken for a formula, and leaves amounts alone", () => {
    expect(csvLine([{ text: "=1+1" }, { text: "@a" }, { amount: "-5" }], PLAIN_CSV)).toBe(
      `"'=1+1","'@a",-5\r\n`,
    );
  });
});

describe("a file of CSV", () => {
  const header = [{ text: "name" }, { text: "credits" }];
  const cellsOf = ([name, amount]: readonly [string, string]) => [{ text: name }, { amount }];

  it("is a download of UTF-8 that nobody keeps, its header first and then a line for each row", async () => {
    async function* parts() {
      yield [["è", "0.7"] as const, ["b", "1"] as const];
      yield await Promise.resolve([["c", "2"] as const]);
    }
    const answer = csvFile("history", header, parts(), cellsOf);
    expect(Object.fromEntries(answer.headers)).toEqual({
      "cache-control": "no-store",
      "content-disposition": 'attachment; filename="history.csv"',
      "content-type": "text/csv; charset=utf-8; header=present",
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)).toBe(
      `\ufeff"name","credits"\r\n"è",0.7\r\n"b",1\r\n"c",2\r\n`,
    );
  });

  it("is read no further when whoever asked for it goes away", async () => {
    let hasEnded = false;
    async function* endless() {
      try {
        for (;;) yield await Promise.resolve([["a", "1"] as const]);
      } finally {
        hasEnded = true;
      }
    }
    const reader = csvFile("history", header, endless(), cellsOf).body?.getReader();
    await reader?.read();
    await reader?.read();
    await reader?.cancel();
    expect(hasEnded).toBe(true);
  });
});
