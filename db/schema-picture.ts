import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { readdirSync, readFileSync } from "node:fs";
import { is } from "drizzle-orm";

type TableConfig = ReturnType<typeof getTableConfig>;

const FOLDER = new URL("schema/", import.meta.url);

/** The tables as a page of Markdown: a Mermaid picture of what points at what, then each table in a sentence. */
export async function schemaPicture(): Promise<string> {
  const groups: { name: string; tables: TableConfig[]; source: string }[] = [];
  for (const file of readdirSync(FOLDER).toSorted()) {
    const exported = Object.values((await import(new URL(file, FOLDER).href)) as Record<string, unknown>);
    const tables = exported.filter((value) => is(value, PgTable)).map(getTableConfig);
    if (file !== "all.ts" && tables.length > 0)
      groups.push({
        name: file.replace(".ts", ""),
        tables,
        source: readFileSync(new URL(file, FOLDER), "utf8"),
      });
  }
  const tables = groups.flatMap((group) => group.tables);
  const lines = tables.flatMap((table) => [...arrowsOf(table)]).toSorted();
  return (
    [
      "# The tables",
      "Made from `db/schema/` by `db/schema-picture.test.ts`, which fails when the two differ and writes this page anew with " +
        "`npm run test:units -- db/schema-picture.test.ts -u`. Each key begins with `customer_id`, so that rows can be spread by customer, but for those that `db/customer-keys.test.ts` names with their reason. The picture has the foreign keys; what has none is below only.",
      ["```mermaid", "erDiagram", ...[...new Set(lines)].map((line) => `  ${line}`), "```"].join("\n"),
      ...groups.map(sectionOf),
    ].join("\n\n") + "\n"
  );
}

/** Mermaid's `one ||--o{ many : key`, with the name of the key that holds the two together. */
function* arrowsOf(table: TableConfig): Generator<string> {
  for (const key of table.foreignKeys) {
    const { foreignTable } = key.reference();
    const target = getTableConfig(foreignTable);
    yield `${target.name} ||--${isOneToOne(table, key) ? "o|" : "o{"} ${table.name} : ""`;
  }
}

/** Is the foreign key the whole primary key, so that there is at most one row? */
function isOneToOne(table: TableConfig, key: TableConfig["foreignKeys"][number]): boolean {
  const held = key.reference().columns.map(({ name }) => name);
  const primary = [
    ...table.primaryKeys.flatMap(({ columns }) => columns.map(({ name }) => name)),
    ...table.columns.filter((column) => column.primary).map(({ name }) => name),
  ];
  return primary.length === held.length && primary.every((name) => held.includes(name));
}

function sectionOf({
  name,
  tables,
  source,
}: {
  name: string;
  tables: TableConfig[];
  source: string;
}): string {
  const rows = tables.map((table) => {
    const keys = [
      ...table.primaryKeys.flatMap((key) => key.columns.map((column) => column.name)),
      ...table.columns.filter((column) => column.primary).map((column) => column.name),
    ];
    const schema = table.schema === undefined ? "" : `${table.schema}.`;
    return `| \`${schema}${table.name}\` | ${keys.join(", ")} | ${sentenceOn(table.name, source)} |`;
  });
  return [`## ${name}`, "", "| table | primary key | what a row is |", "| --- | --- | --- |", ...rows].join(
    "\n",
  );
}

/** The first sentence of the comment above the table's definition. */
function sentenceOn(table: string, source: string): string {
  const definition = new RegExp(`\\n(?:/\\*\\*([^/]*?)\\*/\\n)?export const \\w+ = [\\w.]+\\(\\s*"${table}"`);
  const comment = definition.exec(source)?.[1] ?? "";
  const text = comment
    .replaceAll(/^\s*\*/gm, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
}
