import "server-only";
import { type PhoneTable, readPhoneTable } from "./phone-column";
import {
  isRounded,
  LONGEST_NUMBER,
  readNumber,
  type NumberReading,
  type Recipient,
  type RecipientProblem,
} from "./phone-number";

export type InvalidRecipient = {
  /** As it was written; the beginning, if it is long. */
  readonly text: string;
  readonly reason: RecipientProblem;
  /** The numbers that it may be: for `two_readings`, of which one is to be chosen, and the one of `plus_missing`. */
  readonly readings?: readonly string[];
  /** The line of its row, where a table was read. */
  readonly line?: number;
};

export type Recipients = {
  /** Each number once, in the order of its first appearance. */
  readonly valid: readonly Recipient[];
  /** Each text once, in the order of its first appearance. */
  readonly invalid: readonly InvalidRecipient[];
  /** How many numbers were left out because they stood there before. */
  readonly repeated: number;
  /** How many of the numbers, each counted once, are of landlines: among `valid` if they are taken, else among `invalid`. */
  readonly landlines: number;
  /** How many numbers lack nothing but their plus, each counted once: among `valid` if it is added. */
  readonly plusMissing: number;
  /** The table that the text is, and the column of it that was read; null if it is a list. */
  readonly table: PhoneTable | null;
};

/** What whoever sends was asked, and wants. */
export type RecipientsWanted = {
  /** Landlines count as recipients. */
  readonly takeLandlines?: boolean;
  /** Numbers that lack nothing but their plus count as if they had it. */
  readonly addPlus?: boolean;
  /** The column of a table in which the phones stand, from 0; null is the likeliest. */
  readonly phoneColumn?: number | null;
};

type Reading = { readonly text: string; readonly read: NumberReading; readonly line?: number };

/**
 * Reads recipients. A text is what was pasted: one on each line, or with commas, semicolons, tabs or spaces between; in
 * international form, "+39 …" or "0039 …", with spaces, dots, dashes and parentheses inside; a name may stand before or
 * after a number, in a column of its own too. A list has exactly one recipient in each element. Nothing is guessed: a
 * number without its country code is invalid, and so is what may be two numbers.
 */
export function readRecipients(given: string | readonly string[], wanted: RecipientsWanted = {}): Recipients {
  const table = typeof given === "string" ? readPhoneTable(plain(given), wanted.phoneColumn) : null;
  const readings =
    table !== null
      ? readTable(table)
      : typeof given === "string"
        ? readText(given)
        : given.flatMap(readElement);
  const valid = new Map<string, Recipient>();
  const invalid = new Map<string, InvalidRecipient>();
  const landlines = new Set<string>();
  const plusMissing = new Set<string>();
  let repeated = 0;
  for (const reading of readings) {
    const [withPlus] = reading.read.problem === "plus_missing" ? (reading.read.readings ?? []) : [];
    if (withPlus !== undefined) plusMissing.add(withPlus);
    const isMended = withPlus !== undefined && wanted.addPlus === true;
    const { text, line } = reading;
    const read = isMended ? readNumber(withPlus) : reading.read;
    const { recipient, problem } = read;
    if (recipient !== null && problem === "landline") landlines.add(recipient.number);
    const isTaken = problem === null || (problem === "landline" && wanted.takeLandlines === true);
    if (recipient !== null && isTaken) {
      if (valid.has(recipient.number)) repeated += 1;
      else valid.set(recipient.number, recipient);
    } else if (problem !== null) {
      const readings = recipient === null ? read.readings : undefined;
      invalid.set(line === undefined ? text : line.toString(), {
        text: shorten(text),
        reason: problem,
        ...(readings !== undefined && { readings }),
        ...(line !== undefined && { line }),
      });
    }
  }
  return {
    valid: [...valid.values()],
    invalid: [...invalid.values()],
    repeated,
    landlines: landlines.size,
    plusMissing: plusMissing.size,
    table,
  };
}

function readText(pasted: string): Reading[] {
  const seen = new Map<string, Reading[]>();
  return entriesOf(plain(pasted)).flatMap((entry) => {
    const text = entry.trim();
    if (text === "") return [];
    const known = seen.get(text) ?? readEntry(text);
    seen.set(text, known);
    return known;
  });
}

/** One recipient to a row; what stands in other columns is nothing of ours. */
function readTable({ rows, column }: PhoneTable): Reading[] {
  return rows.map(({ line, cells }) => {
    const cell = cells[column] ?? "";
    if (cell === "") {
      const text = cells.filter((each) => each !== "").join(", ");
      return { text, line, read: { recipient: null, problem: "empty_cell" } };
    }
    // Address books put several numbers of one person into a cell, with this between.
    const readings = cell.split(":::").flatMap((one) => readElement(one.trim()));
    const chosen = readings.find(({ read }) => read.problem === null) ?? readings[0];
    return { text: cell, line, read: chosen?.read ?? { recipient: null, problem: "not_a_number" } };
  });
}

/** One recipient, whatever stands beside it; two numbers in one element are a mistake, not two recipients. */
function readElement(element: string): Reading[] {
  const entries = entriesOf(plain(element)).filter((entry) => entry.trim() !== "");
  const readings = entries.flatMap((entry) => readEntry(entry.trim()));
  const [first] = readings;
  if (first !== undefined && readings.length === 1) return [{ text: element, read: first.read }];
  const numbers = readings.filter(({ read }) => read.recipient !== null);
  const problem = numbers.length > 1 ? "several_numbers" : "not_a_number";
  return [{ text: element, read: { recipient: null, problem } }];
}

/** Full-width digits, odd spaces and the marks of direction that phones put around a number are only spelling. */
const plain = (text: string): string => text.normalize("NFKC").replace(INVISIBLE, "");

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const BETWEEN_LINES = /[\n\r\u2028\u2029]+/;
const BETWEEN_ENTRIES = /(?:[,;|\t]|:::)+/;

/** "3,93E+11" is one entry. */
const COMMA_OF_ROUNDED = /(?<=(?:^|[^\d.,])\d),(?=\d{1,12}E\+?\d{2}(?!\d))/gim;
const HIDDEN_COMMA = "\ue000";

/** What each line holds, without the names that stand in columns beside the numbers. */
function entriesOf(text: string): string[] {
  const rows = text
    .replace(COMMA_OF_ROUNDED, HIDDEN_COMMA)
    .split(BETWEEN_LINES)
    .map((line) => ({
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

/** "1. +39 …": the place in a list, which is no part of the number. */
const ORDINAL = /^\d{1,5}[.)]\s*(?=\(?(?:\+|00))/;

/** One entry may still hold several numbers with spaces between. */
function readEntry(given: string): Reading[] {
  const entry = given.replaceAll(HIDDEN_COMMA, ",");
  if (isRounded(entry)) return [{ text: entry, read: readNumber(entry) }];
  const pieces = entry
    .replace(ORDINAL, "")
    .split(/(?=\+)/)
    .filter(hasDigit);
  if (pieces.length === 0) return [{ text: entry, read: { recipient: null, problem: "not_a_number" } }];
  return pieces.flatMap(readPiece);
}

const shorten = (text: string): string =>
  text.length <= LONGEST_NUMBER ? text : `${text.slice(0, LONGEST_NUMBER)}…`;

/** A piece has at most one "+", at its beginning; numbers that begin with 00 may follow each other in it. */
function readPiece(piece: string): Reading[] {
  const text = piece.trim();
  const whole: Reading = { text, read: readNumber(text) };
  const readings: Reading[] = [];
  let current = "";
  for (const group of text.split(/\s+/)) {
    // "00" may also be two digits inside a number, so it ends the one before only if that is complete.
    const mayEnd = group.startsWith("00") && current.length <= LONGEST_NUMBER;
    if (mayEnd && readNumber(current).recipient !== null) {
      readings.push({ text: current, read: readNumber(current) });
      current = group;
    } else {
      current = current === "" ? group : `${current} ${group}`;
    }
  }
  if (readings.length === 0) return [whole];
  const several = [...readings, { text: current, read: readNumber(current) }];
  if (whole.read.recipient === null) return several;
  // Complete as one and complete as several.
  const numbers = several.flatMap(({ read }) => (read.recipient === null ? [] : [read.recipient.number]));
  if (numbers.length < several.length) return [whole];
  const choices = [whole.read.recipient.number, numbers.join(" ")];
  return [{ text, read: { recipient: null, problem: "two_readings", readings: choices } }];
}
