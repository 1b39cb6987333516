import type { FieldProblem } from "../failure";
import type { Quote } from "../orders/rules";
import type { DestinationRate, PackTier, PriceList } from "../rates/rules";
import type { BetterPack, Reach } from "./rules";

/** One tier, and what its smallest pack costs and sends. */
export type PackLine = {
  readonly tier: PackTier;
  readonly quote: Quote;
  /** Null where the list does not serve the chosen country. */
  readonly reach: Reach | null;
};

export type PacksView = {
  readonly list: PriceList;
  readonly today: string;
  /** Those that somebody can buy, smallest first. */
  readonly lines: readonly PackLine[];
  /** As typed, or the usual one. */
  readonly asked: string;
  /** The price of what was asked for, or what is wrong with it. */
  readonly quoted: { readonly quote: Quote } | { readonly problem: FieldProblem };
  readonly reach: Reach | null;
  readonly better: BetterPack | null;
  readonly rate: DestinationRate | null;
  /** The chosen country. */
  readonly country: string;
  /** The countries to choose from, by name. */
  readonly countries: readonly { readonly country: string; readonly name: string }[];
};

export type PacksQuestion = {
  readonly priceList: string;
  /** In whose days prices change. */
  readonly timeZone: string;
  readonly locale: string;
  /** As typed; empty for the usual quantity. */
  readonly quantity: string;
  /** ISO code; null for the country of the price list. */
  readonly country: string | null;
};
