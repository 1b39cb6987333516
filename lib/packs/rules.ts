import { type Credits, creditsOf, printCredits, wholeCredits } from "../credits";
import { type Cents, centsOf } from "../money";
import { type Quote, quoteOf } from "../orders/rules";
import type { PackTier, PriceList } from "../rates/rules";

/** What the page offers when the reader asks for nothing else. */
export const USUAL_QUANTITY = 100;

/**
 * A larger pack that costs no more in all than the one asked for: 250 credits instead of 249.
 * `saving` is in cents with VAT and may be nothing, when the larger pack costs the same.
 */
export type BetterPack = { readonly quote: Quote; readonly saving: Cents };

/** The cheapest of the larger packs that cost no more in all; of two that cost the same, the larger. */
export function betterPack(list: PriceList, tiers: readonly PackTier[], asked: Quote): BetterPack | null {
  const larger = tiers.flatMap((tier) => {
    if (tier.quantityMin <= asked.quantity) return [];
    const quoted = quoteOf(list, tiers, tier.quantityMin);
    return "quote" in quoted && quoted.quote.totalCents <= asked.totalCents ? [quoted.quote] : [];
  });
  const best = larger.reduce<Quote | null>(
    (least, quote) => (least === null || quote.totalCents <= least.totalCents ? quote : least),
    null,
  );
  return best === null ? null : { quote: best, saving: centsOf(asked.totalCents - best.totalCents) };
}

/** What a pack sends to one destination: 142 messages to Italy, and 0.6 credits left. */
export type Reach = { readonly messages: bigint; readonly left: Credits };

/** Messages are counted down, never up; `left` is less than one more would cost. `rate` is above zero. */
export function reachOf(credits: Credits, rate: Credits): Reach {
  const messages = credits <= 0n ? 0n : credits / rate;
  return { messages, left: creditsOf(credits - messages * rate) };
}

/** As `reachOf`, for a pack of whole credits; `left` in machine form. */
export function packReach(quantity: number, rate: Credits): { messages: bigint; left: string } {
  const { messages, left } = reachOf(wholeCredits(quantity), rate);
  return { messages, left: printCredits(left) };
}
