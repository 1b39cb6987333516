import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { EstimateDto } from "@/lib/messages/schema";

/** What would be sent; `stamp` is the account's, so that a change of its balance asks anew. */
export type EstimateQuestion = {
  readonly recipients: string;
  readonly text: string;
  readonly takeLandlines: boolean;
  readonly addPlus: boolean;
  readonly phoneColumn: number | null;
  readonly stamp: string;
};

/** The server's estimate of a message. Nothing is asked before there is something to estimate. */
export function estimateQuery(url: string, question: EstimateQuestion) {
  return queryOptions({
    queryKey: ["estimate", url, question],
    queryFn: ({ signal }) => askEstimate(url, question, signal),
    enabled: question.recipients.trim() !== "" || question.text !== "",
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    // What was pasted may be long, and is not asked about again once it has changed.
    gcTime: 30_000,
    networkMode: "always",
    retry: 1,
  });
}

async function askEstimate(
  url: string,
  { stamp: _, ...asked }: EstimateQuestion,
  signal: AbortSignal,
): Promise<EstimateDto> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(asked),
    signal,
  });
  if (!response.ok) throw new Error(`The estimate was refused: ${response.status.toString()}`);
  const answer: unknown = await response.json();
  if (!isEstimate(answer)) throw new Error("The answer is no estimate");
  return answer;
}

function isEstimate(answer: unknown): answer is EstimateDto {
  return typeof answer === "object" && answer !== null && "destinations" in answer && "left" in answer;
}
