/**
 * Where the way of a message to the phones stands. `waiting`: the carrier has not confirmed that it has it. `handed`:
 * it has, and receipts come in. `ended`: there is one for each recipient.
 */
export type DeliveryState = "waiting" | "handed" | "ended";

export type Delivery = {
  readonly customerId: string;
  readonly messageId: string;
  readonly state: DeliveryState;
  readonly recipientCount: number;
  readonly delivered: number;
  readonly undelivered: number;
  /** Handovers that were tried and that nobody answered. */
  readonly failures: number;
  readonly handedAt: Date | null;
  readonly endedAt: Date | null;
};

/** Receipts that a carrier has given so far; the next one is the first after them. */
export const receiptsOf = ({ delivered, undelivered }: Delivery): number => delivered + undelivered;

const SECOND_MS = 1000;
const LONGEST_WAIT_MS = 15 * 60 * SECOND_MS;

/** How long to wait before a message is handed over again that nobody answered for: twice as long each time. */
export const waitAfterFailure = (failures: number): number =>
  Math.min(SECOND_MS * 2 ** Math.min(failures, 20), LONGEST_WAIT_MS);

/** How long to wait before looking for receipts again: most come at once, and the late ones can wait. */
export function waitForReceipts(handedAt: Date, now: Date): number {
  const ageMs = now.getTime() - handedAt.getTime();
  return Math.min(Math.max(Math.trunc(ageMs / 4), SECOND_MS), LONGEST_WAIT_MS);
}

/** A carrier keeps trying a phone for two days; whoever has no receipt a while after that gets none any more. */
export const RECEIPTS_FOR_MS = 50 * 60 * 60 * SECOND_MS;

/** Why a recipient is counted as not reached when the carrier never said. */
export const NO_RECEIPT = "no_receipt";

export const isOverdue = (handedAt: Date, now: Date): boolean =>
  now.getTime() - handedAt.getTime() >= RECEIPTS_FOR_MS;
