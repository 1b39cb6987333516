import "server-only";
import { z } from "zod";
import type { Context } from "@/lib/context";
import { type Credits, creditsOf, printCredits, timesCredits } from "@/lib/credits";
import { dayIn, parseDay } from "@/lib/day";
import { fail, ok, type Result } from "@/lib/failure";
import { divideHalfUp } from "@/lib/money";
import { countParts } from "@/lib/messages/parts";
import { readRecipients } from "@/lib/messages/recipients";
import { LARGEST_ORDER } from "@/lib/orders/rules";
import { USUAL_QUANTITY } from "@/lib/packs/rules";
import { CALLING_CODES } from "@/lib/prices/countries";
import { tierFor } from "@/lib/rates/rules";
import { getPriceList, ratesOn, tiersOn } from "@/lib/rates/service";
import {
  type CostDto,
  LONGEST_ESTIMATE_RECIPIENTS,
  LONGEST_ESTIMATE_TEXT,
  type PublicEstimateDto,
} from "./estimate-schema";
import { countryNamed } from "./names";

const Input = z.object({
  text: z.string().max(LONGEST_ESTIMATE_TEXT),
  /** Numbers, and names or codes of countries, with commas, semicolons or line ends between. */
  recipients: z.string().max(LONGEST_ESTIMATE_RECIPIENTS),
  priceList: z.string().regex(/^[a-z]{2}$/),
  /** The pack at whose price money is counted. */
  pack: z.number().int().min(1).max(LARGEST_ORDER).default(USUAL_QUANTITY),
  /** The day at whose rates it is counted; today if not given. */
  date: z
    .string()
    .refine((text) => parseDay(text) !== null)
    .optional(),
});

const MAX_UNKNOWN = 5;

/** What a text would cost to numbers or countries, for whoever reads the price list. Sends nothing; reads public figures. */
export async function estimateByList(
  context: Pick<Context, "db" | "now">,
  input: unknown,
  timeZone: string,
): Promise<Result<PublicEstimateDto>> {
  const parsed = Input.safeParse(input);
  if (!parsed.success)
    return fail({ code: "invalid_input", fields: { recipients: { problem: "recipients_unreadable" } } });
  const { text, recipients, priceList, pack } = parsed.data;
  const date = parsed.data.date ?? dayIn(timeZone, context.now());
  const [list, rates, tiers] = await Promise.all([
    getPriceList(context, priceList),
    ratesOn(context, priceList, date),
    tiersOn(context, priceList, date),
  ]);
  const tier = tierFor(tiers, pack) ?? tiers[0];
  if (list === null || tier === undefined) return fail({ code: "not_found" });
  const { counts, unknown, repeated } = readEntries(recipients);
  const { parts } = countParts(text);
  const served = [...counts].filter(([country]) => rates.has(country));
  const moneyOf = (credits: Credits) => divideHalfUp(credits * tier.unitPrice, 1000n).toString();
  const costs = served.map(([country, messages]): { dto: CostDto; credits: Credits } => {
    const rate = rates.get(country)?.credits ?? creditsOf(0n);
    const credits = timesCredits(rate, messages * parts);
    return {
      dto: { country, messages, credits: printCredits(credits), moneyMicros: moneyOf(credits) },
      credits,
    };
  });
  const total = creditsOf(costs.reduce((sum, { credits }) => sum + credits, 0n));
  return ok({
    currency: list.currency,
    destinations: costs.map(({ dto }) => dto),
    notServed: [...counts.keys()].filter((country) => !rates.has(country)),
    unknown: unknown.slice(0, MAX_UNKNOWN),
    repeated,
    total: printCredits(total),
    totalMicros: moneyOf(total),
  });
}

/** Messages by country. A country that is named stands for one message; the same entry twice counts once. */
function readEntries(text: string): { counts: Map<string, number>; unknown: string[]; repeated: number } {
  const counts = new Map<string, number>();
  const add = (country: string) => counts.set(country, (counts.get(country) ?? 0) + 1);
  const named = new Set<string>();
  const unknown: string[] = [];
  const numbers: string[] = [];
  let repeated = 0;
  for (const entry of text.split(/[\n\r,;|\t]+/).map((part) => part.trim())) {
    if (entry === "") continue;
    const country = /\d/.test(entry) ? null : countryNamed(entry, CALLING_CODES.keys());
    if (country !== null && named.has(country)) repeated += 1;
    else if (country !== null) named.add(country);
    else if (/\d/.test(entry)) numbers.push(entry);
    else unknown.push(entry.slice(0, 40));
  }
  named.forEach(add);
  const read = readRecipients(numbers.join("\n"));
  for (const { country } of read.valid) add(country);
  return {
    counts,
    unknown: [...unknown, ...read.invalid.map((one) => one.text.slice(0, 40))],
    repeated: repeated + read.repeated,
  };
}
