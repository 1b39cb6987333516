import type { AccountKey } from "@/lib/accounts/rules";

/** An account whose record contradicts itself, and in what. */
export type Discrepancy = AccountKey & { readonly problems: readonly string[] };

export type Verification = {
  readonly accounts: number;
  readonly entries: bigint;
  readonly discrepancies: readonly Discrepancy[];
  /** The last account looked at: the next slice starts behind it. Null at the end. */
  readonly last: AccountKey | null;
};
