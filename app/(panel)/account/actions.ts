"use server";

import { refresh } from "next/cache";
import { endOtherSessions } from "@/lib/access/service";
import { fail, type Result } from "@/lib/failure";
import { panelContext, panelPerson } from "@/lib/next/context";
import { forOwnCustomer } from "@/lib/next/own-customer";
import type { PaymentMethodDto } from "@/lib/payments/schema";
import { choosePaymentMethod } from "@/lib/recharge/method-service";

/** Ends the sessions on other devices; answers with how many they were. */
export async function endOtherSessionsAction(): Promise<Result<{ ended: number }>> {
  const [context, person] = await Promise.all([panelContext(), panelPerson()]);
  if (context === null || person === null) return fail({ code: "not_authenticated" });
  const result = await endOtherSessions(context, person.sessionId);
  if (result.ok) refresh();
  return result;
}

export async function choosePaymentMethodAction(input: unknown): Promise<Result<PaymentMethodDto>> {
  return forOwnCustomer((context, customerId) => choosePaymentMethod(context, customerId, input));
}
