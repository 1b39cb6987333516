import { MAX_CREDITS, parseCredits, printCredits } from "./credits";
import { dayIn } from "./day";

/**
 * How amounts and times look on screen, and how amounts are read from what people type.
 * Numbers go to Intl as decimal strings, which it takes exactly: no amount is ever a float.
 */

/** The language tag that Intl gets for each language of the interface; others stand for themselves. */
const REGION: Readonly<Record<string, string>> = { it: "it-IT", fr: "fr-FR", en: "en-GB" };

/**
 * Thousands are separated from 10.000 up, in every language. With three decimals in use, "1.000" could be read as
 * one credit or a thousand; and Italian, Spanish, Polish and Portuguese write "1000" anyway.
 */
const GROUPING = "min2";

/** Shows credits given in machine form ("1234.5"), with as many decimals as they have: "1234,5" in Italian. */
export function formatCredits(locale: string, machineText: string): string {
  return decimal(locale, { maximumFractionDigits: 3 }, machineText);
}

/** As `formatCredits`, with its sign, "+" included: what an entry added or took. */
export function formatSignedCredits(locale: string, machineText: string): string {
  return decimal(locale, { maximumFractionDigits: 3, signDisplay: "exceptZero" }, machineText);
}

/** Chooses between singular and plural in a message, and nothing else: no amount is calculated with in this form. */
export const pluralOf = (machineText: string): number => Number(machineText);

/** Shows a whole number, such as a count of messages. */
export function formatCount(locale: string, count: bigint | number | string): string {
  return decimal(locale, { maximumFractionDigits: 0 }, count.toString());
}

/** Shows an amount of money given in cents: 832n is "8,32 €". Every currency in use has two decimals. */
export function formatCents(locale: string, cents: bigint | string, currency: string): string {
  return decimal(
    locale,
    { style: "currency", currency, minimumFractionDigits: 2, maximumFractionDigits: 2 },
    shiftDecimal(cents.toString(), 2),
  );
}

/**
 * Shows a unit price given in millionths of the currency, with two to six decimals: 41600n is "0,0416 €". A column of
 * them asks for as many as each needs at `least`, so that they stand one below the other.
 */
export function formatUnitPrice(
  locale: string,
  micros: bigint | string,
  currency: string,
  least = 2,
): string {
  return decimal(
    locale,
    { style: "currency", currency, minimumFractionDigits: least, maximumFractionDigits: 6 },
    shiftDecimal(micros.toString(), 6),
  );
}

/** Shows a rate of tax given in hundredths of a percent: 2200 is "22 %". */
export function formatPercent(locale: string, basisPoints: number | bigint): string {
  return decimal(
    locale,
    { style: "percent", maximumFractionDigits: 2 },
    shiftDecimal(basisPoints.toString(), 4),
  );
}

const SHORT_INSTANT = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;
const DATED_INSTANT = { ...SHORT_INSTANT, year: "numeric" } as const;
const FULL_INSTANT = { ...DATED_INSTANT, month: "long", second: "2-digit" } as const;

/**
 * "22 nov, 09:14", and "22 nov 2025, 09:14" in any year but that of `now`; with the whole month and seconds (`"full"`).
 * `at` is a Date or an ISO string.
 */
export function formatInstant(
  locale: string,
  timeZone: string,
  at: Date | string,
  style: "short" | "full" = "short",
  now = new Date(),
): string {
  const instant = new Date(at);
  const isOfThisYear = yearIn(timeZone, instant) === yearIn(timeZone, now);
  const options = style === "full" ? FULL_INSTANT : isOfThisYear ? SHORT_INSTANT : DATED_INSTANT;
  return dateFormat(locale, { ...options, timeZone }).format(instant);
}

const yearIn = (timeZone: string, instant: Date): string => dayIn(timeZone, instant).slice(0, 4);

/** "12:03". */
export function formatTime(locale: string, timeZone: string, at: Date | string): string {
  return dateFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone }).format(new Date(at));
}

/** "22 nov 2026", or "22 nov" (`"dayMonth"`), or "novembre 2026" (`"month"`), as the day is in `timeZone`. */
export function formatDate(
  locale: string,
  timeZone: string,
  at: Date | string,
  style: "medium" | "dayMonth" | "month" = "medium",
): string {
  const options: Intl.DateTimeFormatOptions =
    style === "medium"
      ? { day: "numeric", month: "short", year: "numeric" }
      : style === "dayMonth"
        ? { day: "numeric", month: "short" }
        : { month: "long", year: "numeric" };
  return dateFormat(locale, { ...options, timeZone }).format(new Date(at));
}

/** CLDR names a dissolved country by its successor, which is another place with another rate. */
const DISSOLVED_COUNTRIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AN: { it: "Antille Olandesi", fr: "Antilles néerlandaises", en: "Netherlands Antilles" },
};

/** CLDR puts their status before their names in some languages, where nobody would look for them: "RAS di Hong Kong". */
const SHORT_NAMED_COUNTRIES: readonly string[] = ["HK", "MO"];

/** The name of a country (ISO 3166-1 alpha-2) in the reader's language: "IT" is "Italia". */
export function formatCountry(locale: string, country: string): string {
  const dissolved = DISSOLVED_COUNTRIES[country];
  if (dissolved !== undefined) return dissolved[locale] ?? dissolved["en"] ?? country;
  return displayName(locale, country, SHORT_NAMED_COUNTRIES.includes(country) ? "short" : "long");
}

/** As CLDR has it: "Regno Unito", in short "UK". */
export function displayName(locale: string, country: string, style: "long" | "short"): string {
  const key = `${locale} ${style}`;
  const names =
    countryNames.get(key) ??
    new Intl.DisplayNames([regionOf(locale)], { type: "region", fallback: "code", style });
  countryNames.set(key, names);
  return names.of(country) ?? country;
}

// Making one costs more than naming two hundred countries.
const countryNames = new Map<string, Intl.DisplayNames>();

/** "Francia, India e Italia". */
export function formatList(locale: string, items: readonly string[]): string {
  return new Intl.ListFormat(regionOf(locale), { type: "conjunction" }).format(items);
}

export type AmountProblem =
  | "amount_missing"
  | "amount_not_a_number"
  | "amount_exponent"
  | "amount_negative"
  | "amount_separator"
  | "amount_too_many_decimals"
  | "amount_too_large";

export type LocalAmount =
  | { readonly ok: true; readonly machine: string }
  /** `problem` and `values` are a `FieldProblem`: a message of the namespace `problems` and what it mentions. */
  | {
      readonly ok: false;
      readonly problem: AmountProblem;
      readonly values: Readonly<Record<string, string | number>>;
    };

/**
 * Reads an amount of credits as the reader's language writes it: "0,7", "12.345,5" or "12 345,5" in Italian. Thousands
 * may be separated, but only where they are: "0.7" in Italian is refused with a word on the comma rather than guessed.
 */
export function parseLocalAmount(locale: string, typed: string): LocalAmount {
  const { decimalMark, groupMark } = marksOf(locale);
  const values = { decimalMark, example: `0${decimalMark}7` };
  const refuse = (problem: AmountProblem): LocalAmount => ({ ok: false, problem, values });

  const text = typed.trim();
  if (text === "") return refuse("amount_missing");
  if (/^[-−–]\s*[\d.,]/.test(text)) return refuse("amount_negative");
  if (/^[\d.,]+e[+-]?\d+$/i.test(text)) return refuse("amount_exponent");
  if (!/^[\d.,'’\s]+$/.test(text) || !/\d/.test(text)) return refuse("amount_not_a_number");

  const [whole = "", decimals, ...more] = text.split(decimalMark);
  if (more.length > 0 || decimals === "") return refuse("amount_not_a_number");
  const digits = withoutGroups(whole, groupMark);
  if (digits === null || (decimals !== undefined && !/^\d+$/.test(decimals)))
    return refuse("amount_separator");
  const needed = (decimals ?? "").replace(/0+$/, "");
  if (needed.length > 3) return refuse("amount_too_many_decimals");

  const integer = digits.replace(/^0+(?=\d)/, "");
  const amount = parseCredits(`${integer === "" ? "0" : integer}${needed === "" ? "" : `.${needed}`}`);
  if (amount === null || amount > MAX_CREDITS) return refuse("amount_too_large");
  return { ok: true, machine: printCredits(amount) };
}

/** What stands in a field whose value is an amount: as the language writes it, without separators of thousands. */
export function localAmount(locale: string, machineText: string): string {
  return machineText.replace(".", marksOf(locale).decimalMark);
}

/**
 * The digits of a whole part, or null if what separates them does not stand between groups of three. The first begins
 * with no zero: "0.700" in Italian means seven tenths to whoever writes it.
 */
function withoutGroups(whole: string, groupMark: string): string | null {
  if (/^\d*$/.test(whole)) return whole;
  const mark = /\s/.test(whole) ? "\\s" : groupMark === "." ? "\\." : groupMark === "," ? "," : "['’]";
  return new RegExp(`^[1-9]\\d{0,2}(?:${mark}\\d{3})+$`).test(whole) ? whole.replace(/\D/g, "") : null;
}

function marksOf(locale: string): { decimalMark: string; groupMark: string } {
  const parts = numberFormat(locale, { useGrouping: "always" }).formatToParts(12345.6);
  const mark = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return { decimalMark: mark("decimal") || ".", groupMark: mark("group") };
}

/** Puts the decimal point `places` from the right of an integer: ("832", 2) is "8.32". */
function shiftDecimal(integer: string, places: number): string {
  const negative = integer.startsWith("-");
  const digits = (negative ? integer.slice(1) : integer).padStart(places + 1, "0");
  return `${negative ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function decimal(locale: string, options: Intl.NumberFormatOptions, machineText: string): string {
  if (!isDecimal(machineText)) throw new RangeError("Not a decimal number in machine form");
  return numberFormat(locale, { useGrouping: GROUPING, ...options }).format(machineText);
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

function regionOf(locale: string): string {
  return REGION[locale] ?? locale;
}

// Building a formatter costs some fifty times what using it does, and tables use few of them often.
const formats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(regionOf(locale), options);
  formats.set(key, format);
  return format;
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(regionOf(locale), options);
  dateFormats.set(key, format);
  return format;
}
