import { RowReader, separatorOf, type TextRow } from "./delimited-text";
import { isVcard, readVcard } from "./vcard";

/** What a file of recipients may have. Ten messages' worth of rows, and what a browser holds without trouble. */
export const MAX_FILE_ROWS = 100_000;
export const MAX_FILE_BYTES = 30_000_000;

export type FileRowsProblem = "too_large" | "too_many_rows" | "spreadsheet" | "empty";

/** Characters that are taken apart at once, after which the page may do something else. */
const PIECE = 200_000;

/**
 * Reads a file of recipients into rows: text with any separator, one number to a line, or a vCard. It is read in pieces, and
 * the page stays alive between them; `onProgress` hears how far it is, from 0 to 1.
 */
export async function readFileRows(
  bytes: Uint8Array,
  onProgress: (done: number) => void,
): Promise<TextRow[] | FileRowsProblem> {
  if (bytes.length > MAX_FILE_BYTES) return "too_large";
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return "spreadsheet";
  const text = decode(bytes);
  if (isVcard(text)) {
    const contacts = readVcard(text).map(({ name, number }, index) => ({
      line: index + 1,
      cells: [name, number],
    }));
    return contacts.length > MAX_FILE_ROWS ? "too_many_rows" : contacts;
  }
  // A separator that no line has leaves each line one cell.
  const reader = new RowReader(separatorOf(text) ?? "\t");
  const rows: TextRow[] = [];
  for (let at = 0; at < text.length; at += PIECE) {
    // One by one: all at once would be more arguments than a call takes.
    for (const row of reader.read(text.slice(at, at + PIECE))) rows.push(row);
    if (rows.length > MAX_FILE_ROWS + 1) return "too_many_rows";
    onProgress(Math.min(1, (at + PIECE) / text.length));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  rows.push(...reader.end());
  return rows.length === 0 ? "empty" : rows;
}

/** UTF-8, UTF-16 with its mark, or else what spreadsheets in Western Europe write. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
