import type { AccountDetail } from "@/lib/accounts/rules";
import type { Credits } from "@/lib/credits";
import type { HistoryEntry, PeriodFigures } from "@/lib/history/rules";
import type { MixView } from "@/lib/mix/schema";
import type { Cents } from "@/lib/money";
import type { PriceListDto } from "@/lib/orders/schema";
import type { RuleDto } from "@/lib/recharge/schema";

/** What the balance is worth in messages to one country. */
export type Capacity = {
  readonly country: string;
  readonly messages: bigint;
  readonly rate: Credits;
  readonly left: Credits;
};

/** What the first page of an account tells. */
export type Overview = {
  readonly account: AccountDetail;
  readonly rule: RuleDto;
  readonly prices: PriceListDto;
  /** Oldest first, without a gap. Amounts are printed credits. */
  readonly days: readonly {
    readonly day: string;
    readonly balance: string;
    readonly recharges: number;
    readonly recharged: string;
    readonly purchases: number;
    readonly purchased: string;
  }[];
  /** When the month of the figures began. */
  readonly monthFrom: Date;
  readonly figures: PeriodFigures & { readonly paid: Cents };
  /** The latest entries, newest first. */
  readonly last: readonly HistoryEntry[];
  readonly capacity: Capacity | null;
  readonly mix: MixView | null;
};
