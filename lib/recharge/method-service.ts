import "server-only";
import { mayChange, mayRead } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { rescheduleOrders } from "@/lib/orders/waiting-service";
import { replacePayingMethod } from "@/lib/payments/method-service";
import { type PaymentMethodDto, PaymentMethodInput } from "@/lib/payments/schema";
import { getPaymentMethod } from "@/lib/payments/service";
import { resume } from "./standing-service";
import { lockAccount, readRule, readRuledAccounts } from "./store";

/**
 * Changes how a customer pays. Input: `{ token }`, one of `CARD_CHOICES`. Another card lifts the suspensions of all
 * the customer's rules, which are evaluated at once, and what waits after a decline is tried at once; the same card
 * again changes nothing, so that it cannot revive itself.
 */
export async function choosePaymentMethod(
  context: Context,
  customerId: string,
  input: unknown,
): Promise<Result<PaymentMethodDto>> {
  if (!mayRead(context.caller, customerId)) return fail({ code: "not_found" });
  if (!mayChange(context.caller, customerId)) return fail({ code: "not_allowed" });
  const parsed = PaymentMethodInput.safeParse(input);
  if (!parsed.success)
    return fail({ code: "invalid_input", fields: { token: { problem: "card_not_offered" } } });
  const { token, label } = parsed.data;
  const changedAt = context.now();
  await context.db.transaction(async (tx) => {
    const inside = { ...context, db: tx };
    const ruled = await readRuledAccounts(tx, customerId);
    // All of them, so that a decline of the old card that comes in now is evaluated either before the change or after it.
    for (const key of ruled) await lockAccount(tx, key);
    if (!(await replacePayingMethod(inside, customerId, { token, label, changedAt }))) return;
    for (const key of ruled) await resume(inside, key, await readRule(tx, key), "method_changed");
    await rescheduleOrders(inside, customerId);
  });
  const method = await getPaymentMethod(context, customerId);
  if (!method.ok || method.value === null) throw new Error(`${customerId} has lost the card just chosen`);
  return ok(method.value);
}
