import { microsOf, priceOf } from "@/lib/money";
import type { PriceListDto } from "@/lib/orders/schema";
import { tierFor } from "@/lib/rates/rules";

/** What `quantity` whole credits cost, as the order will have it. Amounts are counts of cents, as text. */
export type PriceView = {
  readonly unitPriceMicros: string;
  readonly netCents: string;
  readonly totalCents: string;
};

/** The price of a quantity by the same rules that the order is made with; null where the list sells no such pack. */
export function priceOfQuantity(list: PriceListDto, quantity: number): PriceView | null {
  const tier = tierFor(list.tiers, quantity);
  if (tier === null) return null;
  const price = priceOf(quantity, microsOf(BigInt(tier.unitPriceMicros)), BigInt(list.vatBasisPoints));
  return {
    unitPriceMicros: tier.unitPriceMicros,
    netCents: price.netCents.toString(),
    totalCents: price.totalCents.toString(),
  };
}
