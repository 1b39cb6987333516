import "server-only";
import parsePhoneNumber, { type PhoneNumberType } from "libphonenumber-js/max";

export type Recipient = {
  /** E.164: "+393331234567". */
  readonly number: string;
  /** ISO 3166-1 alpha-2, decided by the whole number: calling codes are shared. */
  readonly country: string;
};

/**
 * Why a message goes to none of what was written: it is no number, may be two different ones, or is a number that
 * receives no SMS. `landline` is a question, not a refusal: some receive them.
 */
export type RecipientProblem =
  | "no_country_code"
  | "plus_missing"
  | "not_a_number"
  | "number_of_no_country"
  | "rounded_by_spreadsheet"
  | "two_readings"
  | "several_numbers"
  | "empty_cell"
  | KindProblem;

type KindProblem = "landline" | "voicemail" | "premium_rate" | "toll_free" | "shared_cost" | "no_sms";

/** What was written, read as one number, and what kind of number it is; or why it is none. */
export type NumberReading =
  | { readonly recipient: Recipient; readonly problem: KindProblem | null }
  | { readonly recipient: null; readonly problem: RecipientProblem; readonly readings?: readonly string[] };

/** A phone is charged for only if it can receive an SMS; null is a kind that can. */
const PROBLEM_OF: Readonly<Record<PhoneNumberType, KindProblem | null>> = {
  MOBILE: null,
  FIXED_LINE_OR_MOBILE: null,
  FIXED_LINE: "landline",
  VOICEMAIL: "voicemail",
  PREMIUM_RATE: "premium_rate",
  TOLL_FREE: "toll_free",
  SHARED_COST: "shared_cost",
  PERSONAL_NUMBER: "no_sms",
  PAGER: "no_sms",
  UAN: "no_sms",
  VOIP: "no_sms",
};

/** With everything that may stand inside it. Keeps the time linear for a text of nothing but zeros. */
export const LONGEST_NUMBER = 60;

/** What may stand inside a number, and around it. */
const PUNCTUATION = /[\s().\-/\u2010-\u2015\u2212\u00b7'"<>[\]:]/g;

/** Letters after a number and apart from it, with no digit to follow: a name. */
const NAME_AFTER = /(?<=\d)[\s(<"'\-\u2010-\u2015]+[^\d\s(<"'\-\u2010-\u2015][^\d]*$/u;

const ROUNDED = /^\d(?:[.,]\d+)?E\+?\d{1,2}$/i;

/** "+44 (0)20 …", "+7 (8) 912 …", "+36 (06) 20 …": dialled inside the country, and in Italy also from outside. */
const TRUNK_PREFIX = /(?<=\d\D{0,3})[([](?:0|1|8|06)[)\]]/;

/** "035 123456/7": the last digits belong to the number, or name its neighbour. */
const NEIGHBOUR = /(?<=\d)\s*\/\s*\d{1,2}$/;

/**
 * Reads one number in international form. Where the spelling allows two numbers and both exist, neither is taken: the
 * first would be a stranger's half of the time.
 */
export function readNumber(text: string): NumberReading {
  const bare = text.replace(/^[^+\d(]*\p{L}[^+\d(]*/u, "").replace(NAME_AFTER, "");
  if (isRounded(bare)) return { recipient: null, problem: "rounded_by_spreadsheet" };
  const digits = digitsOf(bare);
  if (/^\d+$/.test(digits)) return withoutPlus(digits);
  const spellings = new Set(
    [bare, bare.replace(TRUNK_PREFIX, ""), bare.replace(NEIGHBOUR, "")].map((one) => digitsOf(one)),
  );
  const found = [...spellings].map(readDigits);
  const numbers = found.filter(({ recipient }) => recipient !== null);
  const distinct = [...new Set(numbers.map(({ recipient }) => recipient?.number ?? ""))];
  if (distinct.length > 1) return { recipient: null, problem: "two_readings", readings: distinct };
  return numbers[0] ?? found[0] ?? { recipient: null, problem: "not_a_number" };
}

/** "3.93E+11" or "3,93E+11", which no longer has the number in it. */
export const isRounded = (text: string): boolean => ROUNDED.test(text.replace(/\s/g, ""));

/** Spreadsheets take the plus off; with it back, the number may exist. It is offered, never assumed. */
function withoutPlus(digits: string): NumberReading {
  const read = digits.startsWith("0") ? null : readDigits(`+${digits}`);
  return read?.recipient == null || read.problem !== null
    ? { recipient: null, problem: "no_country_code" }
    : { recipient: null, problem: "plus_missing", readings: [read.recipient.number] };
}

/** The country of a number in international form, whatever receives it; null if there is no such number. */
export const countryOfNumber = (text: string): string | null => readNumber(text).recipient?.country ?? null;

const digitsOf = (text: string): string => text.replace(PUNCTUATION, "").replace(/^\+?00/, "+");

function readDigits(digits: string): NumberReading {
  const parsed = /^\+\d{4,20}$/.test(digits) ? parsePhoneNumber(digits, { extract: false }) : undefined;
  if (parsed?.isValid() !== true) return { recipient: null, problem: "not_a_number" };
  if (parsed.country === undefined) return { recipient: null, problem: "number_of_no_country" };
  const kind = parsed.getType();
  return {
    recipient: { number: parsed.number, country: parsed.country },
    problem: kind === undefined ? "no_sms" : PROBLEM_OF[kind],
  };
}
