import "server-only";
import { mayRead } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import type { PaymentMethodDto } from "./schema";
import { readPaymentLabel, readPaymentMethod } from "./store";

/**
 * How a customer pays; null if none was chosen. To change it is `choosePaymentMethod` in the slice of recharges,
 * since it brings suspended rules back to life.
 */
export async function getPaymentMethod(
  context: Context,
  customerId: string,
): Promise<Result<PaymentMethodDto | null>> {
  if (!mayRead(context.caller, customerId)) return fail({ code: "not_found" });
  const read = context.caller.kind === "support" ? readPaymentLabel : readPaymentMethod;
  const method = await read(context.db, customerId);
  return ok(method && { token: null, ...method, changedAt: method.changedAt.toISOString() });
}
