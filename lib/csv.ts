/** How a file of comma-separated values is written. Fields of text are quoted where they must be, and only there. */
export type CsvStyle = {
  readonly separator: "," | ";";
  /** What stands before the decimals of an amount. */
  readonly decimalMark: "." | ",";
};

/** RFC 4180, for programs. */
export const PLAIN_CSV: CsvStyle = { separator: ",", decimalMark: "." };

/** What spreadsheets of languages with a decimal comma open with a double click. */
export const COMMA_SHEET_CSV: CsvStyle = { separator: ";", decimalMark: "," };

/** Tells spreadsheets that the bytes are UTF-8; programs skip it. */
export const BYTE_ORDER_MARK = "\ufeff";

/** A cell: text, an amount in machine form, or nothing. */
export type CsvCell = { readonly text: string } | { readonly amount: string } | null;

/** One line with its end. Text that a spreadsheet would take for a formula is kept from being one. */
export function csvLine(cells: readonly CsvCell[], style: CsvStyle): string {
  return `${cells.map((cell) => csvField(cell, style)).join(style.separator)}\r\n`;
}

function csvField(cell: CsvCell, { separator, decimalMark }: CsvStyle): string {
  if (cell === null) return "";
  if ("amount" in cell) return quoted(cell.amount.replace(".", decimalMark), separator);
  return quoted(/^[=+\-@\t\r]/.test(cell.text) ? `'${cell.text}` : cell.text, separator);
}

function quoted(text: string, separator: string): string {
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
