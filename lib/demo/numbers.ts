import type { Chance } from "./random";

/*
 * Recipients that are nobody. Italy reserves no numbers for stories, so these have nine digits on a prefix whose
 * numbers have ten; the American ones are of the range that is kept for fiction. The French range for it, 06 39 98, is
 * of Mayotte for every list of mobiles, so these are of 06 00 00, the usual dummy.
 */

export type NumberMaker = (index: number) => string;

/** One number in a while that nobody has any more, as the sandbox carrier knows it by its last digits. */
const GONE = "9901";

export const ITALIAN: NumberMaker = (index) =>
  index % 83 === 7 ? `+39399${digits(index, 2)}${GONE}` : `+39399${digits(index, 6)}`;
export const FRENCH: NumberMaker = (index) => `+3360000${digits(index, 4)}`;
export const AMERICAN: NumberMaker = (index) => `+1212555${digits(100 + (index % 100), 4)}`;

const digits = (index: number, length: number): string =>
  index.toString().padStart(length, "0").slice(-length);

/** `count` different numbers out of the first `of`. */
export function someOf(chance: Chance, make: NumberMaker, count: number, of: number): string[] {
  const start = chance.below(of);
  return Array.from({ length: Math.min(count, of) }, (_, step) => make((start + step) % of));
}
