import type { PillKind } from "@/components/ui/pill";
import type { OrderState } from "@/lib/orders/rules";

/** How a state of an order is drawn: word, colour and sign. */
export const ORDER_PILL = {
  open: "neutral",
  paying: "neutral",
  unknown: "warn",
  waiting: "warn",
  paid: "good",
  credited: "good",
  declined: "bad",
  cancelled: "neutral",
} as const satisfies Record<OrderState, PillKind>;

/** Is money or are credits still to move, by themselves? Then the page looks again. */
export function isUnderWay(state: OrderState): boolean {
  switch (state) {
    case "open":
    case "paying":
    case "unknown":
    case "waiting":
    case "paid":
      return true;
    case "credited":
    case "declined":
    case "cancelled":
      return false;
  }
}

const REASONS = [
  "insufficient_funds",
  "expired_card",
  "stolen_card",
  "lost_card",
  "closed_account",
  "unknown_card",
  "authentication_required",
  "no_payment_method",
  "too_many_declines",
] as const;

/** The key of the message that says why a payment was declined. */
export function declineReasonOf(declineCode: string | null): (typeof REASONS)[number] | "other" {
  return REASONS.find((reason) => reason === declineCode) ?? "other";
}
