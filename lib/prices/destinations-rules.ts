import type { FileProblem, Knowledge, PriceFile, RateRow } from "./rules";
import { PriceRowReader } from "./rules";

/** Checks each row of a list of destinations. Rows with a problem are left out, so that one mistake is named once. */
export function checkDestinations(
  file: PriceFile,
  knowledge: Knowledge,
): { rows: RateRow[]; problems: FileProblem[] } {
  const problems: FileProblem[] = [];
  const rows: RateRow[] = [];
  const lineOf = new Map<string, number>();
  for (const fileRow of file.rows) {
    const reader = new PriceRowReader(file, problems, fileRow);
    const country = readCountry(reader, knowledge);
    const callingCode = readCallingCode(reader, knowledge, country);
    const priceList = reader.priceList(knowledge);
    const validFrom = reader.validFrom(knowledge);
    const credits = reader.credits("credits");
    const source = reader.source();
    if (country !== null && priceList !== null && validFrom !== null) {
      const key = `${priceList} ${country} ${validFrom}`;
      const before = lineOf.get(key);
      if (before !== undefined) {
        reader.complain("country", "repeated_row", `${key} stands in line ${before} already`);
        continue;
      }
      lineOf.set(key, fileRow.line);
      if (callingCode !== null && credits !== null && source !== null) {
        rows.push({ line: fileRow.line, priceList, country, callingCode, validFrom, credits, source });
      }
    }
  }
  return { rows, problems };
}

function readCountry(reader: PriceRowReader, knowledge: Knowledge): string | null {
  const country = reader.text("country");
  if (country === null || knowledge.callingCodes.has(country)) return country;
  const hint = knowledge.callingCodes.has(country.toUpperCase()) ? ": write it in capitals" : "";
  return reader.complain("country", "unknown_country", `there is no country "${country}"${hint}`);
}

function readCallingCode(
  reader: PriceRowReader,
  knowledge: Knowledge,
  country: string | null,
): string | null {
  const code = reader.text("calling_code");
  const expected = country === null ? undefined : knowledge.callingCodes.get(country);
  if (code === null || country === null || expected === undefined) return null;
  if (code === expected) return code;
  return reader.complain(
    "calling_code",
    "wrong_calling_code",
    `${country} is called with ${expected}, not ${code}`,
  );
}
