"use client";

import { useEffect } from "react";
import { foldQuery, isFound, isNumber } from "@/lib/destinations/search-rules";

/**
 * Hides the rows that do not answer to what is being typed, at once; the server, which follows a moment later, finds
 * the same rows by the same rules. The country of a whole number only the server knows. `drawnFor` is the query that
 * the server answered last.
 */
export function RowFilter({
  fieldId,
  tableId,
  drawnFor,
}: {
  fieldId: string;
  tableId: string;
  drawnFor: string;
}) {
  useEffect(() => {
    const field = document.getElementById(fieldId);
    if (!(field instanceof HTMLInputElement)) return;
    const filter = () => {
      const query = foldQuery(field.value);
      if (isNumber(query)) return;
      for (const row of document.querySelectorAll<HTMLElement>(`#${tableId} [data-words]`)) {
        row.hidden = !isFound(row.dataset["words"] ?? "", query);
      }
    };
    // What was typed before this script came, or while the server answered.
    if (foldQuery(field.value) !== foldQuery(drawnFor)) filter();
    field.addEventListener("input", filter);
    return () => {
      field.removeEventListener("input", filter);
    };
  }, [fieldId, tableId, drawnFor]);
  return null;
}
