import type { ReactNode } from "react";

export type Column<Row> = {
  key: string;
  header: string;
  /** Instead of `header` before the value on a phone, where the whole of it would take a line of its own. */
  short?: string;
  /** To the right, in figures of one width. */
  numeric?: boolean;
  /** The cell that names the row, for readers of screens. At most one. */
  rowHeader?: boolean;
  /** The figure that matters most: on a phone it stands beside the name of its row, where `phone="lines"`. */
  main?: boolean;
  /** What it holds says what it is: on a phone it needs no heading before it. */
  plain?: boolean;
  cell: (row: Row) => ReactNode;
};

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
  return (
    <div {...region} className={phone === "scroll" ? "overflow-x-auto" : `table-${phone}`}>
      <table role="table" className="w-full border-collapse">
        <caption className={hideCaption ? "sr-only" : "mb-2 text-left font-semibold text-ink-2"}>
          {caption}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column, index) => (
              <th
                key={column.key}
                role="columnheader"
                scope="col"
                className={`border-b border-line py-2 pr-3 text-s font-semibold text-ink-3 last:pr-0 ${column.numeric === true ? "text-right" : "text-left"} ${gapBefore(columns, index)}`}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row" className={`group/row ${rowClassName?.(row) ?? ""}`}>
              {columns.map((column, index) => (
                <Cell key={column.key} column={column} row={row} gap={gapBefore(columns, index)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Words that follow figures would touch them: the one end at the right, the others begin at the left. */
function gapBefore<Row>(columns: readonly Column<Row>[], index: number): string {
  return columns[index - 1]?.numeric === true && columns[index]?.numeric !== true ? "sm:pl-5" : "";
}

function Cell<Row>({ column, row, gap }: { column: Column<Row>; row: Row; gap: string }) {
  const look = `border-b border-line py-2 pr-3 align-baseline last:pr-0 group-last/row:border-b-0 ${column.numeric === true ? "text-right whitespace-nowrap" : "text-left"} ${gap}`;
  const label = column.plain === true ? undefined : (column.short ?? column.header);
  // The content stands in one box, so that a stacked row has two columns: the heading and the value.
  const content = <div className="min-w-0">{column.cell(row)}</div>;
  if (column.rowHeader === true) {
    return (
      <th role="rowheader" scope="row" data-label={label} className={`${look} font-semibold`}>
        {content}
      </th>
    );
  }
  return (
    <td role="cell" data-label={label} data-main={column.main === true ? "" : undefined} className={look}>
      {content}
    </td>
  );
}
