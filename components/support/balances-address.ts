import type { Route } from "next";
import { route } from "@/components/ui/route";
import { type SearchParameters, searchText } from "@/lib/search-parameters";
import { BALANCE_FILTERS, type BalanceFilter, type BalanceList } from "@/lib/staff/rules";

/** Each way to sort by its name in the address. */
export const SORT_CHOICES = {
  customer: { sort: "customer", direction: "asc" },
  runs_out: { sort: "runs_out", direction: "asc" },
  balance: { sort: "balance", direction: "asc" },
  balance_desc: { sort: "balance", direction: "desc" },
  last_desc: { sort: "last_entry", direction: "desc" },
  last: { sort: "last_entry", direction: "asc" },
} as const satisfies Record<string, Omit<BalanceList, "filter">>;
export type SortChoice = keyof typeof SORT_CHOICES;

export const SORT_NAMES = Object.keys(SORT_CHOICES).filter(isSort);

export type BalancesAddress = {
  readonly filter: BalanceFilter;
  readonly sort: SortChoice;
  /** Where the page begins; null at the front. */
  readonly after: string | null;
};

/** Reads the address; what makes no sense there is left out. */
export function readBalancesAddress(search: SearchParameters): BalancesAddress {
  const sort = searchText(search, "sort");
  const after = searchText(search, "after", 150);
  return {
    filter: BALANCE_FILTERS.find((known) => known === searchText(search, "filter")) ?? "all",
    sort: isSort(sort) ? sort : "customer",
    after: after === "" ? null : after,
  };
}

export function balancesPath(address: Partial<BalancesAddress>): Route {
  const query = balancesQuery(address);
  return query === "" ? "/support" : route(`/support?${query.slice(1)}`);
}

export function balancesQuery({
  filter = "all",
  sort = "customer",
  after,
}: Partial<BalancesAddress>): string {
  const query = new URLSearchParams();
  if (filter !== "all") query.set("filter", filter);
  if (sort !== "customer") query.set("sort", sort);
  if (after) query.set("after", after);
  return query.size === 0 ? "" : `?${query.toString()}`;
}

/** What the verbs list for an address. */
export const listOf = ({ filter, sort }: BalancesAddress): BalanceList => ({ filter, ...SORT_CHOICES[sort] });

function isSort(name: string): name is SortChoice {
  return Object.hasOwn(SORT_CHOICES, name);
}
