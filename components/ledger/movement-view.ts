import type { MovementKind } from "@/lib/ledger/rules";

/** What a movement belongs to, as a reader wants it told. */
export type ReferenceView =
  | { readonly kind: "message"; readonly messageId: string; readonly recipients: number | null }
  | { readonly kind: "order"; readonly order: string }
  | { readonly kind: "transfer"; readonly direction: "to" | "from"; readonly account: string }
  | { readonly kind: "reason"; readonly reason: string }
  | { readonly kind: "none" };

/** One line of the history. Amounts are printed credits, `amount` with its sign; `postedAt` is an ISO instant. */
export type MovementView = {
  readonly sequence: string;
  readonly kind: MovementKind;
  readonly amount: string;
  readonly balanceAfter: string;
  readonly postedAt: string;
  readonly reference: ReferenceView;
};
