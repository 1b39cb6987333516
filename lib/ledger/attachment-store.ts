import "server-only";
import type { Parameter } from "./store";

type Value = string | number | null;

/**
 * The rows of a table that one attachment makes, each with its values in the order of the columns. Taken from a
 * method, because TypeScript lets a list hold methods for rows of several types; each meets only the rows it came with.
 */
type RowsOf<Row> = { rowsOf(row: Row): readonly (readonly Value[])[] }["rowsOf"];

/** A table whose rows may stand or fall with a posting. */
export type AttachedTable<Row = unknown> = {
  readonly name: string;
  /** The type of each column, by its name. */
  readonly columns: Readonly<Record<string, "text" | "uuid" | "int4" | "int8" | "timestamptz">>;
  readonly rowsOf: RowsOf<Row>;
};

/** Rows of other tables that stand or fall with a posting: the statement that posts inserts them. */
export type Attachment<Row = unknown> = { readonly tables: readonly AttachedTable<Row>[]; readonly row: Row };

/** An attachment, with the account whose movement it belongs to. */
export type Attached = { readonly serviceName: string; readonly attachment: Attachment };

/** Inserts into a table for the accounts that `swapped` names. Its parameters are numbered from `position`. */
export function insertAttached({ name, columns }: AttachedTable, position: number): string {
  const names = Object.keys(columns).join(", ");
  const lists = ["text", ...Object.values(columns)].map(
    (type, index) => `$${(position + index).toString()}::${type}[]`,
  );
  return `
  attached_${name} as (
    insert into ${name} (${names})
    select ${names} from unnest(${lists.join(", ")}) as a (posted_from, ${names})
    where posted_from in (select service_name from swapped)
  )`;
}

/** What `insertAttached` is given for each table: one list for each column, that of the accounts first. */
export function attachedParameters(attached: readonly Attached[]): Map<AttachedTable, readonly Parameter[]> {
  const lists = new Map<AttachedTable, (string | null)[][]>();
  for (const { serviceName, attachment } of attached) {
    for (const table of attachment.tables) {
      const [accounts = [], ...columns] =
        lists.get(table) ?? Array.from({ length: Object.keys(table.columns).length + 1 }, () => []);
      lists.set(table, [accounts, ...columns]);
      for (const values of table.rowsOf(attachment.row)) {
        accounts.push(serviceName);
        columns.forEach((column, index) => column.push(textOf(values[index])));
      }
    }
  }
  return lists;
}

const textOf = (value: Value | undefined): string | null => value?.toString() ?? null;
