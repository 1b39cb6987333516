import type { EntryKind } from "@/lib/ledger/rules";
import { type Period, readPeriod } from "@/lib/period";
import { type SearchParameters, searchText } from "@/lib/search-parameters";

/** The kinds that a reader tells apart: both ends of a transfer are one. */
export const FILTER_KINDS = ["message", "recharge", "purchase", "transfer", "correction"] as const;
export type FilterKind = (typeof FILTER_KINDS)[number];

/** What the address of a history says. */
export type HistoryFilter = Period & {
  readonly kind: FilterKind | null;
  /** Entries before this one, by number. */
  readonly before: bigint | null;
};

/** Reads the address. What makes no sense there is left out, but a day that is none is kept, to be told of. */
export function readHistoryFilter(search: SearchParameters): HistoryFilter {
  const kind = searchText(search, "kind");
  const before = searchText(search, "before");
  return {
    kind: FILTER_KINDS.find((known) => known === kind) ?? null,
    ...readPeriod(search),
    before: /^[1-9]\d{0,17}$/.test(before) ? BigInt(before) : null,
  };
}

/** The query of an address with this filter, "" or "?…". */
export function historyQuery(
  filter: Partial<HistoryFilter>,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams();
  if (filter.kind) query.set("kind", filter.kind);
  if (filter.from) query.set("from", filter.from);
  if (filter.to) query.set("to", filter.to);
  if (filter.before) query.set("before", filter.before.toString());
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** What the ledger calls the kinds of a filter; nothing for all of them. */
export function ledgerKinds(kind: FilterKind | null): readonly EntryKind[] | undefined {
  if (kind === null) return undefined;
  return kind === "transfer" ? ["transfer_in", "transfer_out"] : [kind];
}
