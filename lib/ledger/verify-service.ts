import "server-only";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import type { Verification } from "./verify-rules";
import { verifySlice } from "./verify-store";

/** Accounts to look at in one go: so many at most, and none after those that have so many entries together. */
export type Slice = {
  readonly after: AccountKey | null;
  readonly limit: number;
  readonly maxEntries?: number;
};

/**
 * The self-check: of each account of the slice, is the balance the sum of its entries and what the last one left,
 * is none missing, does none go back in time, has each transfer both legs? For the worker and the operator.
 */
export function verifyAccounts(
  context: Context,
  { after, limit, maxEntries = Number.MAX_SAFE_INTEGER }: Slice,
): Promise<Verification> {
  if (context.caller.kind !== "system") throw new Error(`${context.caller.kind} may not verify all accounts`);
  return verifySlice(context.db, after, limit, maxEntries);
}
