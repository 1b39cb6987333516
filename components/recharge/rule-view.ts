import type { PillKind } from "@/components/ui/pill";
import type { RechargeState, RuleState, SuspensionReason } from "@/lib/recharge/rules";
import type { RechargeDto, RuleDto } from "@/lib/recharge/schema";

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
  | { readonly kind: "failing"; readonly recharge: RechargeDto };

export function troubleOf({ state, suspension, openRecharge }: RuleDto): RuleTrouble | null {
  if (state === "suspended" && suspension !== null) return { kind: "suspended", reason: suspension.reason };
  return openRecharge?.state === "waiting" ? { kind: "failing", recharge: openRecharge } : null;
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
