import "server-only";
import type { Attached, AttachedTable, Value } from "./attachment-rules";
import type { Parameter } from "./store";

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
