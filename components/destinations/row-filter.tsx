"use client";

import { useEffect } from "react";
import { foldQuery, isFound, isNumber } from "@/lib/destinations/search-rules";

/**
 * Hides the rows that do not answer to what is being typed, at once; the server, which follows a moment later, finds
 * the same rows by the same rules. The words by which a country is found are asked for when the field is entered. The
 * country of a whole number only the server knows. `drawnFor` is the query that the server answered last.
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
    const filter = async () => {
      const query = foldQuery(field.value);
      if (isNumber(query)) return;
      const words = query === "" ? {} : await searchWords();
      // Typed on meanwhile: the words are there now, and the next letter has been compared with them.
      if (words === null || query !== foldQuery(field.value)) return;
      for (const row of document.querySelectorAll<HTMLElement>(`#${tableId} [data-country]`)) {
        row.hidden = !isFound(words[row.dataset["country"] ?? ""] ?? "", query);
      }
    };
    const listener = () => void filter();
    const prepare = () => void searchWords();
    // What was typed before this script came, or while the server answered.
    if (foldQuery(field.value) !== foldQuery(drawnFor)) listener();
    field.addEventListener("input", listener);
    field.addEventListener("focus", prepare);
    return () => {
      field.removeEventListener("input", listener);
      field.removeEventListener("focus", prepare);
    };
  }, [fieldId, tableId, drawnFor]);
  return null;
}

type SearchWords = Readonly<Record<string, string>>;

let asked: Promise<SearchWords | null> | null = null;

/** Of each country. Null where they cannot be had: the server's rows follow all the same, and the next letter asks again. */
function searchWords(): Promise<SearchWords | null> {
  asked ??= fetch("/destinations/words")
    .then((answer) => (answer.ok ? (answer.json() as Promise<SearchWords>) : null))
    .catch(() => null)
    .then((words) => {
      if (words === null) asked = null;
      return words;
    });
  return asked;
}
