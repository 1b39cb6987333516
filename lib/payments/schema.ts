import { z } from "zod";
import { type CardChoice, cardChoice } from "./rules";

/** What comes in from a choice of card: its token. */
export const PaymentMethodInput = z
  .object({ token: z.string().max(100) })
  .transform(({ token }) => cardChoice(token))
  .refine((card): card is CardChoice => card !== null);

export type PaymentMethodDto = {
  /** The gateway's name for the card; null for staff, who may not read it. */
  readonly token: string | null;
  readonly label: string;
  /** ISO 8601. */
  readonly changedAt: string;
};
