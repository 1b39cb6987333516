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

/**
 * A file of lines as an answer, for programs. It is written as fast as it is read: a list of millions never stands in
 * memory.
 */
export function csvFile<Row>(
  name: string,
  header: readonly CsvCell[],
  parts: AsyncIterable<readonly Row[]>,
  cellsOf: (row: Row) => readonly CsvCell[],
): Response {
  const lines = linesOf(header, parts, cellsOf);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await lines.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
    },
  });
}

async function* linesOf<Row>(
  header: readonly CsvCell[],
  parts: AsyncIterable<readonly Row[]>,
  cellsOf: (row: Row) => readonly CsvCell[],
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(header, PLAIN_CSV);
  for await (const part of parts) yield part.map((row) => csvLine(cellsOf(row), PLAIN_CSV)).join("");
}
