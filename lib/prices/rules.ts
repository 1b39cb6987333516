import { type Credits, MAX_CREDITS, parseCredits } from "../credits";
import { type Micros, microsOf } from "../money";

/** The two lists that an operator may import: what a message costs, and what a credit costs. */
export type PriceListKind = "destinations" | "packs";

/** One record of a file. `line` is where it stands, 1 for the header; `cells` are by column name, as written. */
export type FileRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> };

/** A file whose form is sound. `columns` are in the order of the file, so that a complaint can name the place. */
export type PriceFile = {
  readonly kind: PriceListKind;
  readonly columns: readonly string[];
  readonly rows: readonly FileRow[];
};

export type FileProblemCode =
  | "not_utf8"
  | "separator_line"
  | "wrong_separator"
  | "capitals_in_header"
  | "empty_columns"
  | "too_large"
  | "empty"
  | "no_rows"
  | "unknown_list_kind"
  | "missing_column"
  | "unknown_column"
  | "repeated_column"
  | "broken_quotes"
  | "wrong_field_count"
  | "line_break"
  | "spaces"
  | "missing"
  | "unknown_price_list"
  | "unknown_country"
  | "wrong_calling_code"
  | "wrong_currency"
  | "not_a_date"
  | "date_in_file_and_option"
  | "date_without"
  | "not_a_number"
  | "too_many_decimals"
  | "not_positive"
  | "too_big"
  | "repeated_row"
  | "bad_text"
  | "tier_empty"
  | "tier_gap"
  | "tier_overlap"
  | "tier_first"
  | "tier_last"
  | "tier_price_rises"
  | "tier_for_nothing"
  | "changes_the_past";

/** One thing that is wrong, and where. `column` counts from 1, also where the whole line or file is meant. */
export type FileProblem = {
  readonly line: number;
  readonly column: number;
  readonly name: string | null;
  readonly code: FileProblemCode;
  /** For the operator, in English: what was found, and what is taken instead. */
  readonly text: string;
};

/** What the checks have to know of the world outside the file. */
export type Knowledge = {
  /** Currency of each price list that exists. */
  readonly currencies: ReadonlyMap<string, string>;
  /** Calling code of each country that has telephone numbers. */
  readonly callingCodes: ReadonlyMap<string, string>;
  /** The date given beside the file, for files without the column `valid_from`. */
  readonly from: string | null;
};

export type RateRow = {
  readonly line: number;
  readonly priceList: string;
  readonly country: string;
  readonly callingCode: string;
  readonly validFrom: string;
  readonly credits: Credits;
  readonly source: string;
};

export type TierRow = {
  readonly line: number;
  readonly priceList: string;
  readonly validFrom: string;
  readonly quantityMin: number;
  /** Excluded; null has no upper end. */
  readonly quantityMax: number | null;
  readonly unitPrice: Micros;
  readonly source: string;
};

/** Where a column stands, from 1; 1 for one that a file does not have. */
export function columnOf({ columns }: Pick<PriceFile, "columns">, name: string): number {
  return Math.max(columns.indexOf(name), 0) + 1;
}

/** Collects what is wrong while the rows are read; the readers return null where they complained. */
export class PriceRowReader {
  constructor(
    private readonly file: Pick<PriceFile, "columns">,
    private readonly problems: FileProblem[],
    readonly row: FileRow,
  ) {}

  complain(name: string | null, code: FileProblemCode, text: string): null {
    const column = name === null ? 1 : columnOf(this.file, name);
    this.problems.push({ line: this.row.line, column, name, code, text });
    return null;
  }

  /** The cell as written, without spaces around it; null where it is empty or has them. */
  text(name: string): string | null {
    const cell = this.row.cells[name] ?? "";
    if (cell.trim() === "") return this.complain(name, "missing", "is empty");
    if (cell !== cell.trim()) return this.complain(name, "spaces", `has spaces around it: "${cell}"`);
    return cell;
  }

  priceList(knowledge: Knowledge): string | null {
    const list = this.text("price_list");
    if (list === null || knowledge.currencies.has(list)) return list;
    const known = [...knowledge.currencies.keys()].join(", ");
    return this.complain(
      "price_list",
      "unknown_price_list",
      `there is no price list "${list}"; there are ${known}`,
    );
  }

  validFrom(knowledge: Knowledge): string | null {
    if (this.file.columns.includes("valid_from")) {
      const date = this.text("valid_from");
      if (date === null || isDate(date)) return date;
      return this.complain("valid_from", "not_a_date", `"${date}" is not a date such as 2027-01-31`);
    }
    return knowledge.from;
  }

  source(): string | null {
    const source = this.text("source");
    if (source === null) return null;
    if (source.length > 200) return this.complain("source", "too_big", "is longer than 200 characters");
    // A source is shown and exported: a control character or a formula would reach a customer's spreadsheet.
    if (/[\u0000-\u001f\u007f]/.test(source) || /^[=+@-]/.test(source)) {
      return this.complain("source", "bad_text", "may not begin with = + - @ nor hold control characters");
    }
    return source;
  }

  /** Credits, more than nothing, exact to a thousandth, at most 1,000 for one part. */
  credits(name: string): Credits | null {
    const text = this.text(name);
    if (text === null) return null;
    if (!this.isDecimal(name, text)) return null;
    if (/\.\d{4,}$/.test(text)) {
      return this.complain(name, "too_many_decimals", `${text} has more than three decimals`);
    }
    const credits = parseCredits(text);
    if (credits === null || credits > MAX_CREDITS || credits > MAX_RATE) {
      return this.complain(name, "too_big", `${text} is more than 1000 credits for one part`);
    }
    return credits > 0n ? credits : this.complain(name, "not_positive", `${text} is not more than 0`);
  }

  /** A whole number of credits of a pack, up to a thousand million. */
  wholeNumber(name: string): number | null {
    const digits = this.digits(name, "a whole number");
    if (digits === null) return null;
    return digits <= 1_000_000_000n
      ? Number(digits)
      : this.complain(name, "too_big", `${digits} is too large`);
  }

  /** Millionths of the currency, up to 1,000 for one credit. */
  micros(name: string): Micros | null {
    const digits = this.digits(name, "a whole number of millionths (42000 is 0.042)");
    if (digits === null) return null;
    if (digits > MAX_UNIT_PRICE)
      return this.complain(name, "too_big", `${digits} is more than 1000 for one credit`);
    return microsOf(digits);
  }

  private digits(name: string, what: string): bigint | null {
    const text = this.text(name);
    if (text === null || !this.isDecimal(name, text)) return null;
    if (text.includes(".")) return this.complain(name, "too_many_decimals", `${text} is not ${what}`);
    const value = BigInt(text);
    return value > 0n ? value : this.complain(name, "not_positive", `${text} is not more than 0`);
  }

  private isDecimal(name: string, text: string): boolean {
    if (/^-?\d{1,30}(\.\d{1,30})?$/.test(text)) return true;
    const hint = text.includes(",") ? ": write a point, without separators of thousands" : "";
    this.complain(name, "not_a_number", `"${text}" is not a number${hint}`);
    return false;
  }
}

const MAX_RATE = 1_000_000n;
const MAX_UNIT_PRICE = 1_000_000_000n;

/** A day that exists, written as 2027-01-31. */
export function isDate(text: string): boolean {
  if (!/^20\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** The day after: what an operator may date a change from, when the day itself has charges. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** "packs.csv:12:4 credits: …", as compilers write it, so that an editor jumps to the place. */
export function printProblem(fileName: string, problem: FileProblem): string {
  const place = [fileName, problem.line, problem.column].join(":");
  return `${place} ${problem.name === null ? "" : `${problem.name} `}${problem.text}`;
}

/** By line, then by column: the order in which a person mends a file. */
export function inFileOrder(problems: readonly FileProblem[]): FileProblem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
}
