import type { AccountKey } from "@/lib/accounts/rules";
import { centsOf, microsOf } from "@/lib/money";
import type { QuoteDto } from "@/lib/orders/schema";
import { quoteDto } from "@/lib/orders/schema";
import { buyCredits, quote } from "@/lib/orders/service";
import type { z } from "zod";
import { CALLS } from "../calls/table";
import { routeAdapter, answerOf } from "../route-adapter";
import { invalidArgument } from "../errors";
import { priceOfCents, priceOfMicros } from "../wire/amounts";
import type { WireOrder } from "../wire/order";

export const priceOrder = routeAdapter(CALLS.priceOrder, async ({ path, query }, { context, customerId }) => {
  const key = { customerId, serviceName: path.serviceName };
  const quoted = answerOf(await quote(context, key, query.quantity));
  return quoted.ok ? { ok: true, value: orderOf(key, quoteDto(quoted.value), null) } : quoted;
});

export const placeOrderAdapter = routeAdapter(CALLS.placeOrder, async ({ path, query, body }, asking) => {
  const { context, customerId, idempotencyKey, panelUrl } = asking;
  const quantity = body?.quantity ?? query.quantity;
  if (quantity === undefined) {
    return { ok: false, problem: invalidArgument("quantity", "a whole number of credits") };
  }
  if (query.quantity !== undefined && query.quantity !== quantity) {
    return { ok: false, problem: invalidArgument("quantity", "the same in the address and in the body") };
  }
  const key = { customerId, serviceName: path.serviceName };
  const bought = answerOf(await buyCredits(context, key, { quantity, idempotencyKey }));
  if (!bought.ok) return bought;
  const { orderId } = bought.value;
  const made = { orderId: Number(orderId), url: `${panelUrl}/telecom/sms/${path.serviceName}/packs` };
  return { ok: true, value: orderOf(key, bought.value, made) };
});

/** A price and, once it is made, the order. */
function orderOf(
  { serviceName }: AccountKey,
  figures: QuoteDto,
  made: { orderId: number; url: string } | null,
): z.input<typeof WireOrder> {
  const { currency } = figures;
  const withoutTax = priceOfCents(centsOf(BigInt(figures.netCents)), currency);
  return {
    prices: {
      withTax: priceOfCents(centsOf(BigInt(figures.totalCents)), currency),
      withoutTax,
      tax: priceOfCents(centsOf(BigInt(figures.vatCents)), currency),
    },
    details: [
      {
        description: `${figures.quantity.toString()} SMS credits for ${serviceName}`,
        domain: serviceName,
        detailType: "CREDIT",
        quantity: figures.quantity,
        unitPrice: priceOfMicros(microsOf(BigInt(figures.unitPriceMicros)), currency),
        totalPrice: withoutTax,
      },
    ],
    contracts: [],
    orderId: made?.orderId ?? null,
    url: made?.url ?? null,
  };
}
