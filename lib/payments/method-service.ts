import "server-only";
import type { Context } from "@/lib/context";
import type { PaymentMethod } from "./rules";
import { readPaymentMethod, writePaymentMethod } from "./store";

/** What pays for a customer now, with its token; null if none was chosen. For the slices that charge it: never shown. */
export function payingMethod(context: Context, customerId: string): Promise<PaymentMethod | null> {
  return readPaymentMethod(context.db, customerId);
}

/** As `payingMethod`, and it stays so until this transaction ends: whoever replaces it waits. */
export function holdPayingMethod(context: Context, customerId: string): Promise<PaymentMethod | null> {
  return readPaymentMethod(context.db, customerId, "hold");
}

/**
 * Writes the method that pays from now on; false, and nothing is written, if it pays already. Whoever calls has
 * evaluated the caller's right and does, in the same transaction, what another method sets free.
 */
export function replacePayingMethod(
  context: Context,
  customerId: string,
  method: PaymentMethod,
): Promise<boolean> {
  return writePaymentMethod(context.db, customerId, method);
}
