import type { Cents } from "@/lib/money";

/** One payment that is asked for. Everything but the key is the content that the key stands for. */
export type ChargeRequest = {
  /** Made by us and stored before the call: the same key never charges twice. */
  readonly idempotencyKey: string;
  readonly customerId: string;
  /** The gateway's name for the card. */
  readonly token: string;
  readonly amountCents: Cents;
  /** ISO 4217. */
  readonly currency: string;
  /** Shown on the customer's statement. */
  readonly reference: string;
};

export type ChargeOutcome =
  | { readonly kind: "paid"; readonly gatewayReference: string }
  /** `final`: asking again with the same card can never succeed. */
  | {
      readonly kind: "declined";
      readonly code: string;
      readonly final: boolean;
      readonly gatewayReference: string;
    }
  /** The bank wants the card's holder, who is not here. */
  | { readonly kind: "needs_authentication"; readonly code: string; readonly gatewayReference: string };

/**
 * What the product asks of whoever moves the money. An outcome that is not known, for whatever cause, is thrown:
 * the caller then asks with `find` before it does anything else.
 */
export interface PaymentGateway {
  /** A repeat under the same key and content answers as the first time; other content is refused with `PaymentKeyReused`. */
  charge(request: ChargeRequest): Promise<ChargeOutcome>;
  /** What became of a key; null when the gateway never heard of it. */
  find(idempotencyKey: string): Promise<ChargeOutcome | null>;
}

/** Nobody can say whether the payment took place: no answer came, or none that makes sense. */
export class PaymentUnknown extends Error {
  override readonly name = "PaymentUnknown";
}

/** A key was used again for another payment. Always a mistake of ours. */
export class PaymentKeyReused extends Error {
  override readonly name = "PaymentKeyReused";
}
