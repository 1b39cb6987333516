import type { BasisPoints, Micros } from "../money";
import type { Combination, PackCount, Sent } from "./rules";

/** How an account uses its credits, and what its packs would have cost as larger ones. */
export type MixView = {
  /** The days that count. */
  readonly days: number;
  /** Messages of the account's own kind that its balance pays for; null as long as nothing was sent. */
  readonly messages: bigint | null;
  /** By country, the most messages first. */
  readonly sent: readonly Sent[];
  /** Null when nothing was bought. */
  readonly bought: {
    readonly packs: readonly PackCount[];
    readonly quantity: number;
    readonly netMicros: Micros;
    /** The cheapest larger packs for at least as many credits, at today's prices; null when nothing is cheaper. */
    readonly larger: Combination | null;
  } | null;
  readonly currency: string;
  readonly vat: BasisPoints;
};
