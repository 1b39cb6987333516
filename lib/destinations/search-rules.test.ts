import { describe, expect, test } from "vitest";
import { formatCountry } from "@/lib/format";
import { foldQuery, isFound, isInternational, isNumber, SEARCH_LANGUAGES, searchWords } from "./search-rules";

const CODES: Record<string, string> = {
  IT: "39",
  VA: "39",
  FR: "33",
  DE: "49",
  CI: "225",
  US: "1",
  CA: "1",
  PL: "48",
  AT: "43",
  IN: "91",
  ID: "62",
  RE: "262",
  YT: "262",
  GB: "44",
  ES: "34",
  AN: "599",
  ST: "239",
  NL: "31",
};
const rows = Object.entries(CODES).map(([country, code]) => ({
  country,
  words: searchWords(
    country,
    code,
    SEARCH_LANGUAGES.map((language) => formatCountry(language, country)),
  ),
}));
const find = (typed: string) =>
  rows.filter(({ words }) => isFound(words, foldQuery(typed))).map(({ country }) => country);

describe("a country is found", () => {
  test.each([
    ["Italia", ["IT"]],
    ["italie", ["IT"]],
    ["Włochy", ["IT"]],
    ["wlochy", ["IT"]],
    ["Italien", ["IT"]],
    ["Itália", ["IT"]],
    ["Deutschland", ["DE"]],
    ["niemcy", ["DE"]],
    ["Österreich", ["AT"]],
    ["osterreich", ["AT"]],
    ["Côte d’Ivoire", ["CI"]],
    ["cote d'ivoire", ["CI"]],
    ["COSTA D AVORIO", ["CI"]],
    ["avorio", ["CI"]],
    ["réunion", ["RE"]],
    ["  francia ", ["FR"]],
    ["antille ol", ["AN"]],
  ])("by a name in any of the seven languages: %j", (typed, countries) => {
    expect(find(typed)).toEqual(countries);
  });

  test("by its ISO code, beside the names that begin like it", () => {
    expect(find("it")).toEqual(["IT"]);
    expect(find("in")).toEqual(["IN", "ID"]);
    expect(find("de")).toContain("DE");
  });

  test.each([
    ["+39", ["IT", "VA"]],
    ["0039", ["IT", "VA"]],
    ["39", ["IT", "VA"]],
    ["+262", ["RE", "YT"]],
    ["1", ["US", "CA"]],
    ["+39 333", ["IT", "VA"]],
    ["(0033) 1", ["FR"]],
  ])("by its calling code, and by a number that begins with it: %j", (typed, countries) => {
    expect(find(typed).sort()).toEqual([...countries].sort());
  });

  test("not by the middle of a word, nor by what no name has", () => {
    expect(find("alia")).toEqual([]);
    expect(find("xyz")).toEqual([]);
    expect(find("+999")).toEqual([]);
  });

  test("every one of them, by an empty query or one of signs only", () => {
    expect(find("")).toHaveLength(rows.length);
    expect(find("  +")).toHaveLength(rows.length);
    expect(find("’’’")).toHaveLength(rows.length);
  });
});

test.each([
  ["+39 333 123 4567", true],
  ["0039-333-1234567", true],
  ["333 1234567", true],
  ["+39 333", false],
  ["39", false],
  ["Italia 1234567", false],
])("%j is a whole number: %s", (typed, expected) => {
  expect(isNumber(foldQuery(typed))).toBe(expected);
});

test.each([
  ["+39 333 123 4567", true],
  ["(+39) 333", true],
  ["0039 333", true],
  ["333 123 4567", false],
  ["39", false],
])("%j says its calling code: %s", (typed, expected) => {
  expect(isInternational(typed)).toBe(expected);
});

test.each([
  "\u202a+39 333 123 4567\u202c",
  "tel:+393331234567",
  "＋３９ 333–123–4567",
  "+39\u00a0333 1234567",
])("%j is read as the number that it was copied from", (typed) => {
  expect(foldQuery(typed)).toBe("+393331234567");
});

test("a query of any kind and length is answered", () => {
  for (const typed of ["a".repeat(10_000), "(((", "\u0000", "٣٩", "💥", "--", "+".repeat(70)]) {
    expect(() => find(typed)).not.toThrow();
  }
});
