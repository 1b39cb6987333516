"use client";

import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { CheckField } from "@/components/ui/check";
import { Field, FieldGroup } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { useIsTakenOver } from "@/components/ui/use-is-taken-over";
import type { Failure, Result } from "@/lib/failure";
import { formatCount, parseLocalAmount } from "@/lib/format";
import { problemText } from "@/lib/i18n/problem-text";
import type { CorrectionDto } from "@/lib/staff/schema";
import { useRefusalText } from "./correction-refusal";

type Typed = { way: "add" | "take"; amount: string; reason: string };
/** As the verb reads it: the amount signed and in machine form, or empty where what was typed is none. */
type CorrectionRequest = { amount: string; reason: string; idempotencyKey: string };

const EMPTY: Typed = { way: "add", amount: "", reason: "" };

/**
 * A correction: whether it adds or takes, how much, and why. The key is of the account's last correction: sent again
 * after a lost answer, it is the same one.
 */
export function CorrectionForm(props: {
  fourEyesAbove: number;
  idempotencyKey: string;
  requestAction: (input: CorrectionRequest) => Promise<Result<CorrectionDto>>;
}) {
  const { fourEyesAbove, idempotencyKey, requestAction } = props;
  const t = useTranslations("support.corrections");
  const tProblems = useTranslations("problems");
  const locale = useLocale();
  const isTakenOver = useIsTakenOver();
  const form = useForm<Typed>({ defaultValues: { way: "add" } });
  const request = useMutation({
    networkMode: "always",
    mutationFn: ({ way, amount, reason }: Typed) => {
      const read = parseLocalAmount(locale, amount);
      const signed = read.ok ? `${way === "take" ? "-" : ""}${read.machine}` : "";
      return requestAction({ amount: signed, reason, idempotencyKey });
    },
    onSuccess: (result, { amount }) => {
      if (result.ok) form.reset(EMPTY);
      else if (result.failure.code === "invalid_input") showProblems(result.failure, amount);
    },
  });
  const showProblems = ({ fields }: Extract<Failure, { code: "invalid_input" }>, amount: string) => {
    const read = parseLocalAmount(locale, amount);
    if (fields["amount"] !== undefined) {
      form.setError("amount", { message: read.ok ? t("amountNotZero") : problemText(tProblems, read) });
    }
    if (fields["reason"] !== undefined) {
      form.setError("reason", { message: problemText(tProblems, fields["reason"]) });
    }
  };
  const submit = form.handleSubmit((typed) => {
    if (!request.isPending) request.mutate(typed);
  });
  const { errors } = form.formState;
  return (
    <Form onSubmit={submit}>
      <Answer result={request.data} isLost={request.isError} />
      <FieldGroup legend={t("way")} isShut={!isTakenOver}>
        {(["add", "take"] as const).map((way) => (
          <CheckField
            key={way}
            type="radio"
            value={way}
            defaultChecked={way === "add"}
            {...form.register("way")}
            label={t(`ways.${way}`)}
          />
        ))}
      </FieldGroup>
      <Field
        id="correction-amount"
        label={t("amount")}
        hint={t("amountHint", { most: formatCount(locale, fourEyesAbove), n: fourEyesAbove })}
        error={errors.amount?.message}
      >
        {(control) => (
          <TextInput
            {...control}
            {...form.register("amount")}
            width="amount"
            inputMode="decimal"
            autoComplete="off"
          />
        )}
      </Field>
      <Field id="correction-reason" label={t("reason")} hint={t("reasonHint")} error={errors.reason?.message}>
        {(control) => <Textarea {...control} {...form.register("reason")} rows={2} maxLength={500} />}
      </Field>
      <SubmitButton pending={request.isPending}>{t("submit")}</SubmitButton>
    </Form>
  );
}

/** What came of it; a lost answer may be asked for again, by the same key. */
function Answer({ result, isLost }: { result: Result<CorrectionDto> | undefined; isLost: boolean }) {
  const t = useTranslations("support.corrections");
  const refusalText = useRefusalText();
  if (!isLost && result === undefined) return null;
  if (!isLost && result?.ok === true) {
    return (
      <Notice kind="good" announce="status">
        {t(result.value.state === "posted" ? "said.posted" : "said.requested")}
      </Notice>
    );
  }
  const failure = result?.ok === false ? result.failure : null;
  return (
    <Notice kind="bad" announce="alert">
      {failure?.code === "conflict" ? t("problem.meanwhile") : refusalText(failure)}
    </Notice>
  );
}
