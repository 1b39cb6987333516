import { addCredits, type Credits, NO_CREDITS, timesCredits } from "@/lib/credits";
import type { FieldProblem } from "@/lib/failure";
import type { DestinationRate } from "@/lib/rates/rules";
import { type Encoding, type MessageParts, MAX_PARTS } from "./parts";

/** Most recipients of one message. */
export const MAX_RECIPIENTS = 10_000;

/** Longest text of recipients that is read at all: ten thousand with names around, within the megabyte of an action. */
export const LONGEST_RECIPIENTS_TEXT = 500_000;

export const LONGEST_TAG = 20;

/** Letters and digits, at least one of them a letter, or a number: what carriers show as a sender. */
export const SENDER_FORM = /^(?=.*[A-Za-z])[A-Za-z0-9 ._-]{1,11}$|^\+?\d{3,15}$/;

/** Longest text that is counted at all; the most that can be sent is far shorter. */
export const LONGEST_TEXT = 100_000;

/** What the recipients of one country cost together. */
export type DestinationCost = {
  readonly country: string;
  readonly recipients: number;
  /** What one part to one recipient costs. */
  readonly rate: DestinationRate;
  /** What the whole message costs for one recipient. */
  readonly each: Credits;
  readonly cost: Credits;
};

export type MessageCost = {
  /** In the order in which the countries first appear. */
  readonly destinations: readonly DestinationCost[];
  readonly total: Credits;
  /** Countries of recipients that the price list has no row for. Nothing is guessed for them. */
  readonly notServed: readonly string[];
};

/** The price of a message of `parts` parts for recipients in these countries (one entry for each recipient). */
export function costOf(
  countries: readonly string[],
  rates: ReadonlyMap<string, DestinationRate>,
  parts: number,
): MessageCost {
  const recipientsOf = new Map<string, number>();
  for (const country of countries) recipientsOf.set(country, (recipientsOf.get(country) ?? 0) + 1);
  const destinations: DestinationCost[] = [];
  const notServed: string[] = [];
  let total = NO_CREDITS;
  for (const [country, recipients] of recipientsOf) {
    const rate = rates.get(country);
    if (rate === undefined) {
      notServed.push(country);
      continue;
    }
    const each = timesCredits(rate.credits, parts);
    const cost = timesCredits(each, recipients);
    destinations.push({ country, recipients, rate, each, cost });
    total = addCredits(total, cost);
  }
  return { destinations, total, notServed };
}

/** What is wrong with a text, or null. */
export function textProblem(text: string, parts: MessageParts): FieldProblem | null {
  if (text.trim() === "") return { problem: "text_empty" };
  // The database takes no NUL, and half a surrogate pair is no character anywhere.
  if (text.includes("\0") || /\p{Surrogate}/u.test(text)) return { problem: "text_not_sendable" };
  return parts.isTooLong
    ? { problem: "text_too_long", values: { parts: parts.parts, most: MAX_PARTS } }
    : null;
}

/** What is wrong with a text of recipients before any of them is read, or null. */
export function recipientsTextProblem(text: string): FieldProblem | null {
  if (text.trim() === "") return { problem: "recipients_missing" };
  return text.length > LONGEST_RECIPIENTS_TEXT ? { problem: "recipients_unreadable" } : null;
}

/** What is wrong with recipients of whom so many are valid and these are not, or null. */
export function recipientsProblem(
  valid: number,
  invalid: readonly { readonly text: string; readonly reason: string }[],
  skipInvalid: boolean,
): FieldProblem | null {
  if (valid > MAX_RECIPIENTS) {
    return { problem: "recipients_too_many", values: { count: valid, most: MAX_RECIPIENTS } };
  }
  const refused = skipInvalid ? [] : invalid.filter(({ reason }) => reason !== "landline");
  if (refused.length > 0) {
    const shown = refused.slice(0, MAX_INVALID_NAMED).map((one) => one.text);
    return {
      problem: "recipients_invalid",
      values: { count: refused.length, more: refused.length - shown.length, examples: shown.join(", ") },
    };
  }
  if (invalid.length > 0 && !skipInvalid) {
    return { problem: "recipients_landlines", values: { count: invalid.length } };
  }
  return valid === 0 ? { problem: "recipients_missing" } : null;
}

const MAX_INVALID_NAMED = 5;

/** A recipient with what the message costs for it, kept with the message for ever. */
export type PricedRecipient = {
  readonly number: string;
  readonly country: string;
  /** Of one part. */
  readonly rate: Credits;
  readonly credits: Credits;
};

/** Prices each recipient as `costOf` priced its country. Recipients of countries that are not served are left out. */
export function priceRecipients(
  recipients: readonly { readonly number: string; readonly country: string }[],
  cost: MessageCost,
): PricedRecipient[] {
  const byCountry = new Map(cost.destinations.map((destination) => [destination.country, destination]));
  return recipients.flatMap(({ number, country }) => {
    const destination = byCountry.get(country);
    if (destination === undefined) return [];
    return [{ number, country, rate: destination.rate.credits, credits: destination.each }];
  });
}

/** A message as it is sent and kept. */
export type Message = {
  readonly customerId: string;
  readonly messageId: string;
  readonly serviceName: string;
  readonly text: string;
  readonly encoding: Encoding;
  readonly characters: number;
  readonly partsEach: number;
  readonly recipientCount: number;
  readonly credits: Credits;
  readonly sender: string | null;
  readonly tag: string | null;
  /** As `actorOf` writes it: "user:<id>", "api:<consumer key id>", "api-user:<login>" or "system:<name>". */
  readonly sentBy: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly sentAt: Date;
};

export type MessageToWrite = Message & { readonly recipients: readonly PricedRecipient[] };
