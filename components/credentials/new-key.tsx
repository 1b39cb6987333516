"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm, useWatch } from "react-hook-form";
import { PressButton } from "@/components/ui/press-button";
import { CheckField } from "@/components/ui/check";
import { DialogActions } from "@/components/ui/dialog";
import { DialogButton } from "@/components/ui/dialog-button";
import { Field, FieldGroup } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { TextInput } from "@/components/ui/text-input";
import { ALL_RULES, parseAccessRule, type AccessRule } from "@/lib/credentials/rules";
import type { Result } from "@/lib/failure";
import { problemText } from "@/lib/i18n/problem-text";
import { SecretsOnce } from "./secrets-once";
import { readValidity, ValiditySelect } from "./validity-select";
import type { Secrets } from "./views";

const READ: readonly AccessRule[] = [
  { method: "GET", path: "/auth/*" },
  { method: "GET", path: "/sms" },
  { method: "GET", path: "/sms/*" },
  { method: "GET", path: "/order/*" },
];
const PRESETS = {
  read: READ,
  readSend: [
    ...READ,
    { method: "POST", path: "/sms/estimate" },
    { method: "POST", path: "/sms/*/jobs" },
  ] satisfies AccessRule[],
  all: ALL_RULES,
} as const;
const CHOICES = ["read", "readSend", "all", "custom"] as const;

type Typed = { name: string; access: (typeof CHOICES)[number]; rules: string; validity: string };
export type NewKeyInput = { name: string; rules: readonly AccessRule[]; validityDays: number | null };

/** Makes a key for a program of the customer's own, and shows it once. */
export function NewKey({ createAction }: { createAction: (input: NewKeyInput) => Promise<Result<Secrets>> }) {
  const t = useTranslations("credentials");
  return (
    <DialogButton label={t("keys.new")} title={t("newKey.title")}>
      {(close) => <NewKeyForm createAction={createAction} onClose={close} />}
    </DialogButton>
  );
}

function NewKeyForm(props: {
  createAction: (input: NewKeyInput) => Promise<Result<Secrets>>;
  onClose: () => void;
}) {
  const t = useTranslations("credentials");
  const tUi = useTranslations("ui");
  const tProblems = useTranslations("problems");
  const form = useForm<Typed>({
    defaultValues: { name: "", access: "read", rules: "GET /sms\nGET /sms/*", validity: "365" },
  });
  const create = useMutation({
    networkMode: "always",
    mutationFn: ({ name, access, rules, validity }: Typed) =>
      props.createAction({
        name,
        rules:
          access === "custom"
            ? linesOf(rules).flatMap((line) => parseAccessRule(line) ?? [])
            : PRESETS[access],
        validityDays: readValidity(validity),
      }),
    onSuccess: (result) => {
      if (result.ok || result.failure.code !== "invalid_input") return;
      const problem = result.failure.fields["name"];
      if (problem !== undefined) form.setError("name", { message: problemText(tProblems, problem) });
    },
  });
  const typed = useWatch({ control: form.control });
  const submit = form.handleSubmit((values) => {
    if (!create.isPending) create.mutate(values);
  });
  const checkRules = (text: string, { access }: Typed) => {
    if (access !== "custom") return true;
    const lines = linesOf(text);
    const wrong = lines.find((line) => parseAccessRule(line) === null);
    if (wrong !== undefined) return t("newKey.rulesWrong", { line: wrong });
    return lines.length > 0 || t("newKey.rulesEmpty");
  };

  if (create.data?.ok === true) return <SecretsOnce secrets={create.data.value} onDone={props.onClose} />;
  const { errors } = form.formState;
  return (
    <Form onSubmit={submit}>
      {create.isError ? (
        <Notice kind="bad" announce="alert" title={t("failed")}>
          {t("failedText")}
        </Notice>
      ) : null}
      <p className="mb-4 text-ink-2">{t("newKey.lead")}</p>
      <Field id="key-name" label={t("newKey.name")} hint={t("newKey.nameHint")} error={errors.name?.message}>
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
      <FieldGroup legend={t("newKey.access")}>
        {CHOICES.map((choice) => (
          <CheckField
            key={choice}
            type="radio"
            value={choice}
            {...form.register("access")}
            label={t(`newKey.${choice}`)}
          />
        ))}
      </FieldGroup>
      {typed.access === "custom" ? (
        <Field
          id="key-rules"
          label={t("newKey.rules")}
          hint={t("newKey.rulesHint")}
          error={errors.rules?.message}
        >
          {(control) => (
            <Textarea
              {...control}
              {...form.register("rules", { validate: checkRules })}
              rows={4}
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
      ) : null}
      <ValiditySelect id="key-validity" label={t("newKey.validity")} {...form.register("validity")} />
      <DialogActions>
        <PressButton variant="ghost" onClick={props.onClose}>
          {tUi("cancel")}
        </PressButton>
        <SubmitButton pending={create.isPending}>{t("newKey.create")}</SubmitButton>
      </DialogActions>
    </Form>
  );
}

const linesOf = (text: string): string[] => text.split("\n").flatMap((line) => line.trim() || []);
