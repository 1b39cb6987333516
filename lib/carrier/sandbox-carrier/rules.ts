import type { Receipt, ReceiptOutcome } from "../carrier";

/** What the sandbox does with a message to one number. */
export type Fate = {
  readonly outcome: ReceiptOutcome;
  readonly code: string | null;
  /** From the handover to the receipt; null if none ever comes. */
  readonly afterMs: number | null;
  /** Whether the first handover is lost: never, on its way in, or its answer on the way back. */
  readonly lost: "never" | "before" | "after";
};

const DELIVERED: Fate = { outcome: "delivered", code: null, afterMs: 1500, lost: "never" };

/**
 * Numbers with these last four digits fare otherwise than well, as the test numbers of real carriers do. `behaviour`
 * is also the key of their description in the messages.
 */
export const SANDBOX_ENDINGS = [
  {
    ending: "9901",
    behaviour: "unknown_number",
    fate: { ...DELIVERED, outcome: "undelivered", code: "unknown_number" },
  },
  {
    ending: "9902",
    behaviour: "unreachable",
    fate: { ...DELIVERED, outcome: "undelivered", code: "unreachable", afterMs: 20_000 },
  },
  { ending: "9903", behaviour: "blocked", fate: { ...DELIVERED, outcome: "undelivered", code: "blocked" } },
  { ending: "9904", behaviour: "slow", fate: { ...DELIVERED, afterMs: 15_000 } },
  { ending: "9905", behaviour: "no_receipt", fate: { ...DELIVERED, afterMs: null } },
  { ending: "9906", behaviour: "lost_request", fate: { ...DELIVERED, lost: "before" } },
  { ending: "9907", behaviour: "lost_answer", fate: { ...DELIVERED, lost: "after" } },
] as const satisfies readonly { ending: string; behaviour: string; fate: Fate }[];

export const fateOf = (number: string): Fate =>
  SANDBOX_ENDINGS.find(({ ending }) => number.endsWith(ending))?.fate ?? {
    ...DELIVERED,
    afterMs: usualMs(number),
  };

/** Between one second and four, always the same for one number: phones do not answer all at once. */
const usualMs = (number: string): number => 1000 + ((Number(number.slice(-6)) * 7919) % 3000);

/** The receipts that have come in by now, in the order in which they came. What has come in never changes its place. */
export function receiptsBy(now: Date, takenAt: Date, numbers: readonly string[]): Receipt[] {
  return numbers
    .flatMap((number, index): Receipt[] => {
      const { outcome, code, afterMs } = fateOf(number);
      if (afterMs === null) return [];
      return [{ position: index + 1, outcome, code, receivedAt: new Date(takenAt.getTime() + afterMs) }];
    })
    .filter(({ receivedAt }) => receivedAt <= now)
    .sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || a.position - b.position);
}

/** Whether a message with these numbers is one whose first handover gets lost, and where. */
export const lossOf = (numbers: readonly string[]): Fate["lost"] =>
  numbers.map((number) => fateOf(number).lost).find((lost) => lost !== "never") ?? "never";
