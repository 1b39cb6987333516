"use client";

import { useEffect } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { PhoneTableDto } from "@/lib/messages/schema";
import { ColumnChoice } from "./column-choice";
import type { Content } from "./message-draft";
import { rememberColumn, rememberedColumn } from "./remembered-columns";

/** The table that was pasted as recipients. Another one begins with the column that was chosen last for such a one. */
export function PastedTable({ table, form }: { table: PhoneTableDto | null; form: UseFormReturn<Content> }) {
  const signature = table?.signature ?? null;
  const { getValues, setValue } = form;
  useEffect(() => {
    const known = signature === null ? null : rememberedColumn(signature);
    if (known !== getValues("phoneColumn")) setValue("phoneColumn", known);
  }, [signature, getValues, setValue]);
  return table === null ? null : (
    <ColumnChoice
      id="phone-column"
      table={table}
      onChoose={(column) => {
        rememberColumn(table.signature, column);
        setValue("phoneColumn", column, { shouldDirty: true });
      }}
    />
  );
}
