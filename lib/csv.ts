/** How a file of comma-separated values is written. Each cell of text is quoted, and no amount is. */
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

/** One line with its end. Text that a spreadsheet would take for a formula is kept from being one, wherever it splits the line. */
export function csvLine(cells: readonly CsvCell[], style: CsvStyle): string {
  return `${cells.map((cell) => csvField(cell, style)).join(style.separator)}\r\n`;
}

/** Digits, with a sign and decimals or without: what can stand without quotes, and is no formula. */
const AMOUNT = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * Where a formula could begin: at the start, and behind whatever a spreadsheet may be told to split at, or a line's end,
 * since one that splits at another mark than ours takes no notice of our quotes. Quotes and blanks before it hide none.
 */
const FORMULA_START = /(?<=^|[,;|\t\r\n])(?=[\s"]*[=+\-@＝＋－＠]|[\t\r])/g;

function csvField(cell: CsvCell, { decimalMark }: CsvStyle): string {
  if (cell === null) return "";
  if ("amount" in cell && AMOUNT.test(cell.amount)) {
    return cell.amount.replace(".", decimalMark);
  }
  const text = "amount" in cell ? cell.amount : cell.text;
  return `"${text.replace(FORMULA_START, "'").replaceAll('"', '""')}"`;
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
