"use server";

import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import type { ConfirmAddressState } from "@/components/access/confirm-address-form";
import { confirmAddress } from "@/lib/access/address-service";
import { panelContext } from "@/lib/next/context";
import { goTo, passCookies } from "@/lib/next/visitor";

export async function confirmAddressAction(
  _before: ConfirmAddressState,
  form: FormData,
): Promise<ConfirmAddressState> {
  const [context, t] = await Promise.all([panelContext(), getTranslations("access.confirm")]);
  if (context === null) return t("void");
  const input = { token: form.get("token") };
  const result = await confirmAddress(context, await headers(), await getLocale(), input);
  if (!result.ok) return t("void");
  await passCookies(result.value.setCookies);
  goTo("/account");
}
