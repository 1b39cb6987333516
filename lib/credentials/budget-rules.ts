/** How many calls somebody may make: so many at once, and as many again in each minute. */
export type Budget = {
  /** "key:1001" or "address:192.0.2.1". */
  readonly subject: string;
  readonly callsPerMinute: number;
};

/** In thousandths of a call, since a bucket fills by parts of one. */
export const ONE_CALL = 1000n;

/** What a bucket gains in a millisecond is `callsPerMinute * 1000 / 60000` thousandths: a sixtieth of its number. */
export const MILLISECONDS_PER_GAIN = 60n;

/** Whole seconds until a bucket with `left` holds a call again, at least one. */
export function retryAfterSeconds(budget: Budget, left: bigint): number {
  const missing = ONE_CALL - left;
  if (missing <= 0n) return 1;
  const milliseconds = (missing * MILLISECONDS_PER_GAIN) / BigInt(budget.callsPerMinute);
  return Math.max(1, Number((milliseconds + 999n) / 1000n));
}
