import { type Credits, printCredits } from "@/lib/credits";
import type { LedgerEntry, EntryKind } from "@/lib/ledger/rules";

/** What an entry belongs to, as a reader wants it told. */
export type HistoryReference =
  | { readonly kind: "message"; readonly messageId: string; readonly recipients: number | null }
  | { readonly kind: "order"; readonly order: string }
  | { readonly kind: "transfer"; readonly direction: "to" | "from"; readonly account: string }
  | { readonly kind: "reason"; readonly reason: string }
  | { readonly kind: "none" };

/** One line of the history. Amounts are printed credits, `amount` with its sign; `postedAt` is an ISO instant. */
export type HistoryEntry = {
  readonly sequence: string;
  readonly kind: EntryKind;
  readonly amount: string;
  readonly balanceBefore: string;
  readonly balanceAfter: string;
  readonly postedAt: string;
  readonly reference: HistoryReference;
};

/** What the references of entries lead to: recipients by message, order numbers by the key of the order. */
export type ReferencesFound = {
  readonly recipients: ReadonlyMap<string, number>;
  readonly orders: ReadonlyMap<string, bigint>;
};

/** The messages, and the orders by key, that these entries name. */
export function referencesIn(entries: readonly LedgerEntry[]): { messageIds: string[]; orderKeys: string[] } {
  const messageIds: string[] = [];
  const orderKeys: string[] = [];
  for (const { kind, idempotencyKey } of entries) {
    if (kind === "message" && after("message:", idempotencyKey) !== null)
      messageIds.push(idempotencyKey.slice(8));
    if (kind === "recharge") orderKeys.push(idempotencyKey);
  }
  return { messageIds, orderKeys };
}

export function historyEntryOf(entry: LedgerEntry, found: ReferencesFound): HistoryEntry {
  return {
    sequence: entry.sequence.toString(),
    kind: entry.kind,
    amount: printCredits(entry.amount),
    balanceBefore: printCredits(entry.balanceBefore),
    balanceAfter: printCredits(entry.balanceAfter),
    postedAt: entry.postedAt.toISOString(),
    reference: referenceOf(entry, found),
  };
}

function referenceOf(entry: LedgerEntry, found: ReferencesFound): HistoryReference {
  const account = entry.peerServiceName;
  switch (entry.kind) {
    case "message": {
      const messageId = after("message:", entry.idempotencyKey);
      if (messageId === null) return { kind: "none" };
      return { kind: "message", messageId, recipients: found.recipients.get(messageId) ?? null };
    }
    case "recharge": {
      const order = found.orders.get(entry.idempotencyKey);
      return order === undefined ? { kind: "none" } : { kind: "order", order: order.toString() };
    }
    case "purchase": {
      const order = after("order:", entry.idempotencyKey);
      return order === null ? { kind: "none" } : { kind: "order", order };
    }
    case "transfer_out":
      return account === null ? { kind: "none" } : { kind: "transfer", direction: "to", account };
    case "transfer_in":
      return account === null ? { kind: "none" } : { kind: "transfer", direction: "from", account };
    case "correction":
      return entry.reason === null ? { kind: "none" } : { kind: "reason", reason: entry.reason };
  }
}

/** Every kind but messages: the few entries among many. */
export const RARE_KINDS = ["recharge", "purchase", "transfer_out", "transfer_in", "correction"] as const;

/** How a period went. `spent` is positive; `other` is what transfers and corrections brought, less what they took. */
export type PeriodFigures = {
  readonly spent: Credits;
  readonly bought: Credits;
  readonly other: Credits;
};

const after = (prefix: string, text: string): string | null =>
  text.startsWith(prefix) ? text.slice(prefix.length) : null;
