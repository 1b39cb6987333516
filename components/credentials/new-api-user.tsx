"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { DialogActions } from "@/components/ui/dialog";
import { DialogButton } from "@/components/ui/dialog-button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { PressButton } from "@/components/ui/press-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import type { Result } from "@/lib/failure";
import { problemText } from "@/lib/i18n/problem-text";

const FIELDS = ["login", "password"] as const;
type Typed = Record<(typeof FIELDS)[number], string>;
type CreateUser = (input: Typed) => Promise<Result<null>>;

/** Makes a user by which a program may send from the account. */
export function NewApiUser({ createAction }: { createAction: CreateUser }) {
  const t = useTranslations("credentials.users");
  return (
    <DialogButton variant="ghost" label={t("new")} title={t("new")}>
      {(close) => <NewApiUserForm createAction={createAction} onClose={close} />}
    </DialogButton>
  );
}

function NewApiUserForm(props: { createAction: CreateUser; onClose: () => void }) {
  const t = useTranslations("credentials");
  const tUi = useTranslations("ui");
  const tProblems = useTranslations("problems");
  const form = useForm<Typed>({ defaultValues: { login: "", password: "" } });
  const create = useMutation({
    networkMode: "always",
    mutationFn: props.createAction,
    onSuccess: (result) => {
      if (result.ok) {
        props.onClose();
        return;
      }
      if (result.failure.code !== "invalid_input") return;
      for (const field of FIELDS) {
        const problem = result.failure.fields[field];
        if (problem !== undefined) form.setError(field, { message: problemText(tProblems, problem) });
      }
    },
  });
  const submit = form.handleSubmit((values) => {
    if (!create.isPending) create.mutate(values);
  });
  const isLost =
    create.isError || (create.data?.ok === false && create.data.failure.code !== "invalid_input");
  return (
    <Form onSubmit={submit}>
      {isLost ? (
        <Notice kind="bad" announce="alert" title={t("failed")}>
          {t("failedText")}
        </Notice>
      ) : null}
      {FIELDS.map((field) => (
        <Field
          key={field}
          id={`api-user-${field}`}
          label={t(`users.${field}`)}
          hint={t(`users.${field}Hint`)}
          error={form.formState.errors[field]?.message}
        >
          {(control) => (
            <TextInput {...control} {...form.register(field)} maxLength={64} autoComplete="off" />
          )}
        </Field>
      ))}
      <DialogActions>
        <PressButton variant="ghost" onClick={props.onClose}>
          {tUi("cancel")}
        </PressButton>
        <SubmitButton pending={create.isPending}>{t("users.create")}</SubmitButton>
      </DialogActions>
    </Form>
  );
}
