"use client";

import { useLocale, useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { formatCount } from "@/lib/format";
import type { PhoneTableDto } from "@/lib/messages/schema";

/** Which column of a table has the phones, with its first rows, and another to choose. */
export function ColumnChoice({
  id,
  table,
  onChoose,
}: {
  id: string;
  table: PhoneTableDto;
  onChoose: (column: number) => void;
}) {
  const t = useTranslations("messages.send.table");
  const locale = useLocale();
  const nameOf = (column: number) =>
    table.columns[column] === "" ? t("column", { number: column + 1 }) : (table.columns[column] ?? "");
  const all = table.columns.map((_, column) => column);
  // The chosen one first: of many columns a phone shows only some.
  const shown = [table.column, ...all.filter((column) => column !== table.column)];
  return (
    <div className="mb-4 rounded-m border border-line p-3">
      <Field
        id={id}
        label={t("label")}
        hint={t("read", { rows: table.rows, columns: formatCount(locale, table.columns.length) })}
      >
        {(control) => (
          <Select
            {...control}
            className="w-full"
            value={table.column}
            onChange={(event) => {
              onChoose(Number(event.target.value));
            }}
          >
            {all.map((column) => (
              <option key={column} value={column}>
                {nameOf(column)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={t("firstRows")}>
        <table className="text-s">
          <caption className="sr-only">{t("firstRows")}</caption>
          <thead>
            <tr>
              {shown.map((column) => (
                <th key={column} scope="col" className={cellLook(column === table.column)}>
                  {nameOf(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.firstRows.map((cells, row) => (
              <tr key={row}>
                {shown.map((column) => (
                  <td key={column} className={cellLook(column === table.column)}>
                    {cells[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const cellLook = (isChosen: boolean): string =>
  `whitespace-nowrap border-b border-line px-2 py-1 text-left ${isChosen ? "font-semibold text-ink" : "font-normal text-ink-2"}`;
