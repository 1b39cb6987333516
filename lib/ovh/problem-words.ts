import type { FieldProblem } from "@/lib/failure";
import { MAX_PARTS } from "@/lib/messages/parts";
import { LONGEST_TAG, LONGEST_TEXT, MAX_RECIPIENTS, LONGEST_RECIPIENTS_TEXT } from "@/lib/messages/rules";

type Values = NonNullable<FieldProblem["values"]>;

const valueIn = (values: Values, name: string): string => (values[name] ?? "?").toString();

const number = "a number, such as 10.5";
const form = "one number in international form, such as +39… or 0039…";

/** What a field takes, for each problem that a verb may name. The panel has its own words for the same. */
export const PROBLEM_WORDS: Readonly<Record<string, string | ((values: Values) => string)>> = {
  amount_missing: number,
  amount_not_a_number: number,
  amount_exponent: "a number written in full, without e",
  amount_negative: "a number of at least 0",
  amount_separator: "a number with a point before its decimals",
  amount_too_many_decimals: "a number with at most three decimals",
  amount_too_large: "a smaller number",
  text_empty: "a text that is not empty",
  text_too_long: (values) =>
    `a text of at most ${MAX_PARTS.toString()} parts; this one takes ${valueIn(values, "parts")}`,
  text_far_too_long: `a text of at most ${LONGEST_TEXT.toString()} characters`,
  text_not_sendable: "a text without NUL and without half characters",
  recipients_missing: `at least ${form}`,
  recipients_invalid: (values) =>
    `numbers in international form; these are not: ${valueIn(values, "examples")}`,
  recipients_landlines: "numbers that receive SMS: landlines do not",
  recipients_too_many: (values) =>
    `at most ${MAX_RECIPIENTS.toString()} valid numbers; there are ${valueIn(values, "count")}`,
  recipients_unreadable: `texts of at most ${LONGEST_RECIPIENTS_TEXT.toString()} characters together`,
  sender_form: "at most 11 letters or digits, at least one of them a letter, or a number",
  tag_form: `1 to ${LONGEST_TAG.toString()} characters, none of them a control character`,
  choice_unknown: "true or false",
  idempotency_key_form: "1 to 90 visible ASCII characters",
  account_disabled: "an account that is enabled: this one is disabled and sends nothing",
  name_empty: "a name that is not empty",
  name_too_long: (values) => `at most ${valueIn(values, "most")} characters`,
  name_has_control_characters: "a name without control characters",
  quantity_not_offered: "one of the quantities on offer",
  threshold_too_large: (values) => `a number of at most ${valueIn(values, "most")}`,
  quantity_out_of_range: (values) =>
    `a whole number from ${valueIn(values, "least")} to ${valueIn(values, "most")}`,
  price_changed: "the price as it is now: it has changed meanwhile",
  transfer_amount_unreadable: "a number of credits, with at most three decimals",
  transfer_amount_not_positive: "a number of credits above 0",
  transfer_to_itself: "another account than the one that the credits come from",
  api_name_empty: "a name that is not empty",
  api_text_too_long: "a shorter text",
  api_too_many_applications: (values) =>
    `there are ${valueIn(values, "most")} applications already, the most`,
  api_login_form:
    "1 to 64 letters A to Z, digits, dots, underlines, at signs and hyphens, a letter or digit first",
  api_password_form: "8 to 64 unaccented letters, digits and signs, without blanks",
  api_login_taken: "a login that no user of the account has yet",
  api_too_many_users: (values) => `there are ${valueIn(values, "most")} users already, the most`,
  password_short: "at least 12 characters",
  password_long: "at most 128 characters",
  password_known: "a password that is none of the well-known ones",
  address_form: "an address such as name@example.com",
  api_validity_unknown: "one of the periods on offer",
  api_rules_unreadable: "a list of methods and paths, such as GET and /sms/*",
  invalid: "another value",
  message_unreadable: "an object of JSON",
  card_not_offered: "one of the cards on offer",
  reason_length: (values) => `${valueIn(values, "least")} to ${valueIn(values, "most")} characters`,
};

/** What a field with this problem takes, in plain English. */
export function problemWords({ problem, values = {} }: FieldProblem): string {
  const words = PROBLEM_WORDS[problem] ?? "another value";
  return typeof words === "string" ? words : words(values);
}
