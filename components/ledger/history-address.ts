import { addDays, parseDay, startOfDay } from "@/lib/day";
import type { MovementKind } from "@/lib/ledger/rules";

/** The kinds that a reader tells apart: both ends of a transfer are one. */
export const FILTER_KINDS = ["message", "recharge", "purchase", "transfer", "correction"] as const;
export type FilterKind = (typeof FILTER_KINDS)[number];

/** What the address of a history says. `from` and `to` are days, both included; as typed where they are none. */
export type HistoryFilter = {
  readonly kind: FilterKind | null;
  readonly from: string;
  readonly to: string;
  /** Movements before this one, by number. */
  readonly before: bigint | null;
};

export type HistoryProblem = { readonly field: "from" | "to"; readonly problem: "from" | "to" | "order" };

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** Reads the address. What makes no sense there is left out, but a day that is none is kept, to be told of. */
export function readHistoryFilter(search: SearchParams): HistoryFilter {
  const kind = one(search["kind"]);
  const before = one(search["before"]);
  return {
    kind: FILTER_KINDS.find((known) => known === kind) ?? null,
    from: one(search["from"]).slice(0, 20),
    to: one(search["to"]).slice(0, 20),
    before: /^[1-9]\d{0,17}$/.test(before) ? BigInt(before) : null,
  };
}

export function historyProblem({ from, to }: HistoryFilter): HistoryProblem | null {
  if (from !== "" && parseDay(from) === null) return { field: "from", problem: "from" };
  if (to !== "" && parseDay(to) === null) return { field: "to", problem: "to" };
  return from !== "" && to !== "" && to < from ? { field: "to", problem: "order" } : null;
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
export function ledgerKinds(kind: FilterKind | null): readonly MovementKind[] | undefined {
  if (kind === null) return undefined;
  return kind === "transfer" ? ["transfer_in", "transfer_out"] : [kind];
}

const one = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? (value[0] ?? "") : (value ?? "");

/** The instants of the filter's days in a time zone: from the start of the first to the end of the last. */
export function periodOf(
  { from, to }: Pick<HistoryFilter, "from" | "to">,
  timeZone: string,
): { from?: Date; to?: Date } {
  return {
    ...(from === "" ? {} : { from: startOfDay(from, timeZone) }),
    ...(to === "" ? {} : { to: startOfDay(addDays(to, 1), timeZone) }),
  };
}
