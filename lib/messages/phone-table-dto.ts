import { type PhoneTable, columnSignatureOf } from "./phone-column";
import type { PhoneTableDto } from "./schema";

const FIRST_ROWS = 3;
const MAX_COLUMNS = 50;
const MAX_CELL_CHARACTERS = 40;

/** What is shown of a table: enough to see whether the column is the right one. */
export function phoneTableDto(table: PhoneTable): PhoneTableDto {
  const { header, width, rows, column } = table;
  const columns = Array.from({ length: Math.min(width, MAX_COLUMNS) }, (_, index) => index);
  const shown = (cells: readonly string[]) =>
    columns.map((index) => (cells[index] ?? "").slice(0, MAX_CELL_CHARACTERS));
  return {
    columns: shown(header ?? []),
    column,
    rows: rows.length,
    firstRows: rows.slice(0, FIRST_ROWS).map(({ cells }) => shown(cells)),
    signature: columnSignatureOf(table),
  };
}
