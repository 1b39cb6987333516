import { parseDay } from "../day";
import { parseQuantity } from "../orders/rules";
import { USUAL_QUANTITY } from "../packs/rules";
import { type SearchParameters, searchText } from "../search-parameters";
import { type Direction, isSortColumn, type SortColumn } from "./rules";

/**
 * Everything that the page of destinations shows is in its address, so that a link keeps it. What is as usual is left
 * out of the address.
 */
export type DestinationsAddress = {
  /** As typed. */
  readonly query: string;
  readonly sort: SortColumn;
  readonly direction: Direction;
  /** The billing country; null is the reader's own. */
  readonly list: string | null;
  /** The pack at which money is shown, whole credits. */
  readonly quantity: number;
  /** The day on which the rates hold; null is today. */
  readonly date: string | null;
  /** The day with which they are compared; null compares nothing. */
  readonly against: string | null;
  /** The service name of the account whose balance is counted in messages; null is the first. */
  readonly account: string | null;
};

export const PLAIN_ADDRESS: DestinationsAddress = {
  query: "",
  sort: "country",
  direction: "asc",
  list: null,
  quantity: USUAL_QUANTITY,
  date: null,
  against: null,
  account: null,
};

/** Reads an address. What makes no sense counts as left out: an old or mistyped link still shows the list. */
export function readAddress(parameters: SearchParameters): DestinationsAddress {
  const text = (name: string): string => searchText(parameters, name);
  const matching = (name: string, pattern: RegExp) => (pattern.test(text(name)) ? text(name) : null);
  const sort = text("sort");
  return {
    query: text("q").slice(0, 60),
    sort: isSortColumn(sort) ? sort : "country",
    direction: text("dir") === "desc" ? "desc" : "asc",
    list: matching("list", /^[a-z]{2}$/),
    quantity: parseQuantity(text("pack")) ?? USUAL_QUANTITY,
    date: parseDay(text("date")),
    against: parseDay(text("against")),
    account: matching("account", /^sms-[a-z0-9-]{1,40}$/),
  };
}

/** Writes an address as a query, "" or "?q=…". The inverse of `readAddress`. */
export function printAddress(address: DestinationsAddress): "" | `?${string}` {
  const parameters = new URLSearchParams();
  const add = (name: string, value: string | null) => {
    if (value !== null && value !== "") parameters.set(name, value);
  };
  add("q", address.query);
  add("sort", address.sort === "country" ? null : address.sort);
  add("dir", address.direction === "asc" ? null : "desc");
  add("list", address.list);
  add("pack", address.quantity === USUAL_QUANTITY ? null : address.quantity.toString());
  add("date", address.date);
  add("against", address.against);
  add("account", address.account);
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
