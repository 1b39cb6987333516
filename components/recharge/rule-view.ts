import type { PillKind } from "@/components/ui/pill";
import type { RuleState } from "@/lib/accounts/rules";
import type { SuspensionReason } from "@/lib/recharge/reasons-rules";
import type { RechargeState } from "@/lib/recharge/rules";
import type { RuleDto } from "@/lib/recharge/schema";

/** The rule as a page draws it. Amounts are printed credits; off has neither threshold nor quantity. */
export type RuleView =
  | { readonly state: "off"; readonly version: number }
  | {
      readonly state: "on" | "suspended";
      readonly threshold: string;
      readonly quantity: number;
      readonly version: number;
    };

export function ruleView({ state, threshold, quantity, version }: RuleDto): RuleView {
  if (state === "off" || threshold === null || quantity === null) return { state: "off", version };
  return { state, threshold, quantity, version };
}

/** What keeps a rule from buying although it is on. */
export type RuleTrouble =
  | { readonly kind: "suspended"; readonly reason: SuspensionReason }
  /** `declines` in a row, of this recharge and of those before it. */
  | {
      readonly kind: "failing";
      readonly credits: number;
      readonly retryAt: string;
      readonly declines: number;
    };

export function troubleOf({ state, suspension, openRecharge, declines }: RuleDto): RuleTrouble | null {
  if (state === "suspended" && suspension !== null) return { kind: "suspended", reason: suspension.reason };
  if (openRecharge === null || openRecharge.retryAt === null || declines === 0) return null;
  return { kind: "failing", credits: openRecharge.credits, retryAt: openRecharge.retryAt, declines };
}

export const RULE_PILL = { on: "good", off: "neutral", suspended: "bad" } as const satisfies Record<
  RuleState,
  PillKind
>;

export const RECHARGE_PILL = {
  claimed: "neutral",
  paying: "neutral",
  unknown: "warn",
  waiting: "warn",
  paid: "good",
  credited: "good",
  refused: "neutral",
  suspended: "bad",
} as const satisfies Record<RechargeState, PillKind>;
