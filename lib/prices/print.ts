import { printCredits } from "@/lib/credits";
import type { DestinationRate, PackTier, PriceList } from "@/lib/rates/rules";

type Shown = { list: PriceList; tiers: readonly PackTier[]; rates: readonly DestinationRate[] };

/** What holds on a day, for a terminal: each list with its VAT, its tiers and its rates, each with date and source. */
export function printPrices(day: string, lists: readonly Shown[]): string {
  return lists.map(({ list, tiers, rates }) => printList(day, list, tiers, rates)).join("\n\n");
}

function printList(
  day: string,
  { priceList, currency, vat, vatSource }: PriceList,
  tiers: readonly PackTier[],
  rates: readonly DestinationRate[],
): string {
  const tierRows = tiers.map((tier) => [
    tier.quantityMax === null ? `${tier.quantityMin}+` : `${tier.quantityMin}-${tier.quantityMax - 1}`,
    printMillionths(tier.unitPrice),
    tier.validFrom,
    tier.source,
  ]);
  const rateRows = rates.map((rate) => [
    `${rate.country} +${rate.callingCode}`,
    printCredits(rate.credits),
    rate.validFrom,
    rate.source,
  ]);
  return [
    `Price list ${priceList} on ${day}: ${currency}, VAT ${printHundredths(vat)} % (${vatSource})`,
    "",
    ...columns([["credits", `${currency} each`, "from", "source"], ...tierRows]),
    "",
    ...columns([["destination", "credits", "from", "source"], ...rateRows]),
  ].join("\n");
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = [0, 1, 2].map((index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ")}`.trimEnd(),
  );
}

const printMillionths = (micros: bigint): string => printScaled(micros, 6);
const printHundredths = (hundredths: bigint): string => printScaled(hundredths, 2);

/** An integer of small units as a decimal number, without needless zeros. */
function printScaled(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, "0");
  const decimals = digits.slice(-places).replace(/0+$/, "");
  return `${digits.slice(0, -places)}${decimals === "" ? "" : `.${decimals}`}`;
}
