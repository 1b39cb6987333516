import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { COMMA_SHEET_CSV, csvLine, PLAIN_CSV } from "./csv";

describe("a line of CSV", () => {
  it("is read back as it was written, whatever stands in its fields", () => {
    const texts = ['say "hello"', "a,b", "a;b", "two\r\nlines", "", "plain", "ünï"];
    const line = csvLine(
      texts.map((text) => ({ text })),
      PLAIN_CSV,
    );
    expect(parse(line)).toEqual([texts]);
  });

  it("writes amounts with the mark of its style, and quotes only what needs it", () => {
    expect(csvLine([{ amount: "-0.7" }, { amount: "12" }, null], PLAIN_CSV)).toBe("-0.7,12,\r\n");
    expect(csvLine([{ amount: "-0.7" }, { amount: "12" }, null], COMMA_SHEET_CSV)).toBe("-0,7;12;\r\n");
  });

  it("keeps text from being taken for a formula, and leaves amounts alone", () => {
    expect(csvLine([{ text: "=1+1" }, { text: "@a" }, { amount: "-5" }], PLAIN_CSV)).toBe("'=1+1,'@a,-5\r\n");
  });
});
