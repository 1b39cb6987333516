import { CsvError, parse } from "csv-parse/sync";
import type { FileProblem, FileProblemCode, FileRow, PriceFile, PriceListKind } from "./rules";

/** Five megabytes: some thirty times both lists as they are. */
const MAX_BYTES = 5_000_000;

/** Some twenty-five times both lists; and what one statement with six values a row may carry. */
const MAX_ROWS = 10_000;

/** The columns of each list, in the order in which they are exported. `valid_from` may be given beside the file. */
export const COLUMNS: Readonly<Record<PriceListKind, readonly string[]>> = {
  destinations: ["country", "calling_code", "price_list", "valid_from", "credits", "source"],
  packs: ["price_list", "valid_from", "quantity_min", "quantity_max_excluded", "unit_price_micros", "source"],
};

/** Taken where they stand, and checked; never asked for. */
const OPTIONAL_COLUMNS: Readonly<Record<PriceListKind, readonly string[]>> = {
  destinations: [],
  packs: ["currency"],
};

/**
 * Reads the form of a file: UTF-8, quotes, header, fields in each line. What the fields say is checked by the rules.
 * `from` is the date given beside the file; it takes the place of the column `valid_from`, never both.
 */
export function readPriceFile(
  bytes: Uint8Array,
  from: string | null,
): { file: PriceFile | null; problems: FileProblem[] } {
  const problem = (code: FileProblemCode, text: string, line = 1, column = 1) => ({
    file: null,
    problems: [{ line, column, name: null, code, text }],
  });
  if (bytes.length > MAX_BYTES) return problem("too_large", `is larger than ${MAX_BYTES} bytes`);
  const text = decode(bytes);
  if (text === null) return problem("not_utf8", `${encodingOf(bytes)}: save it as CSV in UTF-8`);
  if (text.trim() === "") return problem("empty", "is empty");
  if (/^\ufeff?"?sep=/i.test(text)) {
    return problem("separator_line", "begins with “sep=”, which only spreadsheets read: delete this line");
  }
  const parsed = parseRecords(text);
  if ("code" in parsed) return problem("broken_quotes", parsed.text, parsed.line, parsed.column);
  const [header, ...records] = parsed.records;
  if (header === undefined) return problem("empty", "is empty");
  const { kind, problems } = readHeader(header, from);
  if (kind === null) return { file: null, problems };
  if (records.length === 0) return problem("no_rows", "has a header and no rows");
  if (records.length > MAX_ROWS) return problem("too_large", `has more than ${MAX_ROWS} rows`);
  const rows = records.flatMap((record) => readRecord(record, header.cells, problems));
  return { file: { kind, columns: header.cells, rows }, problems };
}

type CsvRecord = { readonly line: number; readonly cells: readonly string[] };

function decode(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\u0000") ? null : text;
  } catch {
    return null;
  }
}

/** What a file that is no text in UTF-8 seems to be. */
function encodingOf(bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes;
  if (first === 0x50 && second === 0x4b) return "is a spreadsheet, not its text";
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // Latin letters have a NUL as every second byte.
  const isBare = bytes.length > 3 && (bytes[1] === 0 || first === 0) && (bytes[3] === 0 || bytes[2] === 0);
  return isMarked || isBare ? "is in UTF-16" : "is not text in UTF-8";
}

type CsvProblem = {
  readonly code: string;
  readonly text: string;
  readonly line: number;
  readonly column: number;
};

function parseRecords(text: string): { records: CsvRecord[] } | CsvProblem {
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      relax_column_count: true,
      skip_empty_lines: true,
      // `lines` is where a record ends; a record with line breaks in it is refused, so this is also its beginning.
      on_record: (cells: string[], { lines }: { lines: number }) => {
        const breaks = cells.join("").split("\n").length - 1;
        records.push({ line: lines - breaks, cells });
        return null;
      },
    });
    return { records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const numberOf = (name: "lines" | "column") => (typeof error[name] === "number" ? error[name] : null);
    const place = { line: numberOf("lines") ?? 1, column: (numberOf("column") ?? 0) + 1 };
    return { code: error.code, ...place, text: `cannot be read as CSV: ${error.message}` };
  }
}

function readHeader(
  header: CsvRecord,
  from: string | null,
): { kind: PriceListKind | null; problems: FileProblem[] } {
  const problems: FileProblem[] = [];
  const complain = (column: number, name: string | null, code: FileProblemCode, text: string) => {
    problems.push({ line: header.line, column, name, code, text });
  };
  const has = (name: string) => header.cells.includes(name);
  const cure = cureOf(header.cells);
  if (cure !== null) {
    complain(cure.column, null, cure.code, cure.text);
    return { kind: null, problems };
  }
  const kind = has("country") || has("credits") ? "destinations" : has("quantity_min") ? "packs" : null;
  if (kind === null) {
    complain(
      1,
      null,
      "unknown_list_kind",
      `is neither list: the header is ${COLUMNS.destinations.join(",")} or ${COLUMNS.packs.join(",")}`,
    );
    return { kind, problems };
  }
  header.cells.forEach((name, index) => {
    if (![...COLUMNS[kind], ...OPTIONAL_COLUMNS[kind]].includes(name))
      complain(index + 1, name, "unknown_column", "is not a column of this list");
    else if (header.cells.indexOf(name) < index) complain(index + 1, name, "repeated_column", "stands twice");
  });
  // Where it could be added.
  const end = header.cells.length + 1;
  for (const name of COLUMNS[kind]) {
    if (has(name)) continue;
    if (name !== "valid_from") complain(end, name, "missing_column", "is missing");
    else if (from === null) complain(end, name, "date_without", "is missing: add it, or give --from DATE");
  }
  if (has("valid_from") && from !== null) {
    complain(
      header.cells.indexOf("valid_from") + 1,
      "valid_from",
      "date_in_file_and_option",
      "stands in the file: leave --from away",
    );
  }
  return { kind: problems.length === 0 ? kind : null, problems };
}

const KNOWN_COLUMNS = new Set([...Object.values(COLUMNS), ...Object.values(OPTIONAL_COLUMNS)].flat());

/** What a spreadsheet has done to a header that is right otherwise, and what undoes it. */
function cureOf(cells: readonly string[]): { code: FileProblemCode; column: number; text: string } | null {
  const isKnown = (name: string) => KNOWN_COLUMNS.has(name);
  for (const [separator, name] of [
    ["\t", "tabs"],
    [";", "semicolons"],
    ["|", "bars"],
  ] as const) {
    if (
      cells
        .join(",")
        .split(separator)
        .filter((cell) => isKnown(tidy(cell))).length > 1
    ) {
      const text = `has ${name} between its columns: save it with commas, and with points in decimals`;
      return { code: "wrong_separator", column: 1, text };
    }
  }
  const written = cells.findIndex((cell) => !isKnown(cell) && isKnown(tidy(cell)));
  if (written >= 0) {
    const [found, wanted] = [cells[written] ?? "", tidy(cells[written] ?? "")];
    return { code: "capitals_in_header", column: written + 1, text: `“${found}” is written ${wanted} here` };
  }
  const last = cells.findLastIndex((cell) => cell !== "");
  if (last < cells.length - 1 && last >= 0 && cells.slice(0, last + 1).every(isKnown)) {
    const text = "has commas at the ends of its lines: delete the empty columns";
    return { code: "empty_columns", column: last + 2, text };
  }
  return null;
}

/** As the header is to be written: "Calling Code" is calling_code. */
const tidy = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");

function readRecord(record: CsvRecord, columns: readonly string[], problems: FileProblem[]): FileRow[] {
  const complain = (
    column: number,
    code: FileProblemCode,
    text: string,
    name = columns[column - 1] ?? null,
  ) => {
    problems.push({ line: record.line, column, name, code, text });
    return [];
  };
  if (record.cells.length !== columns.length) {
    const first = Math.min(record.cells.length, columns.length) + 1;
    const text = `has ${record.cells.length} fields, the header has ${columns.length}`;
    return complain(first, "wrong_field_count", text, null);
  }
  const broken = record.cells.findIndex((cell) => /[\r\n]/.test(cell));
  if (broken >= 0) return complain(broken + 1, "line_break", "has a line break in it");
  return [
    { line: record.line, cells: Object.fromEntries(columns.map((name, i) => [name, record.cells[i] ?? ""])) },
  ];
}
