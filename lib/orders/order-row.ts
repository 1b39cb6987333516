import type { orders } from "@/db/schema/payments";
import { centsOf, microsOf } from "@/lib/money";
import type { Order } from "./rules";

export type OrderRow = typeof orders.$inferSelect;

/** The order of a row. Beside the store, since recharges are read together with their orders. */
export function orderOf(row: OrderRow): Order {
  return {
    account: { customerId: row.customerId, serviceName: row.serviceName },
    orderId: row.orderId,
    kind: row.kind,
    quantity: row.quantity,
    priceList: row.priceList,
    currency: row.currency,
    unitPrice: microsOf(row.unitPriceMicros),
    unitPriceSource: row.unitPriceSource,
    vat: BigInt(row.vatBasisPoints),
    netMicros: microsOf(row.netMicros),
    netCents: centsOf(row.netCents),
    vatCents: centsOf(row.vatCents),
    totalCents: centsOf(row.totalCents),
    state: row.state,
    attempts: row.attempts,
    declineCode: row.declineCode,
    idempotencyKey: row.idempotencyKey,
    requestHash: row.requestHash,
    createdAt: row.createdAt,
    paidAt: row.paidAt,
    creditedAt: row.creditedAt,
    dueAt: row.dueAt,
  };
}
