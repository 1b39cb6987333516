"use server";

import { getLocale, getTranslations } from "next-intl/server";
import type { NewPasswordState } from "@/components/access/new-password-form";
import { resetPassword } from "@/lib/access/password-service";
import { problemText } from "@/lib/i18n/problem-text";
import { isUnreachable, strangerContext } from "@/lib/next/context";
import { goTo, originOfRequest } from "@/lib/next/visitor";

export async function newPasswordAction(
  _before: NewPasswordState,
  form: FormData,
): Promise<NewPasswordState> {
  const [t, tAccess, tProblems, language, from] = await Promise.all([
    getTranslations("access.newPassword"),
    getTranslations("access"),
    getTranslations("problems"),
    getLocale(),
    originOfRequest(),
  ]);
  const { db, now } = strangerContext();
  const input = { token: form.get("token"), password: form.get("password") };
  const result = await resetPassword({ db, now, from, language }, input).catch((error: unknown) => {
    if (isUnreachable(error)) return null;
    throw error;
  });
  if (result === null) return { problem: tAccess("unavailable") };
  if (result.ok) goTo("/sign-in?changed=password");
  const { failure } = result;
  if (failure.code === "too_many_requests")
    return { problem: tAccess("throttled", { minutes: Math.ceil(failure.retryAfterSeconds / 60) }) };
  const problem = failure.code === "invalid_input" ? failure.fields["password"] : undefined;
  return problem === undefined
    ? { problem: t("void") }
    : { passwordProblem: problemText(tProblems, problem) };
}
