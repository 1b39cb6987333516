declare const centsBrand: unique symbol;
declare const microsBrand: unique symbol;

/** A total in whole cents of its currency. */
export type Cents = bigint & { readonly [centsBrand]: true };

/** A unit price, or an exact sum of unit prices, in millionths of the currency: 0.042 EUR is 42000n. */
export type Micros = bigint & { readonly [microsBrand]: true };

export const MICROS_PER_CENT = 10_000n;

/** Hundredths of a percent: 22 % is 2200n. */
export type BasisPoints = bigint;

const BASIS_POINTS_OF_ALL = 10_000n;

// Safe because a brand only marks the unit.
export const centsOf = (cents: bigint): Cents => cents as Cents;
export const microsOf = (micros: bigint): Micros => micros as Micros;

/** Rounds a quotient of integers half up (away from zero for what is positive, the only use here). `divisor` is positive. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const doubled = 2n * dividend + divisor;
  const quotient = doubled / (2n * divisor);
  return doubled < 0n && doubled % (2n * divisor) !== 0n ? quotient - 1n : quotient;
}

/** The figures of an order. `netCents + vatCents = totalCents`, always. */
export type Price = {
  readonly netMicros: Micros;
  readonly netCents: Cents;
  readonly vatCents: Cents;
  readonly totalCents: Cents;
};

/**
 * The price of `quantity` whole credits at one unit price, with VAT. The net amount is rounded half up to the cent, and
 * the VAT, rounded half up too, is that of the rounded net (EN 16931, BR-CO-17), so that whoever checks an order by
 * its own figures finds the same.
 */
export function priceOf(quantity: number, unitPrice: Micros, vat: BasisPoints): Price {
  return priceOfSum(microsOf(BigInt(quantity) * unitPrice), vat);
}

/** As `priceOf`, for an exact sum of several products. */
export function priceOfSum(netMicros: Micros, vat: BasisPoints): Price {
  const netCents = centsOf(divideHalfUp(netMicros, MICROS_PER_CENT));
  const vatCents = centsOf(divideHalfUp(netCents * vat, BASIS_POINTS_OF_ALL));
  return { netMicros, netCents, vatCents, totalCents: centsOf(netCents + vatCents) };
}
