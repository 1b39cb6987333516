import { z } from "zod";
import { LARGEST_ORDER } from "@/lib/orders/rules";
import { WirePrice } from "./amounts";
import { named } from "./components";

export const OrderQuery = z.strictObject({
  quantity: z
    .int({ error: "a whole number of credits" })
    .min(1)
    .max(LARGEST_ORDER)
    .meta({
      description: "How many credits to buy, from the smallest pack of your price list on",
      examples: [100],
    }),
});

/** The same, for a POST: the official clients send it in the body, others in the address. */
export const OrderBody = named(
  "OrderRequest",
  z
    .strictObject({ quantity: OrderQuery.shape.quantity })
    .meta({ description: "May stand in the query instead" }),
);

export const WireOrder = named(
  "Order",
  z
    .object({
      prices: z.object({ withTax: WirePrice, withoutTax: WirePrice, tax: WirePrice }),
      details: z.array(
        z.object({
          description: z.string(),
          domain: z.string().meta({ description: "The SMS account" }),
          detailType: z.literal("CREDIT"),
          quantity: z.int(),
          unitPrice: WirePrice,
          totalPrice: WirePrice,
        }),
      ),
      contracts: z.array(z.object({ name: z.string(), url: z.string(), content: z.string() })),
      orderId: z.int().nullable().meta({ description: "Null: nothing was ordered, this is the price" }),
      url: z.string().nullable().meta({ description: "Where the order can be seen" }),
    })
    .meta({ description: "An order, or what it would cost" }),
);
