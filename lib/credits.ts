declare const creditsBrand: unique symbol;

/** An amount of credits in thousandths of a credit: 0.7 credits is 700n. May be negative (a debit). */
export type Credits = bigint & { readonly [creditsBrand]: true };

export const THOUSANDTHS_PER_CREDIT = 1000n;

/** The largest amount that any input may carry: a thousand million credits. Far below the range of int8. */
export const MAX_CREDITS = creditsOf(1_000_000_000_000n);

/** Builds an amount from a count of thousandths. The one place where a plain bigint becomes credits. */
export function creditsOf(thousandths: bigint): Credits {
  // Safe because the brand only marks the unit; every bigint is a whole count of thousandths.
  return thousandths as Credits;
}

/** Builds an amount from whole credits, such as the size of a pack. */
export function wholeCredits(credits: number): Credits {
  return creditsOf(BigInt(credits) * THOUSANDTHS_PER_CREDIT);
}

export const NO_CREDITS = creditsOf(0n);

export const addCredits = (a: Credits, b: Credits): Credits => creditsOf(a + b);
export const subtractCredits = (a: Credits, b: Credits): Credits => creditsOf(a - b);
export const timesCredits = (amount: Credits, factor: number | bigint): Credits =>
  creditsOf(amount * BigInt(factor));
export const negateCredits = (amount: Credits): Credits => creditsOf(-amount);

/** How many times `each` fits into `amount`, rounded down: 100 credits at 0.7 are 142. `each` is positive. */
export function capacityOf(amount: Credits, each: Credits): bigint {
  return amount <= 0n ? 0n : amount / each;
}

/**
 * Reads an amount in machine form, a point as separator and at most three decimals: "0.7", "-12", "1000.125".
 * Returns null for anything else: no exponent, no separator of thousands, no more than twelve digits before the point.
 */
export function parseCredits(text: string): Credits | null {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,3}))?$/.exec(text);
  if (match === null) return null;
  const [, sign = "", whole = "", decimals = ""] = match;
  const thousandths = BigInt(whole) * THOUSANDTHS_PER_CREDIT + BigInt(decimals.padEnd(3, "0"));
  return creditsOf(sign === "-" ? -thousandths : thousandths);
}

/** Writes an amount in machine form, without needless decimals: 700n is "0.7". The inverse of `parseCredits`. */
export function printCredits(amount: Credits): string {
  const absolute = amount < 0n ? -amount : amount;
  const whole = absolute / THOUSANDTHS_PER_CREDIT;
  const decimals = (absolute % THOUSANDTHS_PER_CREDIT).toString().padStart(3, "0").replace(/0+$/, "");
  return `${amount < 0n ? "-" : ""}${whole.toString()}${decimals === "" ? "" : `.${decimals}`}`;
}
