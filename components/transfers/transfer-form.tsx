"use client";

import { useMutation } from "@tanstack/react-query";
import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { PressButton } from "@/components/ui/press-button";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Form, useEarlyTyping } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import { Unbroken } from "@/components/ui/unbroken";
import type { Failure, Result } from "@/lib/failure";
import { formatCredits, localAmount, parseLocalAmount, pluralOf } from "@/lib/format";
import { problemText } from "@/lib/i18n/problem-text";
import { parseTransferAmount } from "@/lib/transfers/rules";
import type { TransferDto } from "@/lib/transfers/schema";
import { TransferPreview, type TransferSource, type TransferTarget } from "./transfer-preview";

type Typed = { target: string; credits: string };
const FIELDS = ["target", "credits"] as const;

type TransferFormProps = {
  source: TransferSource;
  targets: readonly TransferTarget[];
  historyHref: Route;
  transferAction: (input: Typed & { idempotencyKey: string }) => Promise<Result<TransferDto>>;
};

/** Where to and how many, with both balances as they will be. What was typed stays until the credits have moved. */
export function TransferForm({ source, targets, historyHref, transferAction }: TransferFormProps) {
  const t = useTranslations("transfers");
  const tProblems = useTranslations("problems");
  const locale = useLocale();
  // One intention, one idempotency key: pressing again after a lost answer repeats it and does not move credits twice.
  const [idempotencyKey, setIdempotencyKey] = useState(newKey);
  const form = useForm<Typed>();
  const transfer = useMutation({
    // A browser that is offline shall say so at once, not move credits when nobody looks.
    networkMode: "always",
    mutationFn: ({ target, credits }: Typed) => transferAction({ target, credits, idempotencyKey }),
    onSuccess: (result) => {
      if (result.ok) return;
      const { failure } = result;
      if (failure.code === "conflict") setIdempotencyKey(newKey());
      if (failure.code !== "invalid_input") return;
      FIELDS.forEach((field) => {
        const problem = failure.fields[field];
        if (problem !== undefined) form.setError(field, { message: problemText(tProblems, problem) });
      });
    },
  });
  const typed = useWatch({ control: form.control });
  useEarlyTyping(form);
  const amount = parseLocalAmount(locale, typed.credits ?? "");
  const target = targets.find((each) => each.serviceName === typed.target);

  const checkCredits = (text: string) => {
    const local = parseLocalAmount(locale, text);
    if (!local.ok) return problemText(tProblems, local);
    const read = parseTransferAmount(local.machine);
    return read.ok || problemText(tProblems, read.problem);
  };
  const submit = form.handleSubmit((values) => {
    const local = parseLocalAmount(locale, values.credits);
    if (transfer.isPending || !local.ok) return;
    transfer.mutate({ target: values.target, credits: local.machine });
  });
  // Begun anew, the form has the focus: what was pressed for it is gone.
  const [timesBegun, setTimesBegun] = useState(0);
  useEffect(() => {
    if (timesBegun > 0) form.setFocus("target");
  }, [timesBegun, form]);
  const again = () => {
    setIdempotencyKey(newKey());
    form.reset();
    transfer.reset();
    setTimesBegun(timesBegun + 1);
  };

  if (transfer.data?.ok === true) {
    return <Transferred done={transfer.data.value} historyHref={historyHref} onAgain={again} />;
  }
  return (
    <Card className="max-w-160">
      <Form onSubmit={submit}>
        <TransferProblem
          failure={transfer.data?.ok === false ? transfer.data.failure : null}
          isLost={transfer.isError}
        />
        <Field
          id="transfer-target"
          label={t("target")}
          hint={t("targetHint")}
          error={form.formState.errors.target?.message}
        >
          {(control) => (
            <Select
              {...control}
              {...form.register("target", { validate: (chosen) => chosen !== "" || t("targetMissing") })}
              className="w-full"
            >
              <option value="">{t("choose")}</option>
              {targets.map(({ serviceName, name, balance }) => (
                <option key={serviceName} value={serviceName}>
                  {t("option", {
                    name,
                    serviceName,
                    balance: formatCredits(locale, balance),
                    n: pluralOf(balance),
                  })}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          id="transfer-credits"
          label={t("credits")}
          beside={t("unit")}
          hint={t("creditsHint", {
            left: formatCredits(locale, source.balance),
            example: localAmount(locale, "10.5"),
          })}
          error={form.formState.errors.credits?.message}
        >
          {(control) => (
            <TextInput
              {...control}
              {...form.register("credits", { validate: checkCredits })}
              width="amount"
              inputMode="decimal"
              autoComplete="off"
            />
          )}
        </Field>
        <TransferPreview source={source} target={target} credits={amount.ok ? amount.machine : null} />
        <DialogActions>
          <SubmitButton pending={transfer.isPending}>
            {transfer.isPending ? t("submitting") : t("submit")}
          </SubmitButton>
        </DialogActions>
      </Form>
    </Card>
  );
}

/** What moved. It takes the focus, since the form that had it is gone. */
function Transferred(props: { done: TransferDto; historyHref: Route; onAgain: () => void }) {
  const { done, historyHref, onAgain } = props;
  const t = useTranslations("transfers");
  const locale = useLocale();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.focus();
  }, []);
  return (
    <Card className="max-w-160">
      <div ref={place} tabIndex={-1} className="outline-none">
        <Notice
          kind="good"
          announce="status"
          title={t("doneTitle", { credits: formatCredits(locale, done.credits), n: pluralOf(done.credits) })}
        >
          <Unbroken
            text={t("done", {
              source: done.source,
              target: done.target,
              sourceLeft: formatCredits(locale, done.sourceBalance),
              n: pluralOf(done.sourceBalance),
              targetLeft: formatCredits(locale, done.targetBalance),
            })}
          />
        </Notice>
      </div>
      <DialogActions>
        <PressButton variant="ghost" onClick={onAgain}>
          {t("again")}
        </PressButton>
        <ButtonLink href={historyHref}>{t("history")}</ButtonLink>
      </DialogActions>
    </Card>
  );
}

function TransferProblem({ failure, isLost }: { failure: Failure | null; isLost: boolean }) {
  const t = useTranslations("transfers");
  const locale = useLocale();
  if (failure === null && !isLost) return null;
  if (failure?.code === "invalid_input") return null;
  const text =
    failure?.code === "insufficient_credits"
      ? t("notEnough", {
          available: formatCredits(locale, failure.available),
          availableN: pluralOf(failure.available),
          requested: formatCredits(locale, failure.requested),
          n: pluralOf(failure.requested),
        })
      : failure?.code === "not_found"
        ? t("notFound")
        : t("failedText");
  return (
    <Notice kind="bad" announce="alert" title={t("failed")}>
      {text}
    </Notice>
  );
}

/** 128 random bits. `crypto.randomUUID` would be missing where the panel is served without TLS to another machine. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
