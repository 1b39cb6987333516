import { type BasisPoints, type Micros, priceOf } from "@/lib/money";
import { capacityOf, type Credits } from "@/lib/credits";

/** The prices and rates of one billing country. */
export type PriceList = {
  /** The billing country, lower case: "it". */
  readonly priceList: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly vat: BasisPoints;
  readonly vatSource: string;
};

/** What one part to a country costs, from a date on. */
export type DestinationRate = {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string;
  /** Digits without "+". Several countries may share one: it never decides the country of a number. */
  readonly callingCode: string;
  readonly credits: Credits;
  /** "2026-10-01". */
  readonly validFrom: string;
  readonly source: string;
};

/** The price of one credit when at least `quantityMin` and less than `quantityMax` are bought at once. */
export type PackTier = {
  readonly quantityMin: number;
  /** Excluded; null has no upper end. */
  readonly quantityMax: number | null;
  /** Millionths of the list's currency, without VAT. */
  readonly unitPrice: Micros;
  readonly validFrom: string;
  readonly source: string;
};

/** The tier that prices `quantity` whole credits, or null when the list sells no pack so small. */
export function tierFor<Tier extends Pick<PackTier, "quantityMin" | "quantityMax">>(
  tiers: readonly Tier[],
  quantity: number,
): Tier | null {
  const fits = (tier: Tier) =>
    quantity >= tier.quantityMin && (tier.quantityMax === null || quantity < tier.quantityMax);
  return tiers.find(fits) ?? null;
}

/** How many messages of `parts` parts a balance pays for, rounded down: 100 credits at 0.7 are 142. */
export function messagesFor(balance: Credits, rate: DestinationRate, parts = 1): bigint {
  return capacityOf(balance, rate.credits) / BigInt(parts);
}

/** Would the smallest pack of the tier come to nothing on the bill? */
export function isForNothing({
  quantityMin,
  unitPrice,
}: Pick<PackTier, "quantityMin" | "unitPrice">): boolean {
  return priceOf(quantityMin, unitPrice, 0n).netCents === 0n;
}

/** What keeps tiers from being one schedule without gap or overlap, in words for the operator, or null. */
export function tierProblem(tiers: readonly PackTier[]): string | null {
  const sorted = [...tiers].sort((a, b) => a.quantityMin - b.quantityMin);
  for (const [index, tier] of sorted.entries()) {
    if (isForNothing(tier)) return `${tier.quantityMin} credits would cost less than half a cent`;
    const next = sorted[index + 1];
    if (next === undefined) {
      if (tier.quantityMax !== null) return `the last tier, from ${tier.quantityMin}, must have no upper end`;
    } else if (tier.quantityMax !== next.quantityMin) {
      return `the tier from ${tier.quantityMin} must end where the next begins, at ${next.quantityMin}`;
    }
  }
  return null;
}
