/** A row of a table of text: its cells, trimmed, and the line on which it begins, 1 for the first. */
export type TextRow = { readonly line: number; readonly cells: readonly string[] };

export type Separator = "\t" | ";" | "," | "|";
export const SEPARATORS: readonly Separator[] = ["\t", ";", ",", "|"];

/** The line that spreadsheets put first to name their separator. */
const SEPARATOR_LINE = /^\ufeff?"?sep=(.)"?\r?\n/i;

/** How much of a text decides by what its cells are separated. */
const SAMPLE_LINES = 50;

/**
 * What separates the cells of a text: the first of tab, semicolon, comma and bar by which its lines fall into equally
 * many cells, more than one. Null if none does: then it is no table.
 */
export function separatorOf(text: string): Separator | null {
  const [, named] = SEPARATOR_LINE.exec(text) ?? [];
  const found = SEPARATORS.find((separator) => separator === named);
  if (found !== undefined) return found;
  const sample = text
    .split("\n", SAMPLE_LINES + 1)
    .slice(0, SAMPLE_LINES)
    .join("\n");
  return SEPARATORS.find((separator) => isEven(readRows(sample, separator))) ?? null;
}

/** Rows of a spreadsheet may lack cells at their ends, which are empty; a list of numbers is ragged. */
function isEven(rows: readonly TextRow[]): boolean {
  const [first, ...others] = rows;
  const width = first?.cells.length ?? 0;
  return width > 1 && others.length > 0 && others.every(({ cells }) => cells.length === width);
}

/** The rows of a text, without the empty ones. */
export function readRows(text: string, separator: Separator): TextRow[] {
  const reader = new RowReader(separator);
  return [...reader.read(text.replace(SEPARATOR_LINE, "\n")), ...reader.end()];
}

/**
 * Takes a text apart into rows as it comes, in pieces of any size: RFC 4180, with any line end, and what spreadsheets and
 * people make of it: a quote inside a cell that does not begin with one is a character like others.
 */
export class RowReader {
  readonly #separator: Separator;
  #cells: string[] = [];
  #cell = "";
  #isQuoted = false;
  /** A quote came in a quoted cell: the next character tells whether it was its end. */
  #isAfterQuote = false;
  #line = 1;
  #firstLine = 1;

  constructor(separator: Separator) {
    this.#separator = separator;
  }

  read(piece: string): TextRow[] {
    const rows: TextRow[] = [];
    for (const character of piece) {
      if (character === "\n") this.#line += 1;
      if (this.#isQuoted && !this.#isAfterQuote) {
        if (character === '"') this.#isAfterQuote = true;
        else this.#cell += character;
        continue;
      }
      if (this.#isAfterQuote) {
        this.#isAfterQuote = false;
        if (character === '"') {
          this.#cell += '"';
          continue;
        }
        this.#isQuoted = false;
      }
      if (character === this.#separator) this.#endCell();
      else if (character === "\n" || character === "\r") rows.push(...this.#endRow());
      else if (character === '"' && this.#cell.trim() === "") {
        this.#cell = "";
        this.#isQuoted = true;
      } else this.#cell += character;
    }
    return rows;
  }

  /** What stands after the last line end. */
  end(): TextRow[] {
    return this.#endRow();
  }

  #endCell(): void {
    this.#cells.push(this.#cell.replace("\ufeff", "").trim());
    this.#cell = "";
  }

  #endRow(): TextRow[] {
    this.#isQuoted = false;
    this.#isAfterQuote = false;
    this.#endCell();
    const row = { line: this.#firstLine, cells: this.#cells };
    this.#cells = [];
    this.#firstLine = this.#line;
    return row.cells.some((cell) => cell !== "") ? [row] : [];
  }
}
