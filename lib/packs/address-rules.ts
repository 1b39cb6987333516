import { type SearchParameters, searchText } from "../search-parameters";

/** What the pages of packs are asked for, in their address. The quantity stays as typed, so that it can be mended. */
export type PackAddress = {
  readonly quantity: string;
  /** ISO code of the country that messages are counted to; null for the usual one. */
  readonly country: string | null;
  /** The billing country; null is the reader's own. */
  readonly list: string | null;
};

/** Reads an address. What makes no sense counts as left out, save for the quantity. */
export function readPackAddress(parameters: SearchParameters): PackAddress {
  const text = (name: string): string => searchText(parameters, name, 20).trim();
  const matching = (name: string, pattern: RegExp) => (pattern.test(text(name)) ? text(name) : null);
  return {
    // People write thousands apart; no quantity has decimals, so nothing else can be meant.
    quantity: text("quantity").replace(/(?<=\d)[\s.,'’](?=\d{3}(\D|$))/g, ""),
    country: matching("to", /^[A-Z]{2}$/),
    list: matching("list", /^[a-z]{2}$/),
  };
}

/** Writes an address as a query, "" or "?quantity=…". */
export function printPackAddress({ quantity, country, list }: PackAddress): "" | `?${string}` {
  const parameters = new URLSearchParams();
  if (quantity !== "") parameters.set("quantity", quantity);
  if (country !== null) parameters.set("to", country);
  if (list !== null) parameters.set("list", list);
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
