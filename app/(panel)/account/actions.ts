"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { getLocale } from "next-intl/server";
import { requestAddressChange } from "@/lib/access/address-service";
import { changePassword } from "@/lib/access/password-service";
import { endOtherSessions } from "@/lib/access/service";
import { fail, ok, type Result } from "@/lib/failure";
import { panelContext, panelPerson } from "@/lib/next/context";
import { forOwnCustomer } from "@/lib/next/own-customer";
import { originOfRequest, passCookies } from "@/lib/next/visitor";
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

/** The session in the browser is another one afterwards. */
export async function changePasswordAction(input: unknown): Promise<Result<null>> {
  const context = await panelContext();
  if (context === null) return fail({ code: "not_authenticated" });
  const visit = { from: await originOfRequest(), language: await getLocale() };
  const result = await changePassword(context, await headers(), visit, input);
  if (!result.ok) return result;
  await passCookies(result.value.setCookies);
  refresh();
  return ok(null);
}

export async function requestAddressChangeAction(input: unknown): Promise<Result<null>> {
  const context = await panelContext();
  if (context === null) return fail({ code: "not_authenticated" });
  return requestAddressChange(context, await headers(), await getLocale(), input);
}
