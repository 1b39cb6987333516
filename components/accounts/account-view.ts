import type { AccountSummary } from "@/lib/accounts/rules";
import { isDue } from "@/lib/ledger/rules";

export type AccountUrgency = "disabled" | "suspended" | "empty" | "low" | "fine";

/** What a customer should know of an account first: one state, the most urgent of those that hold. */
export function stateOfAccount(
  account: Pick<AccountSummary, "status" | "rule" | "balance" | "threshold">,
): AccountUrgency {
  if (account.status === "disable") return "disabled";
  if (account.rule === "suspended") return "suspended";
  if (account.balance === 0n) return "empty";
  return isDue(account.balance, account.threshold) ? "low" : "fine";
}

export const STATE_PILL = {
  disabled: "neutral",
  suspended: "bad",
  empty: "bad",
  low: "warn",
  fine: "good",
} as const satisfies Record<AccountUrgency, string>;
