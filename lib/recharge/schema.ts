import type { RuleState } from "@/lib/accounts/rules";
import { z } from "zod";
import type { FieldProblem } from "@/lib/failure";
import type { OrderDto, PriceListDto } from "@/lib/orders/schema";
import type { PaymentMethodDto } from "@/lib/payments/schema";
import {
  type DecisionOutcome,
  parseQuantityOnOffer,
  parseThreshold,
  type Quantity,
  type RechargeState,
  type Rule,
} from "./rules";
import type { SuspensionReason } from "./reasons-rules";

/** What comes in from a form: both as text. What the text says is read by the same functions as in the browser. */
const RuleFields = z.object({
  threshold: z.string().optional(),
  quantity: z.union([z.string(), z.number()]),
  version: z.number().int().optional(),
});

/** The choice that turns a rule off. */
export const OFF = "off";

export type RuleReading =
  /** `seen` is the version that the rule is to take the place of; undefined for any. */
  | { readonly ok: true; readonly rule: Rule; readonly seen: number | undefined }
  | { readonly ok: false; readonly fields: Readonly<Record<string, FieldProblem>> };

/** Reads `{ threshold, quantity, version? }`, the threshold in machine form; with the quantity "off" the threshold counts for nothing. */
export function readRuleInput(input: unknown): RuleReading {
  const parsed = RuleFields.safeParse(input);
  const { threshold = "", quantity, version: seen } = parsed.success ? parsed.data : { quantity: null };
  if (quantity === OFF) return { ok: true, rule: { enabled: false }, seen };
  const size = parseQuantityOnOffer(quantity);
  const read = parseThreshold(threshold);
  if (size !== null && read.ok)
    return { ok: true, rule: { enabled: true, threshold: read.value, quantity: size }, seen };
  return {
    ok: false,
    fields: {
      ...(!read.ok && { threshold: read.problem }),
      ...(size === null && { quantity: { problem: "quantity_not_offered" } }),
    },
  };
}

/** Amounts are printed credits, instants ISO 8601. */
export type RuleDto = {
  readonly state: RuleState;
  /** Threshold and quantity are null exactly when the rule is off. */
  readonly threshold: string | null;
  readonly quantity: Quantity | null;
  /** 0: never set. */
  readonly version: number;
  readonly changedAt: string | null;
  /** Payments declined in a row, over all its recharges. */
  readonly declines: number;
  /** Also of a rule that is off: turning it on does not revive a dead card. */
  readonly suspension: {
    readonly reason: SuspensionReason;
    readonly since: string;
    readonly declineCode: string | null;
  } | null;
  readonly balance: string;
  readonly openRecharge: RechargeDto | null;
  readonly paymentMethod: PaymentMethodDto | null;
  readonly prices: PriceListDto;
};

export type RechargeDto = {
  readonly rechargeId: string;
  readonly crossing: number;
  readonly state: RechargeState;
  readonly ruleVersion: number;
  /** When it was claimed. */
  readonly balance: string;
  readonly threshold: string;
  readonly quantity: number;
  /** What is bought, whole credits. */
  readonly credits: number;
  /** Payments begun so far. */
  readonly attempts: number;
  readonly refusalReason: string | null;
  readonly declineCode: string | null;
  readonly claimedAt: string;
  readonly finishedAt: string | null;
  /** When a payment is tried, again or for the first time; null unless it waits. */
  readonly retryAt: string | null;
  readonly order: OrderDto;
};

/** A line of the decision log. What does not belong to its outcome is null. */
export type DecisionDto = {
  readonly decisionId: string;
  readonly at: string;
  readonly outcome: DecisionOutcome;
  readonly reason: string | null;
  readonly balance: string;
  readonly threshold: string | null;
  readonly quantity: number | null;
  readonly credits: number | null;
  readonly ruleVersion: number | null;
  readonly rechargeId: string | null;
  readonly crossing: number | null;
  readonly sequence: string | null;
  readonly orderId: string | null;
  readonly attempt: number | null;
  readonly declineCode: string | null;
  readonly retryAt: string | null;
};

/** One change of the rule by its customer. */
export type RuleVersionDto = {
  readonly version: number;
  readonly enabled: boolean;
  readonly threshold: string | null;
  readonly quantity: number | null;
  readonly changedAt: string;
  /** "user:<id>" or "api:<consumer key id>". */
  readonly changedBy: string;
  /** Of the person or of the program; null for one that is gone. */
  readonly changedByName: string | null;
};
