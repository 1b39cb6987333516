import { z } from "zod";
import { type Credits, MAX_CREDITS, parseCredits } from "@/lib/credits";

export const SHORTEST_REASON = 10;
export const LONGEST_REASON = 500;

/** A signed amount in machine form that moves something. */
export function parseCorrection(text: string): Credits | null {
  const amount = parseCredits(text.trim().replace(/^\+/, ""));
  if (amount === null || amount === 0n) return null;
  return amount > MAX_CREDITS || amount < -MAX_CREDITS ? null : amount;
}

export const CorrectionInput = z.object({
  amount: z.string().transform((text, issues) => {
    const amount = parseCorrection(text);
    if (amount !== null) return amount;
    issues.addIssue({ code: "custom", message: "amount_not_a_number" });
    return z.NEVER;
  }),
  reason: z
    .string()
    .trim()
    .min(SHORTEST_REASON)
    .max(LONGEST_REASON)
    .refine((text) => !/\p{Cc}/u.test(text)),
  idempotencyKey: z.string().regex(/^[\x21-\x7e]{1,200}$/),
});

/** Amounts as by `printCredits`, signed; instants in ISO form. */
export type CorrectionDto = {
  readonly correctionId: string;
  readonly customerId: string;
  readonly serviceName: string;
  readonly amount: string;
  readonly reason: string;
  readonly state: "requested" | "posted" | "rejected";
  /** Names. */
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  /** Of the entry. */
  readonly sequence: string | null;
  /** May the caller approve or reject it? */
  readonly mayDecide: boolean;
};
