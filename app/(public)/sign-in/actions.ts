"use server";

import { getTranslations } from "next-intl/server";
import type { SignInState } from "@/components/access/sign-in-form";
import { safeReturnPath } from "@/lib/access/rules";
import { signIn } from "@/lib/access/service";
import { isUnreachable, strangerContext } from "@/lib/next/context";
import { serverLog } from "@/lib/next/health";
import { goTo, keepDevice, originOfRequest, passCookies } from "@/lib/next/visitor";

export async function signInAction(_before: SignInState, form: FormData): Promise<SignInState> {
  const t = await getTranslations("access");
  const [email, password] = [textOf(form, "email").trim(), textOf(form, "password")];
  if (email === "" || password === "") {
    return {
      email,
      ...(email === "" && { emailProblem: t("emailMissing") }),
      ...(password === "" && { passwordProblem: t("passwordMissing") }),
    };
  }
  const result = await signIn(strangerContext(), await originOfRequest(), { email, password }).catch(
    (error: unknown) => {
      if (isUnreachable(error)) return null;
      throw error;
    },
  );
  if (result === null) return { email, problem: t("unavailable") };
  if (!result.ok) {
    const { failure } = result;
    serverLog().warn({ outcome: failure.code }, "a sign-in was refused");
    return failure.code === "too_many_requests"
      ? { email, problem: t("throttled", { minutes: Math.ceil(failure.retryAfterSeconds / 60) }) }
      : { email, problem: t("wrong") };
  }
  await passCookies(result.value.setCookies);
  await keepDevice(result.value.device);
  goTo(safeReturnPath(form.get("return")));
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.slice(0, 300) : "";
}
