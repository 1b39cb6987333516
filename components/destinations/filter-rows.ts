import { foldQuery, isFound, isNumber } from "@/lib/destinations/search-rules";

/** The words by which each country is found. */
export type SearchWords = Readonly<Record<string, string>>;

/** Hides the rows that do not answer to what is typed. The country of a whole number only the server knows. */
export function filterRows(tableId: string, typed: string, words: SearchWords): void {
  const query = foldQuery(typed);
  if (isNumber(query)) return;
  for (const row of document.querySelectorAll<HTMLElement>(`#${tableId} [data-country]`)) {
    row.hidden = !isFound(words[row.dataset["country"] ?? ""] ?? "", query);
  }
}
