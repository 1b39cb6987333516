/** A message as it is handed over. Everything but the key is the content that the key stands for. */
export type Handover = {
  /** Made by us and stored before the call: what is handed over again under one key is carried once. */
  readonly idempotencyKey: string;
  readonly sender: string | null;
  readonly text: string;
  /** E.164, each once: "+393331234567". */
  readonly numbers: readonly string[];
};

export type ReceiptOutcome = "delivered" | "undelivered";

/** What became of the message for one number. There is one for a number, and it does not change. */
export type Receipt = {
  /** 1, 2, 3 … among the numbers that were handed over. */
  readonly position: number;
  readonly outcome: ReceiptOutcome;
  /** The carrier's reason when it was not delivered, in its own words; null when it was. */
  readonly code: string | null;
  readonly receivedAt: Date;
};

/**
 * What the product asks of whoever carries messages to phones. What is not known is thrown; to hand over again under
 * the same key is then safe.
 */
export interface Carrier {
  /** Takes a message over for all its numbers. Other content under a key that was used is refused with `HandoverKeyReused`. */
  take(handover: Handover): Promise<void>;
  /** The receipts that have come in for a key, in the order in which they came, without the first `after` of them. */
  receipts(idempotencyKey: string, after: number, limit: number): Promise<readonly Receipt[]>;
}

/** Nobody can say whether the message was taken over: no answer came, or none that makes sense. */
export class HandoverUnknown extends Error {
  override readonly name = "HandoverUnknown";
}

/** A key was used again for another message. Always a mistake of ours. */
export class HandoverKeyReused extends Error {
  override readonly name = "HandoverKeyReused";
}
