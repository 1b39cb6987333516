import { parseDay, startOfMinute } from "@/lib/day";
import { type SearchParameters, searchText } from "@/lib/search-parameters";

const MINUTE_MS = 60_000;

/** Does the address ask about something, rather than about now? */
export const isQuestion = (query: SearchParameters): boolean =>
  ["movement", "order", "decision", "at"].some((name) => query[name] !== undefined);

/**
 * What the address asks about: `?movement=N`, `?order=N`, `?decision=N`, or `?at=`, which is an ISO instant in a link and a
 * minute by the customer's clocks from the field. Nothing is now; null is an instant that cannot be read.
 */
export function askedAbout(query: SearchParameters, timeZone: string, now: Date) {
  const text = (name: string): string => searchText(query, name).trim();
  if (text("movement") !== "") return { sequence: text("movement") };
  if (text("order") !== "") return { orderId: text("order") };
  if (text("decision") !== "") return { decisionId: text("decision") };
  const at = text("at");
  if (at === "") return { at: now };
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(at)) {
    const instant = new Date(at);
    return parseDay(at.slice(0, 10)) === null || Number.isNaN(instant.getTime()) ? null : { at: instant };
  }
  const since = startOfMinute(at, timeZone);
  return since === null ? null : { since, at: new Date(since.getTime() + MINUTE_MS - 1) };
}
