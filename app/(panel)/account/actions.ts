"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { PaymentMethodState } from "@/components/payments/payment-method-form";
import { endOtherSessions } from "@/lib/access/service";
import { panelContext, panelPerson } from "@/lib/next/context";
import { choosePaymentMethod } from "@/lib/recharge/method-service";

/** Ends the sessions on other devices; answers with what to tell, in the reader's language. */
export async function endOtherSessionsAction(): Promise<string> {
  const [context, person, t] = await Promise.all([
    panelContext(),
    panelPerson(),
    getTranslations("access.account"),
  ]);
  if (context === null || person === null) return "";
  const result = await endOtherSessions(context, person.sessionId);
  if (!result.ok) return "";
  refresh();
  return t("endedOthers", { count: result.value.ended });
}

export async function choosePaymentMethodAction(
  _before: PaymentMethodState,
  form: FormData,
): Promise<PaymentMethodState> {
  const [context, t] = await Promise.all([panelContext(), getTranslations("payments.method")]);
  if (context === null) return { kind: "bad", text: t("signedOut") };
  if (context.caller.kind !== "customer") return { kind: "bad", text: t("refused") };
  const input = { token: form.get("token") };
  const result = await choosePaymentMethod(context, context.caller.customerId, input);
  if (!result.ok) return { kind: "bad", text: t("refused") };
  refresh();
  return { kind: "good", text: t("saved", { label: result.value.label }) };
}
