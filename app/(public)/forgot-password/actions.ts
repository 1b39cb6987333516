"use server";

import { getLocale, getTranslations } from "next-intl/server";
import type { ForgotPasswordState } from "@/components/access/forgot-password-form";
import { requestPasswordReset } from "@/lib/access/password-service";
import { isUnreachable, strangerContext } from "@/lib/next/context";
import { originOfRequest } from "@/lib/next/visitor";

export async function forgotPasswordAction(
  _before: ForgotPasswordState,
  form: FormData,
): Promise<ForgotPasswordState> {
  const [t, tAccess, tProblems, language, from] = await Promise.all([
    getTranslations("access.forgot"),
    getTranslations("access"),
    getTranslations("problems"),
    getLocale(),
    originOfRequest(),
  ]);
  const typed = form.get("email");
  const email = typeof typed === "string" ? typed.slice(0, 300).trim() : "";
  const { db, now } = strangerContext();
  const result = await requestPasswordReset({ db, now, from, language }, { email }).catch(
    (error: unknown) => {
      if (isUnreachable(error)) return null;
      throw error;
    },
  );
  if (result === null) return { email, problem: tAccess("unavailable") };
  if (result.ok) return { email, sent: t("sent", { email }) };
  const { failure } = result;
  return failure.code === "too_many_requests"
    ? { email, problem: tAccess("throttled", { minutes: Math.ceil(failure.retryAfterSeconds / 60) }) }
    : { email, emailProblem: tProblems("address_form") };
}
