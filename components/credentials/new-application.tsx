"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { PressButton } from "@/components/ui/press-button";
import { DialogActions } from "@/components/ui/dialog";
import { DialogButton } from "@/components/ui/dialog-button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import type { Result } from "@/lib/failure";
import { problemText } from "@/lib/i18n/problem-text";
import { SecretsOnce } from "./secrets-once";
import type { Secrets } from "./views";

type Typed = { name: string; description: string };
type CreateApplication = (input: Typed) => Promise<Result<Secrets>>;

/** Makes an application that will ask customers for keys, and shows its secret once. */
export function NewApplication({ createAction }: { createAction: CreateApplication }) {
  const t = useTranslations("credentials");
  return (
    <DialogButton variant="ghost" label={t("applications.new")} title={t("newApplication.title")}>
      {(close) => <NewApplicationForm createAction={createAction} onClose={close} />}
    </DialogButton>
  );
}

function NewApplicationForm(props: { createAction: CreateApplication; onClose: () => void }) {
  const t = useTranslations("credentials");
  const tUi = useTranslations("ui");
  const tProblems = useTranslations("problems");
  const form = useForm<Typed>({ defaultValues: { name: "", description: "" } });
  const create = useMutation({
    networkMode: "always",
    mutationFn: props.createAction,
    onSuccess: (result) => {
      if (result.ok || result.failure.code !== "invalid_input") return;
      const problem = result.failure.fields["name"];
      if (problem !== undefined) form.setError("name", { message: problemText(tProblems, problem) });
    },
  });
  const submit = form.handleSubmit((values) => {
    if (!create.isPending) create.mutate(values);
  });
  if (create.data?.ok === true) return <SecretsOnce secrets={create.data.value} onDone={props.onClose} />;
  return (
    <Form onSubmit={submit}>
      {create.isError ? (
        <Notice kind="bad" announce="alert" title={t("failed")}>
          {t("failedText")}
        </Notice>
      ) : null}
      <Field
        id="application-name"
        label={t("newApplication.name")}
        error={form.formState.errors.name?.message}
      >
        {(control) => (
          <TextInput
            {...control}
            {...form.register("name", {
              validate: (name) => name.trim() !== "" || problemText(tProblems, { problem: "api_name_empty" }),
            })}
            maxLength={60}
            autoComplete="off"
          />
        )}
      </Field>
      <Field
        id="application-description"
        label={t("newApplication.description")}
        hint={t("newApplication.descriptionHint")}
      >
        {(control) => (
          <TextInput {...control} {...form.register("description")} maxLength={200} autoComplete="off" />
        )}
      </Field>
      <DialogActions>
        <PressButton variant="ghost" onClick={props.onClose}>
          {tUi("cancel")}
        </PressButton>
        <SubmitButton pending={create.isPending}>{t("newApplication.create")}</SubmitButton>
      </DialogActions>
    </Form>
  );
}
