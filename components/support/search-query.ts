import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { SearchHit } from "@/lib/staff/search-rules";

export type SearchAnswer = { readonly text: string; readonly hits: readonly SearchHit[] };

/** What one text finds. Nothing is asked before something is typed; the answer says what it answers. */
export function searchQuery(text: string) {
  return queryOptions({
    queryKey: ["support-search", text],
    queryFn: ({ signal }) => askSearch(text, signal),
    enabled: text !== "",
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    gcTime: 30_000,
    networkMode: "always",
    retry: 1,
  });
}

async function askSearch(text: string, signal: AbortSignal): Promise<SearchAnswer> {
  const response = await fetch(`/support/search?${new URLSearchParams({ q: text }).toString()}`, { signal });
  if (!response.ok) throw new Error(`The search was refused: ${response.status.toString()}`);
  const answer: unknown = await response.json();
  if (!isAnswer(answer)) throw new Error("The answer is no list of hits");
  return answer;
}

function isAnswer(answer: unknown): answer is SearchAnswer {
  return typeof answer === "object" && answer !== null && "hits" in answer && Array.isArray(answer.hits);
}
