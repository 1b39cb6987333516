import "server-only";
import parsePhoneNumber from "libphonenumber-js/max";

export type Recipient = {
  /** E.164: "+393331234567". */
  readonly number: string;
  /** ISO 3166-1 alpha-2, decided by the whole number: calling codes are shared. */
  readonly country: string;
};

/** Why something is no recipient: no country code in front, no number that exists, or a number of no country. */
export type RecipientProblem = "no_country_code" | "not_a_number" | "number_of_no_country";

export type InvalidRecipient = {
  /** As it was written; the beginning, if it is long. */
  readonly text: string;
  readonly reason: RecipientProblem;
};

export type Recipients = {
  /** Each number once, in the order of its first appearance. */
  readonly valid: readonly Recipient[];
  /** Each text once, in the order of its first appearance. */
  readonly invalid: readonly InvalidRecipient[];
  /** How many numbers were left out because they stood there before. */
  readonly repeated: number;
};

type Reading = { readonly text: string; readonly recipient: Recipient | RecipientProblem };

/**
 * Reads recipients from what was pasted: one on each line, or with commas, semicolons, tabs or spaces between; in
 * international form, "+39 …" or "0039 …", with spaces, dots, dashes and parentheses inside; a name may stand before or
 * after a number, in a column of its own too. A number without its country code is invalid: nothing is guessed.
 */
export function readRecipients(pasted: string | readonly string[]): Recipients {
  const entries = (typeof pasted === "string" ? [pasted] : pasted).flatMap((text) =>
    // Full-width digits, odd spaces and the marks of direction that phones put around a number are only spelling.
    entriesOf(text.normalize("NFKC").replace(INVISIBLE, "")),
  );
  const valid = new Map<string, Recipient>();
  const invalid = new Map<string, InvalidRecipient>();
  const seen = new Map<string, Reading[]>();
  let repeated = 0;
  for (const entry of entries) {
    const text = entry.trim();
    if (text === "") continue;
    let readings = seen.get(text);
    if (readings === undefined) {
      readings = readEntry(text);
      seen.set(text, readings);
    }
    for (const { text, recipient } of readings) {
      if (typeof recipient === "string") invalid.set(text, { text: shorten(text), reason: recipient });
      else if (valid.has(recipient.number)) repeated += 1;
      else valid.set(recipient.number, recipient);
    }
  }
  return { valid: [...valid.values()], invalid: [...invalid.values()], repeated };
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const BETWEEN_LINES = /[\n\r\u2028\u2029]+/;
const BETWEEN_ENTRIES = /[,;|\t]+/;

/** What each line holds, without the names that stand in columns beside the numbers. */
function entriesOf(text: string): string[] {
  const rows = text.split(BETWEEN_LINES).map((line) => ({
    isOfTable: line.includes("\t"),
    cells: line.split(BETWEEN_ENTRIES).filter((cell) => cell.trim() !== ""),
  }));
  const [first, second] = rows;
  const isHeader =
    first !== undefined &&
    first.cells.length > 1 &&
    !first.cells.some(hasDigit) &&
    second?.cells.some(hasDigit);
  return (isHeader === true ? rows.slice(1) : rows).flatMap(({ isOfTable, cells }) => {
    const withDigits = cells.filter(hasDigit);
    // Between commas a word may be meant as a recipient, unless all the rest of its line is one number.
    const hasNames = isOfTable ? withDigits.length > 0 : withDigits.length === 1;
    return hasNames ? withDigits : cells;
  });
}

const hasDigit = (text: string): boolean => /\d/.test(text);

/** What may stand inside a number, and around it. */
const PUNCTUATION = /[\s().\-/\u2010-\u2015\u2212\u00b7'"<>[\]:]/g;

/** With everything that may stand inside it. Keeps the time linear for a text of nothing but zeros. */
const LONGEST_NUMBER = 60;

/** "1. +39 …": the place in a list, which is no part of the number. */
const ORDINAL = /^\d{1,5}[.)]\s*(?=\(?(?:\+|00))/;

/** One entry may still hold several numbers with spaces between. */
function readEntry(entry: string): Reading[] {
  const pieces = entry
    .replace(ORDINAL, "")
    .split(/(?=\+)/)
    .filter(hasDigit);
  if (pieces.length === 0) return [{ text: entry, recipient: "not_a_number" }];
  return pieces.flatMap(readPiece);
}

const shorten = (text: string): string =>
  text.length <= LONGEST_NUMBER ? text : `${text.slice(0, LONGEST_NUMBER)}…`;

/** A piece has at most one "+", at its beginning; numbers that begin with 00 may follow each other in it. */
function readPiece(piece: string): Reading[] {
  const text = piece.trim();
  const whole: Reading = { text, recipient: readNumber(text) };
  if (typeof whole.recipient !== "string") return [whole];
  const readings: Reading[] = [];
  let current = "";
  for (const group of text.split(/\s+/)) {
    // "00" may also be two digits inside a number, so it ends the one before only if that is complete.
    const mayEnd = group.startsWith("00") && current.length <= LONGEST_NUMBER;
    if (mayEnd && typeof readNumber(current) !== "string") {
      readings.push({ text: current, recipient: readNumber(current) });
      current = group;
    } else {
      current = current === "" ? group : `${current} ${group}`;
    }
  }
  return readings.length === 0 ? [whole] : [...readings, { text: current, recipient: readNumber(current) }];
}

/** Letters after a number and apart from it, with no digit to follow: a name. */
const NAME_AFTER = /(?<=\d)[\s(<"'\-\u2010-\u2015]+[^\d\s(<"'\-\u2010-\u2015][^\d]*$/u;

function readNumber(text: string): Recipient | RecipientProblem {
  const bare = text.replace(/^[^+\d(]*\p{L}[^+\d(]*/u, "").replace(NAME_AFTER, "");
  const digits = bare.replace(PUNCTUATION, "").replace(/^\+?00/, "+");
  if (/^\d+$/.test(digits)) return "no_country_code";
  if (!/^\+\d{4,20}$/.test(digits)) return "not_a_number";
  if (!bare.includes("(0)")) return numberOf(digits);
  // "+44 (0)20 …" names the digit that is dialled inside the country only; in Italy it belongs to the number.
  const international = numberOf(bare.replace("(0)", "").replace(PUNCTUATION, "").replace(/^00/, "+"));
  return typeof international === "string" ? numberOf(digits) : international;
}

function numberOf(digits: string): Recipient | RecipientProblem {
  const parsed = parsePhoneNumber(digits, { extract: false });
  if (parsed?.isValid() !== true) return "not_a_number";
  return parsed.country === undefined
    ? "number_of_no_country"
    : { number: parsed.number, country: parsed.country };
}
