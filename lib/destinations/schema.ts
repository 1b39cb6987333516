import type { Credits } from "../credits";
import type { PackTier, PriceList } from "../rates/rules";
import type { Destination, RateChange } from "./rules";

/** A stranger's days are those of the country whose guide the product follows. */
export const USUAL_TIME_ZONE = "Europe/Rome";

/** Rates and prices are public; a price list, a time zone and a balance come from who is signed in, if anybody is. */
export type PriceReader = {
  readonly locale: string;
  /** The reader's own price list; null for a stranger, to whom his language gives one. */
  readonly priceList: string | null;
  readonly timeZone: string;
  /** Of the account chosen on the page; null for none. */
  readonly balance: Credits | null;
};

export type DestinationsView = {
  readonly list: PriceList;
  /** Every list there is, to choose from. */
  readonly lists: readonly string[];
  readonly today: string;
  readonly date: string;
  /** The tiers of that day, and the one at which money is shown; null if none sells so few. */
  readonly tiers: readonly PackTier[];
  readonly tier: PackTier | null;
  /** All of the list, in the order asked for; `isShown` is what the search found. */
  readonly rows: readonly (Destination & { readonly isShown: boolean })[];
  readonly shownCount: number;
  /** The country of a telephone number that was searched for; null if it was none. */
  readonly numberOf: { readonly country: string; readonly isServed: boolean } | null;
  /** Countries with telephone numbers and without a row, by name. */
  readonly notServed: readonly {
    readonly country: string;
    readonly name: string;
    readonly isFound: boolean;
  }[];
  /** What differs from the day of the comparison, by name; null if none was asked for. */
  readonly changes: readonly (RateChange & { readonly name: string })[] | null;
};
