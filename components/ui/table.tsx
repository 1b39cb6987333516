import { type Cell, type ColumnLook, type RowCells, TableRows } from "./table-rows";

export type Column<Row> = ColumnLook & { cell: (row: Row) => Cell };

/**
 * A table of data. On a phone it either scrolls in its own region (`phone="scroll"`), reachable by keyboard, or becomes a
 * list with the heading before each value, one to a line (`"stack"`) or as many as fit (`"lines"`). The roles are written out because `display: block` would drop them.
 */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowClassName,
  phone = "stack",
  hideCaption = true,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowClassName?: (row: Row) => string;
  phone?: "stack" | "lines" | "scroll";
  hideCaption?: boolean;
}) {
  const region =
    phone === "scroll" ? ({ role: "region", tabIndex: 0, "aria-label": caption } as const) : undefined;
  const looks = columns.map(({ cell: _, ...look }) => look);
  const cells = rows.map((row): RowCells => [
    rowKey(row),
    rowClassName?.(row) ?? "",
    ...columns.map(({ cell }) => cell(row)),
  ]);
  return (
    <div {...region} className={phone === "scroll" ? "overflow-x-auto" : `table-${phone}`}>
      <table role="table" className="data">
        <caption className={hideCaption ? "sr-only" : "mb-2 text-left font-semibold text-ink-2"}>
          {caption}
        </caption>
        <TableRows columns={looks} rows={cells} />
      </table>
    </div>
  );
}
