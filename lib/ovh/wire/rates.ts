import { z } from "zod";
import { AnsweredCredits, WirePrice } from "./amounts";
import { named } from "./components";

const Country = z
  .string()
  .regex(/^[A-Za-z]{2}$/, { error: "a country of two letters, such as it" })
  .meta({ description: "ISO 3166-1, two letters", examples: ["it"] });

export const RateQuery = z.strictObject({
  country: Country.meta({ description: "Where the message goes: ISO 3166-1, two letters", examples: ["it"] }),
  billingCountry: Country.meta({ description: "The country of the price list", examples: ["it"] }),
});

export const WireDestinationRate = named(
  "DestinationRate",
  z
    .object({
      country: z.string().meta({ examples: ["it"] }),
      countryCode: z.string().meta({ description: "The calling code", examples: ["39"] }),
      credit: AnsweredCredits.meta({ description: "Credits that one part takes", examples: [0.7] }),
      price: WirePrice.meta({
        description: "The same in money, at the price of the smallest pack, without VAT",
      }),
    })
    .meta({ description: "What one SMS part to a country takes" }),
);

export const WirePackTier = named(
  "PackTier",
  z
    .object({
      country: z.string().meta({ examples: ["it"] }),
      creditQuantityMin: z.int().meta({ description: "Included", examples: [100] }),
      creditQuantityMax: z.int().nullable().meta({ description: "Excluded; null: no upper end" }),
      creditPrice: WirePrice.meta({ description: "One credit, without VAT" }),
      smsPrice: WirePrice.meta({ description: "One SMS part to the country, without VAT" }),
      packPrice: WirePrice.meta({ description: "The smallest quantity of the tier, without VAT" }),
      smsQuantity: z.int().meta({ description: "Parts to the country that it pays for, rounded down" }),
    })
    .meta({ description: "The price of a credit from one quantity to another" }),
);
