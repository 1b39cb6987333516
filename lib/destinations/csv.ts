import { printCredits } from "../credits";
import { BYTE_ORDER_MARK, COMMA_SHEET_CSV, type CsvCell, csvLine, PLAIN_CSV } from "../csv";
import type { DestinationsView } from "./schema";

type Column =
  | "country"
  | "name"
  | "calling_code"
  | "credits"
  | "price"
  | "per_hundred"
  | "with_balance"
  | "valid_from"
  | "source";

/** The rows that a page shows, in its order, for the spreadsheets of the reader's language. `heading` names a column. */
export function destinationsCsv(
  view: DestinationsView,
  locale: string,
  heading: (column: Column) => string,
): string {
  const style = locale === "en" ? PLAIN_CSV : COMMA_SHEET_CSV;
  const shown = view.rows.filter(({ isShown }) => isShown);
  const hasBalance = view.rows[0]?.withBalance != null;
  const columns: Column[] = [
    "country",
    "name",
    "calling_code",
    "credits",
    "price",
    "per_hundred",
    ...(hasBalance ? (["with_balance"] as const) : []),
    "valid_from",
    "source",
  ];
  const cells = (row: (typeof shown)[number]): Record<Column, CsvCell> => ({
    country: { text: row.country },
    name: { text: row.name },
    calling_code: { text: row.callingCode },
    credits: { amount: printCredits(row.credits) },
    price: { amount: printMillionths(row.money) },
    per_hundred: { amount: row.perHundred.toString() },
    with_balance: row.withBalance === null ? null : { amount: row.withBalance.toString() },
    valid_from: { text: row.validFrom },
    source: { text: row.source },
  });
  const lines = [
    csvLine(
      columns.map((column) => ({ text: heading(column) })),
      style,
    ),
    ...shown.map((row) => {
      const written = cells(row);
      return csvLine(
        columns.map((column) => written[column]),
        style,
      );
    }),
  ];
  return BYTE_ORDER_MARK + lines.join("");
}

/** 29400n is "0.0294": money in machine form. */
function printMillionths(micros: bigint): string {
  const digits = micros.toString().padStart(7, "0");
  const decimals = digits.slice(-6).replace(/0+$/, "");
  return `${digits.slice(0, -6)}${decimals === "" ? "" : `.${decimals}`}`;
}
