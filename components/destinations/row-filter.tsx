"use client";

import { useEffect } from "react";
import type { SearchWords } from "./filter-rows";

/**
 * Hides the rows that do not answer to what is being typed, at once; the server, which follows a moment later, finds
 * the same rows by the same rules. What it takes is asked for when the field is entered. `drawnFor` is the query that the
 * server answered last.
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
    const filter = () => void loadFilter().then((filterBy) => filterBy?.(tableId, field.value));
    const prepare = () => void loadFilter();
    // What was typed before this script came, or while the server answered.
    if (field.value !== drawnFor) filter();
    field.addEventListener("input", filter);
    field.addEventListener("focus", prepare);
    return () => {
      field.removeEventListener("input", filter);
      field.removeEventListener("focus", prepare);
    };
  }, [fieldId, tableId, drawnFor]);
  return null;
}

type Filter = (tableId: string, typed: string) => void;

let asked: Promise<Filter | null> | null = null;

/** Null where it cannot be had: the server's rows follow all the same, and the next letter asks again. */
function loadFilter(): Promise<Filter | null> {
  asked ??= Promise.all([import("./filter-rows"), readWords()]).then(
    ([{ filterRows }, words]): Filter =>
      (tableId, typed) => {
        filterRows(tableId, typed, words);
      },
    () => (asked = null),
  );
  return asked;
}

async function readWords(): Promise<SearchWords> {
  const answer = await fetch("/destinations/words");
  if (!answer.ok) throw new Error("The words could not be had.");
  return (await answer.json()) as SearchWords;
}
