import { MAX_CREDITS, parseCredits, type Credits } from "@/lib/credits";
import type { FieldProblem } from "@/lib/failure";

/** Reads an amount to move, in machine form; a problem for anything but credits above zero. */
export function parseTransferAmount(
  text: string,
): { readonly ok: true; readonly amount: Credits } | { readonly ok: false; readonly problem: FieldProblem } {
  const amount = parseCredits(text);
  if (amount === null) return { ok: false, problem: { problem: "transfer_amount_unreadable" } };
  if (amount <= 0n) return { ok: false, problem: { problem: "transfer_amount_not_positive" } };
  if (amount > MAX_CREDITS) return { ok: false, problem: { problem: "amount_too_large" } };
  return { ok: true, amount };
}

/** Why credits cannot go from one account to another of these names, or null. */
export function targetProblem(source: string, target: string): FieldProblem | null {
  return source === target ? { problem: "transfer_to_itself" } : null;
}
