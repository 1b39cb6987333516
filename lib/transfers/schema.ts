import { z } from "zod";

/** Credits to move, in machine form ("10.5"), and the service name of the account that receives them. */
export const TransferInput = z.object({
  credits: z.string().max(40),
  target: z.string().max(100),
  /** What makes a repeat of the request the same transfer. */
  idempotencyKey: z.string().min(1).max(250),
});

/** A transfer that was made: amounts as by `printCredits`. */
export type TransferDto = {
  readonly credits: string;
  readonly source: string;
  readonly target: string;
  /** What the two accounts hold right after it. */
  readonly sourceBalance: string;
  readonly targetBalance: string;
  /** The same request was answered before; nothing moved now. */
  readonly repeated: boolean;
};
