import { SANDBOX_CARDS, type SandboxCardBehaviour } from "./sandbox-gateway/rules";

/** How a customer pays. */
export type PaymentMethod = {
  /** The gateway's name for the card; never a card number. */
  readonly token: string;
  /** "Visa •••• 4242". */
  readonly label: string;
  readonly changedAt: Date;
};

/** A card that a customer may choose. `behaviour` is the key of its description, namespace `payments`, under `cards`. */
export type CardChoice = {
  readonly token: string;
  readonly label: string;
  readonly behaviour: SandboxCardBehaviour;
};

/** The cards on offer. With a real gateway the customer enters one on the gateway's own page instead. */
export const CARD_CHOICES: readonly CardChoice[] = SANDBOX_CARDS.map(({ token, label, behaviour }) => ({
  token,
  label,
  behaviour,
}));

export function cardChoice(token: string): CardChoice | null {
  return CARD_CHOICES.find((card) => card.token === token) ?? null;
}
