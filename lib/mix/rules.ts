import { type Credits, creditsOf } from "../credits";
import { type Micros, microsOf } from "../money";

/** What an account sent in the days that count: to whom, and what it cost. */
export type Sent = {
  readonly country: string;
  /** Recipients, each with one message of as many parts as it had. */
  readonly messages: bigint;
  readonly parts: bigint;
  readonly credits: Credits;
};

/**
 * How many messages like those that were sent a balance pays for, rounded down once, from the exact quotient: the mean
 * cost of a message is never rounded itself. Null when nothing was sent.
 */
export function messagesByMix(balance: Credits, sent: readonly Sent[]): bigint | null {
  const messages = sent.reduce((sum, one) => sum + one.messages, 0n);
  const credits = sent.reduce((sum, one) => sum + one.credits, 0n);
  if (messages === 0n || credits <= 0n) return null;
  return balance <= 0n ? 0n : creditsOf((balance * messages) / credits);
}

/** A pack size and how often it is bought. */
export type PackCount = { readonly quantity: number; readonly count: number };

/** One size that can be bought, and what it costs without VAT. */
export type PackSize = { readonly quantity: number; readonly netMicros: Micros };

export type Combination = {
  /** Largest first. */
  readonly packs: readonly PackCount[];
  readonly quantity: number;
  readonly netMicros: Micros;
};

/** Above it the search would cost more than its answer is worth. 2,000,000 credits in steps of 50. */
const MAX_STEPS = 40_000;

/**
 * The cheapest way to buy at least `total` credits in packs of the given sizes: least cost, then most credits, then
 * fewest packs. Exact, by dynamic programming over integers. Null when there are no sizes, or the total is too large
 * to try them all.
 */
export function cheapestPacks(sizes: readonly PackSize[], total: number): Combination | null {
  const step = sizes.reduce((divisor, { quantity }) => greatestCommonDivisor(divisor, quantity), 0);
  if (step === 0 || total <= 0) return null;
  const steps = Math.ceil(total / step);
  if (steps > MAX_STEPS) return null;
  const ordered = [...sizes].sort((a, b) => b.quantity - a.quantity);
  // best[n] buys at least n steps; its last pack leads back to best[n - size].
  const best: Best[] = [{ cost: 0n, quantity: 0, packs: 0, last: null }];
  for (let n = 1; n <= steps; n += 1) {
    let chosen: Best | null = null;
    for (const size of ordered) {
      const rest = best[Math.max(0, n - size.quantity / step)];
      if (rest === undefined) continue;
      const candidate: Best = {
        cost: rest.cost + size.netMicros,
        quantity: rest.quantity + size.quantity,
        packs: rest.packs + 1,
        last: { size, rest },
      };
      if (chosen === null || isBetter(candidate, chosen)) chosen = candidate;
    }
    if (chosen === null) return null;
    best.push(chosen);
  }
  const end = best[steps];
  return end === undefined ? null : combinationOf(end);
}

type Best = {
  readonly cost: bigint;
  readonly quantity: number;
  readonly packs: number;
  readonly last: { readonly size: PackSize; readonly rest: Best } | null;
};

function isBetter(a: Best, b: Best): boolean {
  if (a.cost !== b.cost) return a.cost < b.cost;
  return a.quantity === b.quantity ? a.packs < b.packs : a.quantity > b.quantity;
}

function combinationOf(end: Best): Combination {
  const counts = new Map<number, number>();
  for (let last = end.last; last !== null; last = last.rest.last) {
    const { quantity } = last.size;
    counts.set(quantity, (counts.get(quantity) ?? 0) + 1);
  }
  const packs = [...counts].map(([quantity, count]) => ({ quantity, count }));
  packs.sort((a, b) => b.quantity - a.quantity);
  return { packs, quantity: end.quantity, netMicros: microsOf(end.cost) };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
