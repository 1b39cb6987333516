import type { Credits } from "@/lib/credits";
import type { FieldProblem } from "@/lib/failure";

/** Names one SMS account. A page or route adapter builds it from its caller's customer, so that another's account is not found. */
export type AccountKey = { readonly customerId: string; readonly serviceName: string };

export type AccountStatus = "enable" | "disable";
export type RuleState = "on" | "off" | "suspended";

/** An SMS account with its balance and its rule, read together. */
export type AccountSummary = {
  readonly customerId: string;
  readonly serviceName: string;
  /** What the customer calls it. */
  readonly name: string;
  readonly status: AccountStatus;
  readonly balance: Credits;
  /** Grows with every change of the balance or of the threshold. */
  readonly version: bigint;
  readonly rule: RuleState;
  /** Null exactly when the rule is off. */
  readonly threshold: Credits | null;
  /** What the rule buys, whole credits. Null exactly when the rule is off. */
  readonly quantity: number | null;
  /** The threshold was reached, and what that leads to has not ended. Until then it starts no other recharge. */
  readonly isRecharging: boolean;
};

/** One SMS account with what its customer's contract says. */
export type AccountDetail = AccountSummary & {
  readonly customerName: string;
  /** Decides prices, rates and VAT: "it". */
  readonly priceList: string;
  /** Of the rule, to save another in its place and no other's; 0: never set. */
  readonly ruleVersion: number;
  /** IANA name; the customer's days and months are this zone's. */
  readonly timeZone: string;
  readonly createdAt: Date;
};

/** The longest name of an SMS account, in characters. */
export const LONGEST_ACCOUNT_NAME = 60;

/** What is wrong with a name as typed, spaces around it left out, or null. */
export function accountNameProblem(name: string): FieldProblem | null {
  const length = Array.from(name.trim()).length;
  if (length === 0) return { problem: "name_empty" };
  if (length > LONGEST_ACCOUNT_NAME) {
    return { problem: "name_too_long", values: { most: LONGEST_ACCOUNT_NAME } };
  }
  return /\p{Cc}/u.test(name) ? { problem: "name_has_control_characters" } : null;
}
