/** What the public estimate takes, in characters: some seventy numbers, and any message that can be sent. */
export const LONGEST_ESTIMATE_RECIPIENTS = 1000;
export const LONGEST_ESTIMATE_TEXT = 2000;

/** The body that holds it: in JSON a character may take six bytes. */
export const LARGEST_ESTIMATE_BYTES = 6 * (LONGEST_ESTIMATE_RECIPIENTS + LONGEST_ESTIMATE_TEXT) + 1000;

/** What the messages to one country cost. Credits are printed; money is in millionths, without VAT. */
export type CostDto = {
  readonly country: string;
  readonly messages: number;
  readonly credits: string;
  readonly moneyMicros: string;
};

/** What a text would cost by a price list. */
export type PublicEstimateDto = {
  readonly currency: string;
  readonly destinations: readonly CostDto[];
  /** Country codes. */
  readonly notServed: readonly string[];
  /** What was neither a number nor a country; the first few. */
  readonly unknown: readonly string[];
  readonly repeated: number;
  readonly total: string;
  readonly totalMicros: string;
};
