import { isForNothing } from "../rates/rules";
import type { FileProblem, Knowledge, PriceFile, TierRow } from "./rules";
import { PriceRowReader } from "./rules";

/** The smallest pack that is sold, and so the quantity at which the first tier begins. */
export const SMALLEST_PACK = 100;

type Read = { readonly reader: PriceRowReader; readonly tier: TierRow };

/**
 * Checks each row of a list of packs, and that the tiers of each price list and date cover every quantity from 100
 * upwards exactly once, at a price of the credit that never rises with the quantity.
 */
export function checkPacks(
  file: PriceFile,
  knowledge: Knowledge,
): { rows: TierRow[]; problems: FileProblem[] } {
  const problems: FileProblem[] = [];
  const sets = new Map<string, Read[]>();
  const broken = new Set<string>();
  let isPlaced = true;
  for (const row of file.rows) {
    const reader = new PriceRowReader(file, problems, row);
    const priceList = readListWithCurrency(reader, knowledge);
    const validFrom = reader.validFrom(knowledge);
    const amounts = readAmounts(reader);
    if (priceList === null || validFrom === null) {
      isPlaced = false;
      continue;
    }
    const key = `${priceList} ${validFrom}`;
    // A tier that could not be read would show as a gap too: the set is evaluated once its rows are sound.
    if (amounts === null) broken.add(key);
    else
      sets.set(key, [
        ...(sets.get(key) ?? []),
        { reader, tier: { line: row.line, priceList, validFrom, ...amounts } },
      ]);
  }
  // A row whose list or date cannot be read belongs to a set nobody knows: then none is evaluated.
  if (isPlaced) for (const [key, set] of sets) if (!broken.has(key)) checkTiers(key, set);
  return { rows: [...sets.values()].flat().map(({ tier }) => tier), problems };
}

/** The currency is the list's; a file may say it, so that nobody imports prices of another one by mistake. */
function readListWithCurrency(reader: PriceRowReader, knowledge: Knowledge): string | null {
  const priceList = reader.priceList(knowledge);
  const expected = priceList === null ? undefined : knowledge.currencies.get(priceList);
  if (!("currency" in reader.row.cells)) return priceList;
  const currency = reader.text("currency");
  if (currency !== null && expected !== undefined && currency !== expected) {
    reader.complain(
      "currency",
      "wrong_currency",
      `the prices of this list are in ${expected}, not ${currency}`,
    );
  }
  return priceList;
}

function readAmounts(reader: PriceRowReader): Omit<TierRow, "line" | "priceList" | "validFrom"> | null {
  const quantityMin = reader.wholeNumber("quantity_min");
  const hasEnd = (reader.row.cells["quantity_max_excluded"] ?? "") !== "";
  const quantityMax = hasEnd ? reader.wholeNumber("quantity_max_excluded") : null;
  const unitPrice = reader.micros("unit_price_micros");
  const source = reader.source();
  if (quantityMin === null || (hasEnd && quantityMax === null) || unitPrice === null || source === null)
    return null;
  if (quantityMax !== null && quantityMax <= quantityMin) {
    return reader.complain(
      "quantity_max_excluded",
      "tier_empty",
      `the tier ends at ${quantityMax}, which is not above its beginning ${quantityMin}`,
    );
  }
  if (isForNothing({ quantityMin, unitPrice })) {
    return reader.complain(
      "unit_price_micros",
      "tier_for_nothing",
      `at ${unitPrice} millionths, ${quantityMin} credits would cost 0 cents`,
    );
  }
  return { quantityMin, quantityMax, unitPrice, source };
}

function checkTiers(key: string, set: readonly Read[]): void {
  const tiers = [...set].sort((a, b) => a.tier.quantityMin - b.tier.quantityMin || a.tier.line - b.tier.line);
  tiers.forEach(({ reader, tier }, index) => {
    const before = tiers[index - 1]?.tier;
    if (before === undefined) {
      if (tier.quantityMin === SMALLEST_PACK) return;
      reader.complain(
        "quantity_min",
        "tier_first",
        `the first tier of ${key} begins at ${tier.quantityMin}, not at ${SMALLEST_PACK}`,
      );
      return;
    }
    checkBorder(reader, before, tier);
  });
  const last = tiers.at(-1);
  if (last !== undefined && last.tier.quantityMax !== null) {
    last.reader.complain(
      "quantity_max_excluded",
      "tier_last",
      `the last tier of ${key} ends at ${last.tier.quantityMax}: leave its end empty`,
    );
  }
}

function checkBorder(reader: PriceRowReader, before: TierRow, tier: TierRow): void {
  if (before.quantityMin === tier.quantityMin) {
    reader.complain(
      "quantity_min",
      "repeated_row",
      `a tier from ${tier.quantityMin} stands in line ${before.line} already`,
    );
    return;
  }
  if (before.quantityMax === null || before.quantityMax > tier.quantityMin) {
    const end = before.quantityMax === null ? "has no end" : `ends at ${before.quantityMax}`;
    reader.complain("quantity_min", "tier_overlap", `overlaps the tier of line ${before.line}, which ${end}`);
  } else if (before.quantityMax < tier.quantityMin) {
    reader.complain(
      "quantity_min",
      "tier_gap",
      `leaves a gap: no tier from ${before.quantityMax} to ${tier.quantityMin - 1} (line ${before.line})`,
    );
  }
  if (tier.unitPrice > before.unitPrice) {
    reader.complain(
      "unit_price_micros",
      "tier_price_rises",
      `${tier.unitPrice} is more than the ${before.unitPrice} of the smaller packs in line ${before.line}`,
    );
  }
}
