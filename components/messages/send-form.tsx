"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useForm, useWatch, type UseFormReturn } from "react-hook-form";
import { PressButton } from "@/components/ui/press-button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { Failure, Result } from "@/lib/failure";
import { formatCountry, formatList } from "@/lib/format";
import { problemText } from "@/lib/i18n/problem-text";
import { countParts } from "@/lib/messages/parts";
import { recipientsTextProblem, textProblem } from "@/lib/messages/rules";
import type { SentDto } from "@/lib/messages/schema";
import { EstimateCard } from "./estimate-card";
import { estimateQuery } from "./estimate-query";
import { createIdempotencyKeys } from "./idempotency-keys";
import { type Content, EMPTY, isWritten, keyedBy, useMessageDraft } from "./message-draft";
import { PastedTable } from "./pasted-table";
import { RecipientsChoices } from "./recipients-choices";
import { RecipientsFile } from "./recipients-file";
import { RecipientsRead } from "./recipients-read";
import { FIELDS, SendProblem } from "./send-problem";
import { SentSummary } from "./sent-summary";
import { TextCount } from "./text-count";
import { useDebounced } from "@/components/ui/use-debounced";

export type SendMessage = (input: Content & { idempotencyKey: string }) => Promise<Result<SentDto>>;

const ESTIMATE_AFTER_MS = 300;
const SENDING = ["send-message"];

type SendFormProps = {
  sendAction: SendMessage;
  estimateUrl: string;
  serviceName: string;
  /** Under which what is written is kept: of this person and this account. */
  draftName: string;
  historyHref: Route;
  /** Of the account as it is now: when it changes, the cost is asked for anew. */
  stamp: string;
};

/** Recipients and text, with what they cost as they are typed. Whatever happens, what was typed stays until it is sent. */
export function SendForm({
  sendAction,
  estimateUrl,
  serviceName,
  draftName,
  historyHref,
  stamp,
}: SendFormProps) {
  const t = useTranslations("messages.send");
  const tProblems = useTranslations("problems");
  const [keys] = useState(createIdempotencyKeys);
  const form = useForm<Content>();
  const { errors, isSubmitted, defaultValues } = form.formState;
  const typed = useWatch({ control: form.control });
  const draft = useMessageDraft(draftName, form, keys);
  const refuse = useRefusals(form);
  const client = useQueryClient();
  const send = useMutation({
    mutationKey: SENDING,
    // A browser that is offline shall say so at once, not send when it is back and nobody looks.
    networkMode: "always",
    mutationFn: (content: Content) => {
      const idempotencyKey = keys.keyOf(keyedBy(content));
      draft.keep();
      return sendAction({ ...content, idempotencyKey });
    },
    onSuccess: (result, content) => {
      if (!result.ok) {
        refuse(result.failure);
        return;
      }
      keys.markSent(keyedBy(content));
      draft.forget();
    },
  });

  const content = { ...EMPTY, ...typed };
  const count = countParts(content.text);
  const debounced = {
    recipients: useDebounced(content.recipients, ESTIMATE_AFTER_MS),
    text: useDebounced(content.text, ESTIMATE_AFTER_MS),
  };
  const { takeLandlines, addPlus, phoneColumn } = content;
  const estimate = useQuery(
    estimateQuery(estimateUrl, { ...debounced, takeLandlines, addPlus, phoneColumn, stamp }),
  );
  const isEmpty = debounced.recipients.trim() === "" && debounced.text === "";
  const shown = isEmpty ? undefined : estimate.data;

  const checkText = (text: string) => {
    const problem = textProblem(text, countParts(text));
    return problem === null || problemText(tProblems, problem);
  };
  const submit = form.handleSubmit((values) => {
    // Asked of the client: two presses in one moment both see a form that was drawn before either.
    if (client.isMutating({ mutationKey: SENDING }) === 0) send.mutate({ ...EMPTY, ...values });
  });
  const choose = (written: string, number: string) => {
    const recipients = form.getValues("recipients").normalize("NFKC").replace(written, number);
    form.setValue("recipients", recipients, { shouldDirty: true, shouldValidate: isSubmitted });
    form.setFocus("recipients");
  };
  const unreadable = content.recipients === "" ? null : recipientsTextProblem(content.recipients);
  const checkRecipients = (text: string) => {
    const problem = recipientsTextProblem(text);
    return problem === null || problemText(tProblems, problem);
  };

  // Begun anew, the form has the focus: what was pressed for it is gone.
  const [timesBegun, setTimesBegun] = useState(0);
  useEffect(() => {
    if (timesBegun > 0) form.setFocus("recipients");
  }, [timesBegun, form]);
  const begin = () => {
    form.reset(EMPTY);
    send.reset();
    setTimesBegun(timesBegun + 1);
  };

  if (send.data?.ok === true) {
    return (
      <SentSummary
        sent={send.data.value}
        serviceName={serviceName}
        historyHref={historyHref}
        onAnother={begin}
      />
    );
  }
  return (
    <Form onSubmit={submit} className="grid gap-4 lg:grid-cols-[1.2fr_1fr]">
      <Card>
        {defaultValues === undefined || !isWritten(defaultValues) ? null : (
          <p role="status" className="mb-4 text-s text-ink-2">
            <span>{t("draft")}</span>{" "}
            <PressButton variant="link" onClick={begin}>
              {t("draftClear")}
            </PressButton>
          </p>
        )}
        <Field
          id="recipients"
          label={t("recipients")}
          hint={t("recipientsHint")}
          error={errors.recipients?.message}
        >
          {(control) => (
            <Textarea
              {...control}
              {...form.register("recipients", { validate: checkRecipients })}
              inputMode="text"
              autoComplete="off"
              spellCheck={false}
              className="max-h-64 overflow-y-auto"
            />
          )}
        </Field>
        <RecipientsFile
          onRead={(recipients) => {
            form.setValue("recipients", recipients, { shouldDirty: true, shouldValidate: isSubmitted });
          }}
        />
        {shown === undefined || content.recipients.trim() === "" ? null : (
          <>
            <PastedTable table={shown.table} form={form} />
            <RecipientsRead estimate={shown} onChoose={choose} />
            <RecipientsChoices estimate={shown} register={form.register} />
          </>
        )}
        <Field id="text" label={t("text")} error={errors.text?.message}>
          {(control) => (
            <Textarea {...control} {...form.register("text", { validate: checkText })} rows={6} />
          )}
        </Field>
        <TextCount
          text={content.text}
          count={count}
          onReplace={(text) => {
            form.setValue("text", text, { shouldDirty: true, shouldValidate: isSubmitted });
            form.setFocus("text");
          }}
        />
      </Card>
      <Card title={t("estimate")} className="self-start lg:sticky lg:top-20">
        <div aria-busy={estimate.isFetching} className={estimate.isPlaceholderData ? "opacity-60" : ""}>
          {shown === undefined ? (
            <p className="text-ink-2">
              {estimate.isError
                ? unreadable === null
                  ? t("estimateFailed")
                  : problemText(tProblems, unreadable)
                : isEmpty
                  ? t("estimateEmpty")
                  : t("estimating")}
            </p>
          ) : (
            <EstimateCard estimate={shown} />
          )}
        </div>
        <SendProblem failure={send.data?.ok === false ? send.data.failure : null} error={send.error} />
        <SubmitButton pending={send.isPending} className="w-full">
          {send.isPending ? t("sending") : t("submit")}
        </SubmitButton>
      </Card>
    </Form>
  );
}

/** Puts what the server refused at the fields that it is about. */
function useRefusals(form: UseFormReturn<Content>) {
  const t = useTranslations("messages.problems");
  const tProblems = useTranslations("problems");
  const locale = useLocale();
  return (failure: Failure) => {
    if (failure.code === "not_served") {
      const countries = formatList(
        locale,
        failure.countries.map((country) => formatCountry(locale, country)),
      );
      form.setError("recipients", { message: t("notServed", { countries }) }, { shouldFocus: true });
    }
    if (failure.code !== "invalid_input") return;
    const { fields } = failure;
    FIELDS.filter((field) => fields[field] !== undefined).forEach((field, position) => {
      const problem = fields[field];
      if (problem === undefined) return;
      form.setError(field, { message: problemText(tProblems, problem) }, { shouldFocus: position === 0 });
    });
  };
}
