import { z } from "zod";
import { MAX_CREDITS, parseCredits, printCredits, type Credits } from "@/lib/credits";
import { MICROS_PER_CENT, type Cents, type Micros } from "@/lib/money";
import { named } from "./components";

/**
 * Amounts leave integers here and nowhere else, because the API's JSON asks for numbers. A double holds fifteen
 * digits exactly; the largest amount has thirteen, three of them decimals.
 */
export const creditsToWire = (amount: Credits): number => Number(printCredits(amount));

/** Reads a number of credits; null if it has more than three decimals or is beyond what any input may carry. */
export function creditsFromWire(amount: number): Credits | null {
  // The shortest decimal that reads back as the same double: what the caller wrote, unless it had more digits.
  const credits = parseCredits(String(amount));
  return credits === null || credits > MAX_CREDITS || credits < -MAX_CREDITS ? null : credits;
}

/** Said in words: by `multipleOf: 0.001` most validators refuse 0.7, since they divide doubles. */
const EXACT = "Credits, exact to a thousandth";

/** In whole credits, as `MAX_CREDITS`. */
const MOST = Number(printCredits(MAX_CREDITS));

const isExact = (amount: number): boolean => creditsFromWire(amount) !== null;

export const PositiveCredits = z
  .number({ error: "a number of credits" })
  .refine((amount) => amount > 0 && isExact(amount), {
    error: "a number of credits above 0, with at most three decimals",
  })
  .meta({ exclusiveMinimum: 0, maximum: MOST, description: EXACT });

export const CreditsOrZero = z
  .number({ error: "a number of credits" })
  .refine((amount) => amount >= 0 && isExact(amount), {
    error: "a number of credits of at least 0, with at most three decimals",
  })
  .meta({ minimum: 0, description: EXACT });

/** Credits in an answer. */
export const AnsweredCredits = z.number().meta({ description: EXACT });

export const WirePrice = named(
  "Price",
  z
    .object({
      currencyCode: z.string().meta({ description: "ISO 4217", examples: ["EUR"] }),
      text: z.string().meta({ description: "For people", examples: ["4.20 €"] }),
      value: z.number().meta({ examples: [4.2] }),
    })
    .meta({ description: "An amount of money" }),
);
export type WirePrice = z.infer<typeof WirePrice>;

/** A total in whole cents. */
export function priceOfCents(cents: Cents, currency: string): WirePrice {
  return printPrice(cents * MICROS_PER_CENT, currency, 2);
}

/** The price of one credit or one message, as exact as it is: 0.0294. */
export function priceOfMicros(micros: Micros, currency: string): WirePrice {
  return printPrice(micros, currency, 4);
}

/** What many credits cost at a price finer than a cent: 4.20, and further decimals where there are some. */
export function priceOfPack(micros: Micros, currency: string): WirePrice {
  return printPrice(micros, currency, 2);
}

/** `leastDecimals` are always written, further ones where they are not zero. */
function printPrice(micros: bigint, currency: string, leastDecimals: number): WirePrice {
  const digits = micros.toString().padStart(7, "0");
  const decimals = digits.slice(-6).replace(/0+$/, "").padEnd(leastDecimals, "0");
  const amount = `${digits.slice(0, -6)}.${decimals}`;
  const sign = { EUR: "€", GBP: "£", PLN: "zł", CHF: "CHF", USD: "$" }[currency] ?? currency;
  return { currencyCode: currency, text: `${amount} ${sign}`, value: Number(amount) };
}
