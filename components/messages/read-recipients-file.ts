import { type FileRowsProblem, readFileRows } from "@/lib/messages/file-rows";
import { type PhoneTable, phoneTableOf, columnSignatureOf } from "@/lib/messages/phone-column";
import { phoneTableDto } from "@/lib/messages/phone-table-dto";
import type { PhoneTableDto } from "@/lib/messages/schema";
import { rememberedColumn } from "./remembered-columns";

/** What was read of a file: the phones of its rows, and the table that they stood in; null if it had one column. */
export type ReadFile = {
  readonly name: string;
  readonly phones: readonly string[];
  readonly withoutPhone: number;
  readonly table: PhoneTable | null;
  readonly dto: PhoneTableDto | null;
};

/** Reads a file of recipients in the browser; of a table, the column that was chosen last for such a one. */
export async function readRecipientsFile(
  file: File,
  onProgress: (done: number) => void,
): Promise<ReadFile | FileRowsProblem | "no_phones"> {
  const rows = await readFileRows(new Uint8Array(await file.arrayBuffer()), onProgress);
  if (typeof rows === "string") return rows;
  const table = phoneTableOf(rows);
  if (table !== null) {
    const column = rememberedColumn(columnSignatureOf(table)) ?? table.column;
    return withColumn(file.name, { ...table, column });
  }
  const phones = rows.flatMap(({ cells }) => cells).filter((cell) => /\d/.test(cell));
  if (phones.length === 0) return "no_phones";
  return { name: file.name, phones, withoutPhone: 0, table: null, dto: null };
}

/** One line for each row with something in its column of phones, so that it is read there as it stands. */
export function withColumn(name: string, table: PhoneTable): ReadFile {
  const cells = table.rows.map((row) => row.cells[table.column] ?? "");
  const phones = cells.filter((cell) => cell !== "").map((cell) => cell.replace(/\s+/g, " "));
  return { name, phones, withoutPhone: cells.length - phones.length, table, dto: phoneTableDto(table) };
}
