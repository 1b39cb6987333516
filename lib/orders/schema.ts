import { z } from "zod";
import type { OrderKind, OrderState, Quote, Order } from "./rules";

/** What a person who buys sends. The key makes a repeat harmless: made once for each intention to buy. */
export const PurchaseInput = z.object({
  quantity: z.unknown().optional(),
  /** The total that the buyer was shown, in cents. Whoever leaves it out buys at the price of the day. */
  agreedTotal: z.string().optional(),
  idempotencyKey: z.string().regex(/^[\x21-\x7e]{1,200}$/),
});

/** Figures as a browser gets them: cents and millionths as text, VAT in hundredths of a percent. */
export type QuoteDto = {
  readonly quantity: number;
  readonly priceList: string;
  readonly currency: string;
  readonly unitPriceMicros: string;
  readonly netCents: string;
  readonly vatBasisPoints: number;
  readonly vatCents: string;
  readonly totalCents: string;
};

export type OrderDto = QuoteDto & {
  readonly orderId: string;
  readonly serviceName: string;
  readonly kind: OrderKind;
  readonly state: OrderState;
  readonly attempts: number;
  readonly declineCode: string | null;
  /** Instants are ISO 8601. */
  readonly createdAt: string;
  readonly paidAt: string | null;
  readonly creditedAt: string | null;
};

/** A price list as a browser gets it, to price what is being typed by the rules that the order is made with. */
export type PriceListDto = {
  readonly currency: string;
  readonly vatBasisPoints: number;
  readonly tiers: readonly {
    readonly quantityMin: number;
    /** Excluded; null has no upper end. */
    readonly quantityMax: number | null;
    readonly unitPriceMicros: string;
  }[];
};

export const quoteDto = (quote: Quote): QuoteDto => ({
  quantity: quote.quantity,
  priceList: quote.priceList,
  currency: quote.currency,
  unitPriceMicros: quote.unitPrice.toString(),
  netCents: quote.netCents.toString(),
  vatBasisPoints: Number(quote.vat),
  vatCents: quote.vatCents.toString(),
  totalCents: quote.totalCents.toString(),
});

export const orderDto = (order: Order): OrderDto => ({
  ...quoteDto(order),
  orderId: order.orderId.toString(),
  serviceName: order.account.serviceName,
  kind: order.kind,
  state: order.state,
  attempts: order.attempts,
  declineCode: order.declineCode,
  createdAt: order.createdAt.toISOString(),
  paidAt: order.paidAt?.toISOString() ?? null,
  creditedAt: order.creditedAt?.toISOString() ?? null,
});
