import { AccountPath } from "../wire/account";
import { WireOrder, OrderBody, OrderQuery } from "../wire/order";
import { anAccount, call, eur, noBody } from "./call";

/** The calls that buy credits. */
export const ORDER_CALLS = {
  priceOrder: call({
    method: "GET",
    path: "/order/sms/{serviceName}/credits",
    access: "signed",
    summary: "What a quantity of credits would cost",
    description: "Orders nothing.",
    pathFields: AccountPath,
    query: OrderQuery,
    body: noBody,
    answer: WireOrder,
    example: {
      path: anAccount,
      query: { quantity: 100 },
      answer: {
        prices: { withTax: eur(5.12, "5.12 €"), withoutTax: eur(4.2, "4.20 €"), tax: eur(0.92, "0.92 €") },
        orderId: null,
        url: null,
      },
    },
  }),
  placeOrder: call({
    method: "POST",
    path: "/order/sms/{serviceName}/credits",
    access: "signed",
    summary: "Buy credits",
    description:
      "Paid with the customer's payment method. The quantity may stand in the query or in the body. " +
      "After four declined payments in a row within an hour the same payment method is refused for an hour, with a 402.",
    pathFields: AccountPath,
    query: OrderQuery.partial(),
    body: OrderBody.optional(),
    bodyIsOptional: true,
    answer: WireOrder,
    example: {
      path: anAccount,
      body: { quantity: 100 },
      answer: {
        prices: { withTax: eur(5.12, "5.12 €"), withoutTax: eur(4.2, "4.20 €"), tax: eur(0.92, "0.92 €") },
      },
    },
  }),
} as const;
