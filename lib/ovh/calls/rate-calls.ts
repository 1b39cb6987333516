import { z } from "zod";
import { WireDestinationRate, WirePackTier, RateQuery } from "../wire/rates";
import { call, eur, noBody, nothing } from "./call";

/** The calls that say what messages and credits cost; nobody needs a key for them. */
export const RATE_CALLS = {
  getDestinationRate: call({
    method: "GET",
    path: "/sms/rates/destinations",
    access: "open",
    summary: "What a message to a country takes",
    description: "In credits, and in money at the price of the smallest pack.",
    pathFields: nothing,
    query: RateQuery,
    body: noBody,
    answer: WireDestinationRate,
    example: {
      query: { country: "it", billingCountry: "it" },
      answer: { country: "it", countryCode: "39", credit: 0.7, price: eur(0.0294, "0.0294 €") },
    },
  }),
  listPackTiers: call({
    method: "GET",
    path: "/sms/rates/packs",
    access: "open",
    summary: "What credits cost",
    description:
      "The tiers of a price list, the smallest first: the more credits at once, the lower the price of each.",
    pathFields: nothing,
    query: RateQuery,
    body: noBody,
    answer: z.array(WirePackTier),
    example: { query: { country: "it", billingCountry: "it" }, answer: [{ creditQuantityMin: 100 }] },
  }),
} as const;
