"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import type { CorrectionState } from "@/components/support/correction-form";
import type { Failure } from "@/lib/failure";
import { formatCredits, parseLocalAmount, pluralOf } from "@/lib/format";
import { problemText } from "@/lib/i18n/problem-text";
import { correctionsRequest } from "@/lib/next/staff-context";
import { approveCorrection, rejectCorrection, requestCorrection } from "@/lib/staff/corrections-service";

/** Corrects a balance, or asks for it. The amount is typed without a sign, beside what it does. */
export async function requestCorrectionAction(
  customerId: string,
  serviceName: string,
  _before: CorrectionState,
  form: FormData,
): Promise<CorrectionState> {
  const [staff, t, tProblems, locale] = await Promise.all([
    correctionsRequest(),
    getTranslations("support.corrections"),
    getTranslations("problems"),
    getLocale(),
  ]);
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const typed = { way: text("way"), amount: text("amount"), reason: text("reason") };
  if (staff === null) return { kind: "bad", text: t("problem.not_allowed"), fields: {}, typed };
  const read = parseLocalAmount(locale, typed.amount);
  const key = { customerId, serviceName };
  const amount = read.ok ? `${typed.way === "take" ? "-" : ""}${read.machine}` : "";
  const result = await requestCorrection(staff.context, staff.write, key, {
    amount,
    reason: typed.reason,
    idempotencyKey: text("idempotencyKey"),
  });
  if (result.ok) {
    refresh();
    const { state } = result.value;
    const said = state === "posted" ? "posted" : "requested";
    return { kind: "good", text: t(`said.${said}`), fields: {}, typed: null };
  }
  const { failure } = result;
  // The list and the key of the page are older than another correction: both are drawn anew.
  if (failure.code === "conflict") refresh();
  if (failure.code !== "invalid_input") {
    return { kind: "bad", text: refusalText(failure), fields: {}, typed };
  }
  const { reason, amount: amountProblem } = failure.fields;
  return {
    kind: "bad",
    text: t("problem.invalid"),
    fields: {
      ...(!read.ok
        ? { amount: problemText(tProblems, read) }
        : amountProblem && { amount: t("amountNotZero") }),
      ...(reason && { reason: problemText(tProblems, reason) }),
    },
    typed,
  };

  function refusalText(refused: Failure): string {
    if (refused.code === "insufficient_credits") {
      const { available } = refused;
      return t("problem.insufficient", {
        available: formatCredits(locale, available),
        n: pluralOf(available),
      });
    }
    if (refused.code === "conflict") return t("problem.meanwhile");
    return t(refused.code === "not_allowed" ? "problem.not_allowed" : "problem.other");
  }
}

/** Approves or rejects what somebody asked for; answers with what to tell. */
export async function decideCorrectionAction(
  customerId: string,
  correctionId: string,
  _before: CorrectionState,
  form: FormData,
): Promise<CorrectionState> {
  const [staff, t, locale] = await Promise.all([
    correctionsRequest(),
    getTranslations("support.corrections"),
    getLocale(),
  ]);
  const told = (kind: "good" | "bad", text: string): CorrectionState => ({
    kind,
    text,
    fields: {},
    typed: null,
  });
  if (staff === null) return told("bad", t("problem.not_allowed"));
  const isApproval = form.get("decision") === "approve";
  const decide = isApproval ? approveCorrection : rejectCorrection;
  const result = await decide(staff.context, staff.write, customerId, correctionId);
  if (result.ok) {
    refresh();
    return told("good", t(isApproval ? "said.posted" : "said.rejected"));
  }
  const { failure } = result;
  if (failure.code === "insufficient_credits") {
    const { available } = failure;
    const values = { available: formatCredits(locale, available), n: pluralOf(available) };
    return told("bad", t("problem.insufficient", values));
  }
  if (failure.code === "conflict") return told("bad", t("problem.conflict"));
  return told("bad", t(failure.code === "not_allowed" ? "problem.not_allowed" : "problem.other"));
}
