import { readRows, type Separator, separatorOf, SEPARATORS, type TextRow } from "./delimited-text";

/** A table of text, such as a spreadsheet's or an address book's, and the column in which its phones stand. */
export type PhoneTable = {
  /** Names of the columns; null if the first row is one like the others. */
  readonly header: readonly string[] | null;
  readonly width: number;
  readonly rows: readonly TextRow[];
  /** From 0. */
  readonly column: number;
};

/** Reads a text as a table with phones in it; null if it is none: a list of numbers, or names with a number each. */
export function readPhoneTable(text: string, chosen: number | null = null): PhoneTable | null {
  const separator = separatorOf(text) ?? separatorOfHeader(text);
  return separator === null ? null : phoneTableOf(readRows(text, separator), chosen);
}

/** The separator of a table whose rows are ragged, and whose header names a column of phones. */
function separatorOfHeader(text: string): Separator | null {
  const [header = "", second] = text.split(/\r?\n/, 2);
  if (second === undefined || /\d{5}/.test(header)) return null;
  const isNamed = (cells: readonly string[]) =>
    cells.length > 1 && cells.some((cell) => isPhoneName(fold(cell)));
  return SEPARATORS.find((separator) => isNamed(header.split(separator))) ?? null;
}

/** `chosen` is the column that the reader chose; without it, or where there is none such, the likeliest is taken. */
export function phoneTableOf(all: readonly TextRow[], chosen: number | null = null): PhoneTable | null {
  const [first, ...others] = all;
  if (first === undefined || others.length === 0) return null;
  const hasHeader = !first.cells.some(isPhone) && !first.cells.some((cell) => /^[+\d]/.test(cell));
  const header = hasHeader ? first.cells : null;
  const rows = hasHeader ? others : all;
  const width = Math.max(...all.slice(0, SAMPLE_ROWS).map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, column) =>
    evaluate(rows, column, header?.[column] ?? ""),
  );
  // Without names of columns, what has several phones in a row is a list that goes over several lines.
  const isList =
    header === null && rows.some(({ cells }) => cells.filter((cell) => /\+\d/.test(cell)).length > 1);
  if (isList || (header === null && columns.every(({ share }) => share > 0.5))) return null;
  if (chosen !== null && chosen < width) return { header, width, rows, column: chosen };
  const likeliest = columns.reduce((best, next) => (next.score > best.score ? next : best));
  return likeliest.score <= 0 ? null : { header, width, rows, column: likeliest.column };
}

/** What tables with the same columns have in common, to know them again. */
export const columnSignatureOf = ({ header, width }: Pick<PhoneTable, "header" | "width">): string =>
  header === null ? width.toString() : header.map(fold).join("|");

const SAMPLE_ROWS = 500;

/** Headers of columns with phones to which messages go, in the languages of the product and its neighbours. */
const MOBILE = /cell|mobil|portable|handy|komork|telemov|smartphone|telefonino|gsm|movil|whatsapp|sms|msisdn/;
const PHONE =
  /phone|telefon|^tel$|^tel[ .]|telefono|telephone|numero|number|recapito|rufnummer|nummer|receiver|destinatar|recipient/;
/** Phones too, but not those that are carried about. */
const STATIONARY = /home|work|business|office|main|casa|ufficio|fisso|fixe|bureau|festnetz|dom$|trabajo|fijo/;
const NO_PHONE =
  /fax|iva|vat|fiscal|siret|siren|ust|nif|nip|ean|gtin|isbn|iban|codice|code|cap$|zip|plz|type|label|^id$/;

const isPhoneName = (word: string): boolean =>
  !NO_PHONE.test(word) && (MOBILE.test(word) || PHONE.test(word));

function evaluate(rows: readonly TextRow[], column: number, name: string) {
  const cells = rows.slice(0, SAMPLE_ROWS).flatMap(({ cells }) => {
    const cell = cells[column] ?? "";
    return cell === "" ? [] : [cell];
  });
  const share = cells.length === 0 ? 0 : cells.filter(isPhone).length / cells.length;
  // A plus is of a phone only; numbers of other things begin with 00 too.
  const marked = cells.reduce(
    (sum, cell) => sum + (cell.startsWith("+") ? 1 : cell.startsWith("00") ? 0.4 : 0),
    0,
  );
  const word = fold(name);
  const said = NO_PHONE.test(word)
    ? -4
    : (MOBILE.test(word) ? 6 : PHONE.test(word) ? 4 : 0) - (STATIONARY.test(word) ? 2 : 0);
  // A column of something else has hardly a cell that could be a phone.
  return { column, share, score: share < 0.3 ? 0 : said + share + marked / cells.length };
}

/** Could it be a phone, or what a spreadsheet left of one? */
function isPhone(cell: string): boolean {
  if (/^\d[.,]\d+E\+?\d{1,2}$/i.test(cell)) return true;
  // One that holds two is a mistake in a column of phones, not a column of something else.
  return /^['"(]?[+\d\s().\-/:]{8,60}$/.test(cell) && cell.replace(/\D/g, "").length >= 8;
}

const fold = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .trim();
