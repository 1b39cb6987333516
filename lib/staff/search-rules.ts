/** What a phrase of the search can be, the most telling first. Its place in the list is its rank in the table. */
export const SEARCH_RANKS = [
  "customer_id",
  "service_name",
  "customer_name",
  "email",
  "user_name",
  "account_name",
] as const;
export type MatchedField = (typeof SEARCH_RANKS)[number] | "order_id" | "payment_reference";

export type HitKind = "customer" | "account" | "user" | "order" | "payment";

export type SearchHit = {
  readonly kind: HitKind;
  readonly customerId: string;
  readonly customerName: string;
  readonly serviceName: string | null;
  readonly orderId: string | null;
  /** What it is called. */
  readonly label: string;
  /** What of it matched. */
  readonly matched: MatchedField;
  /** An e-mail address or the reference of a payment. */
  readonly detail: string | null;
};

export const KIND_OF_RANK = {
  customer_id: "customer",
  service_name: "account",
  customer_name: "customer",
  email: "user",
  user_name: "user",
  account_name: "account",
} as const satisfies Record<(typeof SEARCH_RANKS)[number], HitKind>;

/** One phrase that begins as asked. */
export type Phrase = {
  readonly rank: number;
  readonly phrase: string;
  readonly customerId: string;
  readonly subject: string;
};

/** The longest text that is searched for; what is longer is cut. */
export const LONGEST_SEARCH = 100;

/** An order's number as somebody types it: "100123" or "#100123". */
export function orderNumberIn(text: string): bigint | null {
  const [, digits] = /^\s*#?\s*(\d{4,18})\s*$/.exec(text) ?? [];
  return digits === undefined ? null : BigInt(digits);
}

/** A payment's reference has no spaces, and is long enough to tell. */
export function paymentReferenceIn(text: string): string | null {
  const trimmed = text.trim();
  return trimmed.length >= 6 && !/\s/.test(trimmed) ? trimmed : null;
}

/**
 * How well a phrase answers what was asked, the lower the better: the same phrase, then one that goes on with a new word, then
 * one whose last word goes on, then one that only holds the words in another order. Both are normalised.
 */
export function closeness(phrase: string, asked: string): number {
  if (phrase === asked) return 0;
  if (phrase.startsWith(`${asked} `)) return 1;
  return phrase.startsWith(asked) ? 2 : 3;
}

/** Who writes the sign of an address means one, though the phrase of a name may be the same. */
export const asksForEmail = (text: string): boolean => text.includes("@");

/** One line for each thing found, the right one first: by closeness, then by what matched, then by the phrase. */
export function bestPhrases(
  phrases: readonly Phrase[],
  asked: string,
  limit: number,
  emailFirst = false,
): Phrase[] {
  const weight = ({ rank }: Phrase) => (emailFirst && SEARCH_RANKS[rank] === "email" ? -1 : rank);
  const sorted = phrases
    .map((one) => ({ one, closeness: closeness(one.phrase, asked) }))
    .sort(
      (a, b) =>
        (emailFirst ? weight(a.one) - weight(b.one) : 0) ||
        a.closeness - b.closeness ||
        a.one.rank - b.one.rank ||
        a.one.phrase.length - b.one.phrase.length ||
        (a.one.phrase < b.one.phrase ? -1 : a.one.phrase > b.one.phrase ? 1 : 0) ||
        (a.one.customerId + a.one.subject < b.one.customerId + b.one.subject ? -1 : 1),
    )
    .map(({ one }) => one);
  const seen = new Set<string>();
  return sorted
    .filter(({ customerId, subject }) => {
      const name = `${customerId} ${subject}`;
      return seen.has(name) ? false : seen.add(name);
    })
    .slice(0, limit);
}
