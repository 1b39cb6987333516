export type Value = string | number | null;

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

/** An attachment, with the account whose entry it belongs to. */
export type Attached = { readonly serviceName: string; readonly attachment: Attachment };
