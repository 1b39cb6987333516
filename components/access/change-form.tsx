"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import type { Failure, Result } from "@/lib/failure";
import { problemText } from "@/lib/i18n/problem-text";
import { Field } from "../ui/field";
import { Form, useEarlyTyping } from "../ui/form";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { TextInput } from "../ui/text-input";
import { PasswordInput } from "./password-input";

type Typed = { readonly current: string; readonly changed: string };

/** How a person changes the password or the mail address he signs in with: the new one, and the password that holds now. */
export function ChangeForm({
  what,
  email,
  changeAction,
}: {
  what: "password" | "email";
  /** For password managers. */
  email: string;
  changeAction: (input: Record<string, string>) => Promise<Result<null>>;
}) {
  const t = useTranslations("access.passwords");
  const tProblems = useTranslations("problems");
  const form = useForm<Typed>();
  useEarlyTyping(form);
  const change = useMutation({
    networkMode: "always",
    mutationFn: ({ current, changed }: Typed) => changeAction({ current, [what]: changed }),
    onSuccess: (result) => {
      if (result.ok) form.reset({ current: "", changed: "" });
    },
  });
  const submit = form.handleSubmit((values) => {
    if (!change.isPending) change.mutate(values);
  });
  const failure = change.data?.ok === false ? change.data.failure : undefined;
  const problemOf = (field: string) => {
    const problem = failure?.code === "invalid_input" ? failure.fields[field] : undefined;
    return problem && problemText(tProblems, problem);
  };
  return (
    <Form onSubmit={submit}>
      {change.data?.ok === true ? (
        <Notice kind="good" announce="status">
          {t(`${what}.done`)}
        </Notice>
      ) : null}
      {change.isError || (failure !== undefined && failure.code !== "invalid_input") ? (
        <Notice kind="bad" announce="alert">
          {refusalText(t, failure)}
        </Notice>
      ) : null}
      <input type="email" autoComplete="username" defaultValue={email} readOnly hidden />
      <Field id={`${what}-current`} label={t("current")} error={problemOf("current")}>
        {(control) => (
          <PasswordInput {...control} {...form.register("current")} autoComplete="current-password" />
        )}
      </Field>
      <Field
        id={`${what}-changed`}
        label={t(`${what}.changed`)}
        hint={t(`${what}.hint`)}
        error={problemOf(what)}
      >
        {(control) =>
          what === "password" ? (
            <PasswordInput {...control} {...form.register("changed")} autoComplete="new-password" />
          ) : (
            <TextInput
              {...control}
              {...form.register("changed")}
              type="email"
              autoComplete="email"
              maxLength={254}
            />
          )
        }
      </Field>
      <SubmitButton pending={change.isPending}>{t(`${what}.submit`)}</SubmitButton>
    </Form>
  );
}

function refusalText(
  t: ReturnType<typeof useTranslations<"access.passwords">>,
  failure: Failure | undefined,
): string {
  switch (failure?.code) {
    case "too_many_requests":
      return t("throttled", { minutes: Math.ceil(failure.retryAfterSeconds / 60) });
    case "not_authenticated":
      return t("signedOut");
    default:
      return t("lost");
  }
}
