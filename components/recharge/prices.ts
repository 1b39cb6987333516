import { microsOf, type Micros, priceOf } from "@/lib/money";
import { tierFor } from "@/lib/rates/rules";

/** The price list as a browser gets it: amounts as text, no price calculated beforehand. */
export type PriceListView = {
  readonly currency: string;
  /** Hundredths of a percent. */
  readonly vatBasisPoints: number;
  readonly tiers: readonly {
    readonly quantityMin: number;
    /** Excluded; null has no upper end. */
    readonly quantityMax: number | null;
    /** Millionths of the currency. */
    readonly unitPriceMicros: string;
  }[];
};

/** What `quantity` whole credits cost, as the order will have it. Amounts are counts of cents, as text. */
export type PriceView = {
  readonly unitPriceMicros: string;
  readonly netCents: string;
  readonly totalCents: string;
};

/** The price of a quantity by the same rules that the order is made with; null where the list sells no such pack. */
export function priceOfQuantity(list: PriceListView, quantity: number): PriceView | null {
  const tiers = list.tiers.map((tier) => ({
    ...tier,
    unitPrice: microsOf(BigInt(tier.unitPriceMicros)),
    validFrom: "",
    source: "",
  }));
  const unitPrice: Micros | undefined = tierFor(tiers, quantity)?.unitPrice;
  if (unitPrice === undefined) return null;
  const price = priceOf(quantity, unitPrice, BigInt(list.vatBasisPoints));
  return {
    unitPriceMicros: unitPrice.toString(),
    netCents: price.netCents.toString(),
    totalCents: price.totalCents.toString(),
  };
}
