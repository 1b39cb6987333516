import { type Credits, printCredits } from "@/lib/credits";
import type { Movement, MovementKind } from "@/lib/ledger/rules";

/** What a movement belongs to, as a reader wants it told. */
export type HistoryReference =
  | { readonly kind: "message"; readonly messageId: string; readonly recipients: number | null }
  | { readonly kind: "order"; readonly order: string }
  | { readonly kind: "transfer"; readonly direction: "to" | "from"; readonly account: string }
  | { readonly kind: "reason"; readonly reason: string }
  | { readonly kind: "none" };

/** One line of the history. Amounts are printed credits, `amount` with its sign; `postedAt` is an ISO instant. */
export type HistoryEntry = {
  readonly sequence: string;
  readonly kind: MovementKind;
  readonly amount: string;
  readonly balanceBefore: string;
  readonly balanceAfter: string;
  readonly postedAt: string;
  readonly reference: HistoryReference;
};

/** What the references of movements lead to: recipients by message, order numbers by the key of the order. */
export type ReferencesFound = {
  readonly recipients: ReadonlyMap<string, number>;
  readonly orders: ReadonlyMap<string, bigint>;
};

/** The messages, and the orders by key, that these movements name. */
export function referencesIn(movements: readonly Movement[]): { messageIds: string[]; orderKeys: string[] } {
  const messageIds: string[] = [];
  const orderKeys: string[] = [];
  for (const { kind, reference } of movements) {
    if (kind === "message" && after("message:", reference) !== null) messageIds.push(reference.slice(8));
    if (kind === "recharge") orderKeys.push(reference);
  }
  return { messageIds, orderKeys };
}

export function entryOf(movement: Movement, found: ReferencesFound): HistoryEntry {
  return {
    sequence: movement.sequence.toString(),
    kind: movement.kind,
    amount: printCredits(movement.amount),
    balanceBefore: printCredits(movement.balanceBefore),
    balanceAfter: printCredits(movement.balanceAfter),
    postedAt: movement.postedAt.toISOString(),
    reference: referenceOf(movement, found),
  };
}

function referenceOf(movement: Movement, found: ReferencesFound): HistoryReference {
  const account = movement.peerServiceName;
  switch (movement.kind) {
    case "message": {
      const messageId = after("message:", movement.reference);
      if (messageId === null) return { kind: "none" };
      return { kind: "message", messageId, recipients: found.recipients.get(messageId) ?? null };
    }
    case "recharge": {
      const order = found.orders.get(movement.reference);
      return order === undefined ? { kind: "none" } : { kind: "order", order: order.toString() };
    }
    case "purchase": {
      const order = after("order:", movement.reference);
      return order === null ? { kind: "none" } : { kind: "order", order };
    }
    case "transfer_out":
      return account === null ? { kind: "none" } : { kind: "transfer", direction: "to", account };
    case "transfer_in":
      return account === null ? { kind: "none" } : { kind: "transfer", direction: "from", account };
    case "correction":
      return movement.reason === null ? { kind: "none" } : { kind: "reason", reason: movement.reason };
  }
}

/** Every kind but messages: the few movements among many. */
export const RARE_KINDS = ["recharge", "purchase", "transfer_out", "transfer_in", "correction"] as const;

/** How a period went. `spent` is positive; `other` is what transfers and corrections brought, less what they took. */
export type PeriodFigures = {
  readonly spent: Credits;
  readonly bought: Credits;
  readonly other: Credits;
};

const after = (prefix: string, text: string): string | null =>
  text.startsWith(prefix) ? text.slice(prefix.length) : null;
