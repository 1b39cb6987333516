import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { creditsOf, MAX_CREDITS, printCredits } from "./credits";
import {
  formatCents,
  formatCountry,
  formatCredits,
  formatDate,
  formatInstant,
  formatList,
  formatPercent,
  formatSignedCredits,
  formatUnitPrice,
  localAmount,
  parseLocalAmount,
} from "./format";

// Intl puts no-break spaces where a test is easier to read with plain ones.
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("amounts are shown as the language writes them", () => {
  test.each([
    ["it", "163.4", "163,4"],
    ["it", "1000", "1000"],
    ["it", "12345.678", "12.345,678"],
    ["fr", "12345.5", "12 345,5"],
    ["en", "12345.5", "12,345.5"],
    ["en", "1000", "1000"],
    ["it", "-0.05", "-0,05"],
    // More digits than a float holds.
    ["it", "999999999.999", "999.999.999,999"],
  ])("credits in %s: %s is %s", (locale, machine, shown) => {
    expect(plain(formatCredits(locale, machine))).toBe(shown);
  });

  test("money is exact at any size", () => {
    expect(plain(formatCents("it", 832n, "EUR"))).toBe("8,32 €");
    expect(plain(formatCents("fr", "5", "EUR"))).toBe("0,05 €");
    expect(plain(formatCents("en", -123456789n, "EUR"))).toBe("-€1,234,567.89");
    expect(plain(formatCents("it", 90071992547409935n, "EUR"))).toBe("900.719.925.474.099,35 €");
  });

  test("unit prices keep what they have beyond the cent", () => {
    expect(plain(formatUnitPrice("it", 41600n, "EUR"))).toBe("0,0416 €");
    expect(plain(formatUnitPrice("en", 42000n, "EUR"))).toBe("€0.042");
    expect(plain(formatUnitPrice("fr", 1_000_000n, "EUR"))).toBe("1,00 €");
  });

  test("signs, percents, countries and lists", () => {
    expect(formatSignedCredits("it", "250")).toBe("+250");
    expect(formatSignedCredits("it", "-8.4")).toBe("-8,4");
    expect(plain(formatPercent("fr", 2200))).toBe("22 %");
    expect(formatCountry("it", "IN")).toBe("India");
    expect(formatList("it", ["Francia", "India", "Italia"])).toBe("Francia, India e Italia");
  });

  test("what is not an amount in machine form is never shown as one", () => {
    for (const text of ["", "abc", "1,5", "1e9", "NaN", "Infinity", "0x10", " 1"]) {
      expect(() => formatCredits("it", text)).toThrow(RangeError);
    }
  });
});

describe("times are those of the zone asked for", () => {
  test("the same instant is another day elsewhere", () => {
    const at = "2026-11-22T23:30:00Z";
    expect(formatDate("it", "Europe/Rome", at)).toBe("23 nov 2026");
    expect(formatDate("it", "America/New_York", at)).toBe("22 nov 2026");
    expect(formatInstant("it", "Europe/Rome", at, "full")).toBe("23 novembre 2026 alle ore 00:30:00");
    expect(formatDate("en", "Europe/Rome", at, "month")).toBe("November 2026");
  });

  test.each([
    ["2026-11-22T23:30:00Z", "23 nov, 00:30"],
    ["2025-12-31T22:59:00Z", "31 dic 2025, 23:59"],
    // Still the old year in UTC.
    ["2025-12-31T23:00:00Z", "1 gen, 00:00"],
    ["2026-12-31T23:00:00Z", "1 gen 2027, 00:00"],
  ])("the year is shown where it is not the present one: %s is %s", (at, shown) => {
    const now = new Date("2026-06-01T00:00:00Z");
    expect(formatInstant("it", "Europe/Rome", at, "short", now)).toBe(shown);
  });
});

describe("amounts are read as the language writes them", () => {
  test.each([
    ["it", "0,7", "0.7"],
    ["it", " 60 ", "60"],
    ["it", "12.345,5", "12345.5"],
    ["it", "1.000", "1000"],
    ["it", "1 000", "1000"],
    ["it", ",5", "0.5"],
    ["it", "0,7000", "0.7"],
    ["it", "007", "7"],
    ["fr", "12 345,5", "12345.5"],
    ["fr", "12 345,5", "12345.5"],
    ["en", "0.7", "0.7"],
    ["en", "12,345.5", "12345.5"],
    ["en", "1000000000", "1000000000"],
  ])("in %s, %s is %s", (locale, typed, machine) => {
    expect(parseLocalAmount(locale, typed)).toEqual({ ok: true, machine });
  });

  test.each([
    ["it", "", "amount_missing"],
    ["it", "   ", "amount_missing"],
    ["it", "abc", "amount_not_a_number"],
    ["it", "12a", "amount_not_a_number"],
    ["it", "1,2,3", "amount_not_a_number"],
    ["it", "5,", "amount_not_a_number"],
    ["it", ",", "amount_not_a_number"],
    ["it", "٣", "amount_not_a_number"],
    ["it", "1e9", "amount_exponent"],
    ["it", "1,5E+3", "amount_exponent"],
    ["it", "-1", "amount_negative"],
    ["it", "−0,5", "amount_negative"],
    ["it", "0.7", "amount_separator"],
    ["it", "1.00", "amount_separator"],
    ["fr", "0.7", "amount_separator"],
    ["en", "0,7", "amount_separator"],
    ["en", "1,00", "amount_separator"],
    ["it", "1.0000", "amount_separator"],
    ["it", "0.700", "amount_separator"],
    ["it", "00.700,5", "amount_separator"],
    ["fr", "0 700", "amount_separator"],
    ["en", "0,700", "amount_separator"],
    ["it", "0,0001", "amount_too_many_decimals"],
    ["it", "1000000000,001", "amount_too_large"],
    ["it", "9".repeat(40), "amount_too_large"],
  ])("in %s, %j is refused: %s", (locale, typed, problem) => {
    expect(parseLocalAmount(locale, typed)).toMatchObject({ ok: false, problem });
  });

  test("whatever is shown is read back as the same amount, in every language", () => {
    const amounts = fc.bigInt(0n, MAX_CREDITS).map((thousandths) => printCredits(creditsOf(thousandths)));
    const locales = fc.constantFrom("it", "fr", "en", "es", "de", "pl", "pt");
    fc.assert(
      fc.property(locales, amounts, (locale, machine) => {
        expect(parseLocalAmount(locale, formatCredits(locale, machine))).toEqual({ ok: true, machine });
        expect(parseLocalAmount(locale, localAmount(locale, machine))).toEqual({ ok: true, machine });
      }),
      { numRuns: 2000 },
    );
  });

  test("a comma and a point are never taken for each other: what is read is what the language writes", () => {
    const digits = (least: number, most: number) =>
      fc.stringMatching(new RegExp(`^[0-9]{${least.toString()},${most.toString()}}$`));
    fc.assert(
      fc.property(
        fc.constantFrom("it", "fr", "en", "de"),
        digits(1, 4),
        digits(0, 4),
        (locale, before, after) => {
          const { decimal, other } =
            locale === "en" ? { decimal: ".", other: "," } : { decimal: ",", other: "." };
          const read = parseLocalAmount(locale, `${before}${other}${after}`);
          // Only a group of thousands may follow the other mark, and only after a number that is one.
          if (read.ok) expect(`${before}${after}`).toMatch(/^[1-9]\d{0,2}\d{3}$/);
          if (read.ok) expect(read.machine).toBe(before + after);
          const own = parseLocalAmount(locale, `${before}${decimal}${after}`);
          if (own.ok) expect(Number(own.machine)).toBe(Number(`${before}.${after}`));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("no text makes it throw, hang, or read an amount below nothing", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("it", "fr", "en"),
        fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[-+0-9., e'’]{0,30}$/)),
        (locale, typed) => {
          const read = parseLocalAmount(locale, typed);
          if (read.ok) expect(read.machine).toMatch(/^\d{1,10}(\.\d{1,3})?$/);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
