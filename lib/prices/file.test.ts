import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkDestinations } from "./destinations-rules";
import { readPriceFile } from "./file";
import { checkPacks } from "./packs-rules";
import { type FileProblem, inFileOrder, type Knowledge, printProblem } from "./rules";

const knowledge: Knowledge = {
  currencies: new Map([
    ["it", "EUR"],
    ["fr", "EUR"],
  ]),
  callingCodes: new Map([
    ["IT", "39"],
    ["IN", "91"],
    ["AG", "1"],
  ]),
  from: null,
};

function problemsOf(content: string | Uint8Array, from: string | null = null): FileProblem[] {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const { file, problems } = readPriceFile(bytes, from);
  if (file === null) return problems;
  const check = file.kind === "packs" ? checkPacks : checkDestinations;
  return inFileOrder([...problems, ...check(file, { ...knowledge, from }).problems]);
}

const D = "country,calling_code,price_list,valid_from,credits,source";
const P = "price_list,valid_from,quantity_min,quantity_max_excluded,unit_price_micros,source";
const rate = (row: string) => `${D}\nIN,91,it,2027-01-01,0.1,published\n${row}\n`;
const tiers = (...rows: string[]) => [P, ...rows, ""].join("\n");
const first = "it,2027-01-01,100,200,42000,published";
const last = "it,2027-01-01,200,,41000,published";

type Broken = [kind: string, content: string | Uint8Array, place: `${number}:${number}`, code: string];

const BROKEN: Broken[] = [
  ["nothing at all", "", "1:1", "empty"],
  ["only blank lines", "\n\n", "1:1", "empty"],
  ["a header without rows", `${D}\n`, "1:1", "no_rows"],
  [
    "Latin-1 instead of UTF-8",
    new Uint8Array([...new TextEncoder().encode(D), 10, 0xe9, 10]),
    "1:1",
    "not_utf8",
  ],
  ["UTF-16", new Uint8Array([0xff, 0xfe, 99, 0, 111, 0]), "1:1", "not_utf8"],
  ["a spreadsheet's own format", new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0]), "1:1", "not_utf8"],
  ["six megabytes", "a".repeat(6_000_000), "1:1", "too_large"],
  ["ten thousand and one rows", `${D}\n${"IT,39,it,2027-01-01,1,x\n".repeat(10_001)}`, "1:1", "too_large"],
  ["another list's header", "name,email\nA,b@c\n", "1:1", "unknown_list_kind"],
  ["semicolons", `${D.replaceAll(",", ";")}\nIT;39;it;2027-01-01;0,7;x\n`, "1:1", "wrong_separator"],
  ["tabs", `${D.replaceAll(",", "\t")}\nIT\t39\tit\t2027-01-01\t0.7\tx\n`, "1:1", "wrong_separator"],
  ["bars", `${P.replaceAll(",", "|")}\n${first.replaceAll(",", "|")}\n`, "1:1", "wrong_separator"],
  ["a line for spreadsheets", `sep=;\n${D.replaceAll(",", ";")}\n`, "1:1", "separator_line"],
  ["a line for spreadsheets after a mark", `\ufeffsep=,\n${D}\n`, "1:1", "separator_line"],
  ["a header in capitals", `${D.toUpperCase()}\nIT,39,it,2027-01-01,1,x\n`, "1:1", "capitals_in_header"],
  [
    "a capitalised header",
    `country,Calling code,price_list,valid_from,credits,source\nIT,39,it,2027-01-01,1,x\n`,
    "1:2",
    "capitals_in_header",
  ],
  ["commas at the ends of lines", `${D},,\nIT,39,it,2027-01-01,1,x,,\n`, "1:7", "empty_columns"],
  ["UTF-16 without a mark", new Uint8Array([99, 0, 111, 0, 117, 0]), "1:1", "not_utf8"],
  [
    "a missing column",
    "country,calling_code,price_list,valid_from,credits\nIT,39,it,2027-01-01,1\n",
    "1:6",
    "missing_column",
  ],
  ["a column too many", `${D},note\nIT,39,it,2027-01-01,1,x,y\n`, "1:7", "unknown_column"],
  ["a column twice", `${D},credits\nIT,39,it,2027-01-01,1,x,1\n`, "1:7", "repeated_column"],
  ["no date at all", "country,calling_code,price_list,credits,source\nIT,39,it,1,x\n", "1:6", "date_without"],
  ["a quote that never closes", rate('IT,39,it,2027-01-01,0.7,"the guide'), "3:6", "broken_quotes"],
  ["text after a closing quote", rate('IT,39,it,2027-01-01,0.7,"the" guide'), "3:6", "broken_quotes"],
  ["a quote in the middle", rate('IT,39,it,2027-01-01,0.7,the "guide"'), "3:6", "broken_quotes"],
  ["a field too few", rate("IT,39,it,2027-01-01,0.7"), "3:6", "wrong_field_count"],
  ["a field too many", rate("IT,39,it,2027-01-01,0,7,published"), "3:7", "wrong_field_count"],
  ["a line break in a field", rate('IT,39,it,2027-01-01,0.7,"the\nguide"'), "3:6", "line_break"],
  ["spaces around a field", rate("IT,39,it,2027-01-01, 0.7,published"), "3:5", "spaces"],
  ["an unknown price list", rate("IT,39,de,2027-01-01,0.7,published"), "3:3", "unknown_price_list"],
  ["a price list in capitals", rate("IT,39,IT,2027-01-01,0.7,published"), "3:3", "unknown_price_list"],
  ["an unknown country", rate("ZZ,39,it,2027-01-01,0.7,published"), "3:1", "unknown_country"],
  ["a country in small letters", rate("it,39,it,2027-01-01,0.7,published"), "3:1", "unknown_country"],
  ["a country's name", rate("Italia,39,it,2027-01-01,0.7,published"), "3:1", "unknown_country"],
  ["another country's calling code", rate("IT,33,it,2027-01-01,0.7,published"), "3:2", "wrong_calling_code"],
  ["a calling code with a plus", rate("IT,+39,it,2027-01-01,0.7,published"), "3:2", "wrong_calling_code"],
  ["no credits", rate("IT,39,it,2027-01-01,,published"), "3:5", "missing"],
  ["zero credits", rate("IT,39,it,2027-01-01,0,published"), "3:5", "not_positive"],
  ["negative credits", rate("IT,39,it,2027-01-01,-0.7,published"), "3:5", "not_positive"],
  ["a tenth of a thousandth", rate("IT,39,it,2027-01-01,0.7001,published"), "3:5", "too_many_decimals"],
  ["a decimal comma", rate('IT,39,it,2027-01-01,"0,7",published'), "3:5", "not_a_number"],
  ["an exponent", rate("IT,39,it,2027-01-01,7e-1,published"), "3:5", "not_a_number"],
  ["Not a Number", rate("IT,39,it,2027-01-01,NaN,published"), "3:5", "not_a_number"],
  ["a rate beyond reason", rate("IT,39,it,2027-01-01,1000.001,published"), "3:5", "too_big"],
  ["a row twice", rate("IN,91,it,2027-01-01,0.2,published"), "3:1", "repeated_row"],
  ["a date written as in Italy", rate("IT,39,it,01/02/2027,0.7,published"), "3:4", "not_a_date"],
  ["a day that does not exist", rate("IT,39,it,2027-02-29,0.7,published"), "3:4", "not_a_date"],
  ["no source", rate("IT,39,it,2027-01-01,0.7,"), "3:6", "missing"],
  ["a source that is a formula", rate("IT,39,it,2027-01-01,0.7,=1+1"), "3:6", "bad_text"],
  ["a gap between tiers", tiers("it,2027-01-01,100,199,42000,published", last), "3:3", "tier_gap"],
  ["tiers that overlap", tiers("it,2027-01-01,100,201,42000,published", last), "3:3", "tier_overlap"],
  ["two tiers without an end", tiers("it,2027-01-01,100,,42000,published", last), "3:3", "tier_overlap"],
  ["a tier twice", tiers(first, first, last), "3:3", "repeated_row"],
  ["a first tier that is not 100", tiers("it,2027-01-01,150,200,42000,published", last), "2:3", "tier_first"],
  ["a last tier that ends", tiers(first, "it,2027-01-01,200,900,41000,x"), "3:4", "tier_last"],
  [
    "a tier that ends where it begins",
    tiers(first, "it,2027-01-01,200,200,41000,x", last),
    "3:4",
    "tier_empty",
  ],
  ["a price that rises", tiers(first, "it,2027-01-01,200,,42001,x"), "3:5", "tier_price_rises"],
  ["a price of nothing", tiers(first, "it,2027-01-01,200,,0,x"), "3:5", "not_positive"],
  ["a negative price", tiers(first, "it,2027-01-01,200,,-41000,x"), "3:5", "not_positive"],
  [
    "a price at which a pack costs 0 cents",
    tiers(first, "it,2027-01-01,200,,24,x"),
    "3:5",
    "tier_for_nothing",
  ],
  ["a price in euro", tiers(first, "it,2027-01-01,200,,0.041,x"), "3:5", "too_many_decimals"],
  ["a price beyond reason", tiers(first, "it,2027-01-01,200,,1000000001,x"), "3:5", "too_big"],
  ["a quantity with a decimal", tiers("it,2027-01-01,100.5,200,42000,x", last), "2:3", "too_many_decimals"],
  ["a quantity beyond reason", tiers("it,2027-01-01,100,99999999999999999999,42000,x"), "2:4", "too_big"],
  ["another currency", `${P},currency\n${first},USD\n${last},EUR\n`, "2:7", "wrong_currency"],
];

describe("a broken file is refused, with line and column", () => {
  test.each(BROKEN)("%s", (_kind, content, place, code) => {
    const found = problemsOf(content).map(
      ({ line, column, code }) => `${line.toString()}:${column.toString()} ${code}`,
    );
    expect(found).toContain(`${place} ${code}`);
  });

  test("each mistake is named once, not again as its consequence", () => {
    const alone = BROKEN.filter(([, content]) => problemsOf(content).length !== 1).map(([kind]) => kind);
    expect(alone).toEqual([]);
  });

  test("all mistakes of a file come at once, in the order of the file", () => {
    const text = `${D}\nZZ,39,it,2027-01-01,-1,x\nIT,39,xx,2027-13-01,0.12345,\n`;
    expect(problemsOf(text).map(({ line, column }) => [line, column])).toEqual([
      [2, 1],
      [2, 5],
      [3, 3],
      [3, 4],
      [3, 5],
      [3, 6],
    ]);
  });

  test("a date beside the file and in the file is refused", () => {
    expect(problemsOf(rate("IT,39,it,2027-01-01,0.7,x"), "2027-01-01")[0]?.code).toBe(
      "date_in_file_and_option",
    );
  });

  test.each([
    [new Uint8Array([0xff, 0xfe, 99, 0]), /UTF-16: save it as CSV in UTF-8/],
    [new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), /spreadsheet.*save it as CSV/],
    [`sep=;\n${D}\n`, /delete this line/],
    [`${D.replaceAll(",", "\t")}\n`, /tabs.*save it with commas/],
    [`${D.toUpperCase()}\n`, /“COUNTRY” is written country here/],
    [`${D},,\n`, /delete the empty columns/],
  ])("the line that is printed names the cure", (content, cure) => {
    const [problem] = problemsOf(content);
    expect(problem === undefined ? "" : printProblem("rates.csv", problem)).toMatch(cure);
  });

  test("a problem is printed as a place that editors jump to", () => {
    const [problem] = problemsOf(rate("IT,39,it,2027-01-01,-0.7,published"));
    if (problem === undefined) throw new Error("nothing was found");
    expect(printProblem("rates.csv", problem)).toBe("rates.csv:3:5 credits -0.7 is not more than 0");
  });
});

describe("a sound file is taken", () => {
  test("with a byte order mark and Windows line ends", () => {
    expect(problemsOf(`\uFEFF${rate("IT,39,it,2027-01-01,0.7,published").replaceAll("\n", "\r\n")}`)).toEqual(
      [],
    );
  });

  test("with its columns in another order, a date beside it, and quoted commas", () => {
    const text = 'credits,country,source,price_list,calling_code\n0.7,IT,"the guide, 2020",it,39\n';
    const { file } = readPriceFile(new TextEncoder().encode(text), "2027-03-01");
    if (file === null) throw new Error("refused");
    expect(checkDestinations(file, { ...knowledge, from: "2027-03-01" }).rows).toEqual([
      {
        line: 2,
        priceList: "it",
        country: "IT",
        callingCode: "39",
        validFrom: "2027-03-01",
        credits: 700n,
        source: "the guide, 2020",
      },
    ]);
  });

  test("tiers in any order of lines, for two lists and two dates at once", () => {
    const other = first.replace("it,2027-01-01", "fr,2028-01-01").replace("200", "");
    expect(problemsOf(tiers(last, other, first))).toEqual([]);
  });

  test("with a price at which the smallest pack costs one cent", () => {
    expect(problemsOf(tiers("it,2027-01-01,100,,50,published"))).toEqual([]);
    expect(problemsOf(tiers("it,2027-01-01,100,,49,published"))).toMatchObject([{ line: 2, column: 5 }]);
  });

  test("the product's own lists", () => {
    expect(problemsOf(readFileSync("db/data/packs.csv"))).toEqual([]);
    const codes = new Set(problemsOf(readFileSync("db/data/destinations.csv")).map(({ code }) => code));
    // Only the three countries that this test knows are known.
    expect([...codes]).toEqual(["unknown_country"]);
  });
});
