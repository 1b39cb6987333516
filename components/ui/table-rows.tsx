"use client";

import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

/** What the rows of a table need to know of a column: all that travels with the page for it. */
export type ColumnLook = {
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
  /** Of each of its cells. */
  className?: string;
  /** What the addresses of its links begin with. */
  base?: Route;
};

/** An instant, as it is shown and as programs read it. */
export type TimeCell = { readonly at: string; readonly text: string };

/** A link to what stands below the column's `base`. */
export type LinkCell = { readonly to: string; readonly text: string };

export type Cell = ReactNode | TimeCell | LinkCell;

/** The name of a row, its class, and its cells. */
export type RowCells = readonly [key: string, className: string, ...cells: Cell[]];

/**
 * Draws the heading and the rows, the look of whose cells stands in the style sheet (`.data`). A client component, so that
 * of each row only its texts travel beside the HTML, not its cells with all their attributes.
 */
export function TableRows({ columns, rows }: { columns: readonly ColumnLook[]; rows: readonly RowCells[] }) {
  return (
    <>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ key, header, numeric }) => (
            <th key={key} role="columnheader" scope="col" className={numeric === true ? "num" : undefined}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(([key, className, ...cells]) => (
          <tr key={key} role="row" className={className === "" ? undefined : className}>
            {columns.map((column, index) => (
              <BodyCell key={column.key} column={column} cell={cells[index]} />
            ))}
          </tr>
        ))}
      </tbody>
    </>
  );
}

function BodyCell({ column, cell }: { column: ColumnLook; cell: Cell }) {
  const { numeric, rowHeader, main, plain, short, header, className, base } = column;
  const label = plain === true ? undefined : (short ?? header);
  const look = [numeric === true ? "num" : "", className ?? ""].filter(Boolean).join(" ") || undefined;
  const content = contentOf(cell, base);
  if (rowHeader === true) {
    return (
      <th role="rowheader" scope="row" data-label={label} className={look}>
        {content}
      </th>
    );
  }
  return (
    <td role="cell" data-label={label} data-main={main === true ? "" : undefined} className={look}>
      {content}
    </td>
  );
}

/** Whatever is no mere text stands in one box, so that a stacked row has two columns: the heading and the value. */
function contentOf(cell: Cell, base = ""): ReactNode {
  if (typeof cell === "string") return cell;
  if (!hasText(cell)) return <div>{cell}</div>;
  if ("at" in cell) return <time dateTime={cell.at}>{cell.text}</time>;
  return (
    // Safe because the whole address was one before its beginning was taken off.
    <Link href={(base + cell.to) as Route} prefetch={false} className="text-link">
      {cell.text}
    </Link>
  );
}

function hasText(cell: Cell): cell is TimeCell | LinkCell {
  return typeof cell === "object" && cell !== null && "text" in cell;
}
