"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { PressButton } from "@/components/ui/press-button";
import { Card } from "@/components/ui/card";
import { Details } from "@/components/ui/details";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Unbroken } from "@/components/ui/unbroken";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import type { ConsoleCall, ConsoleField } from "@/lib/console/rules";
import { formatCredits, pluralOf } from "@/lib/format";
import { AnswerShown } from "./answer-shown";
import { execute, newKey } from "./execute";
import { FieldInput, type ServiceChoice } from "./field-input";
import { buildRequest, type BuiltRequest, type Values } from "./request";
import { RequestShown } from "./request-shown";

const GRID = "grid grid-cols-1 items-start gap-x-6 sm:grid-cols-2";

type CallFormProps = {
  call: ConsoleCall;
  /** What each field is for, in the reader's language. */
  help: Readonly<Record<string, string>>;
  services: readonly ServiceChoice[];
  baseUrl: string;
  executeUrl: string;
};

/** The fields of one call, Execute, the request as it is being written and the answer. */
export function CallForm({ call, help, services, baseUrl, executeUrl }: CallFormProps) {
  const t = useTranslations("console");
  const router = useRouter();
  const [values, setValues] = useState<Values>(() => firstValues(call, services));
  const [applicationKey, setApplicationKey] = useState("");
  const [areErrorsShown, setErrorsShown] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const unanswered = useRef<{ text: string; idempotencyKey: string } | null>(null);
  const { request, errors } = buildRequest(call, values);
  const run = useMutation({
    networkMode: "always",
    mutationFn: async (built: BuiltRequest) => {
      // One intention, one key: pressing again after a lost answer asks for the same call and not for a second.
      const text = JSON.stringify(built);
      const idempotencyKey = unanswered.current?.text === text ? unanswered.current.idempotencyKey : newKey();
      unanswered.current = { text, idempotencyKey };
      const keys = { applicationKey: applicationKey.trim() || null, idempotencyKey };
      const answer = await execute(executeUrl, built, keys);
      unanswered.current = null;
      return answer;
    },
    onSettled: () => {
      // The menu beside shows balances.
      if (call.isWrite) router.refresh();
    },
  });

  const others = call.fields.filter(({ isSecondary }) => isSecondary);
  const input = (field: ConsoleField) => (
    <FieldInput
      key={field.name}
      field={field}
      help={help[field.name] ?? field.description}
      services={services}
      value={values[field.name] ?? ""}
      error={areErrorsShown ? errors[field.name] : undefined}
      onChange={(value) => {
        setValues((before) => ({ ...before, [field.name]: value }));
      }}
    />
  );
  const lacksApplication = call.access === "application" && applicationKey.trim() === "";
  const submit = () => {
    setErrorsShown(true);
    const wrong = Object.keys(errors).map((name) => `field-${name}`);
    const [first] = lacksApplication ? ["application-key", ...wrong] : wrong;
    if (first !== undefined) {
      document.getElementById(first)?.focus();
      return;
    }
    if (run.isPending) return;
    if (call.isWrite) setAsking(true);
    else run.mutate(request);
  };

  return (
    <div className="grid min-w-0 gap-4">
      <Card>
        <Form onSubmit={submit}>
          {call.access === "application" ? (
            <Field
              id="application-key"
              label={<code>X-Ovh-Application</code>}
              hint={t("applicationKey")}
              error={areErrorsShown && lacksApplication ? t("missing") : undefined}
            >
              {(control) => (
                <TextInput
                  {...control}
                  value={applicationKey}
                  onChange={(event) => {
                    setApplicationKey(event.target.value);
                  }}
                  autoComplete="off"
                  spellCheck={false}
                />
              )}
            </Field>
          ) : null}
          <div className={GRID}>{call.fields.filter(({ isSecondary }) => !isSecondary).map(input)}</div>
          {others.length === 0 ? null : (
            <Details summary={t("otherFields", { count: others.length })} className="mb-3">
              <div className={GRID}>{others.map(input)}</div>
            </Details>
          )}
          {call.fields.length === 0 && call.access !== "application" ? (
            <p className="mb-4 text-ink-2">{t("noFields")}</p>
          ) : null}
          <SubmitButton pending={run.isPending}>{run.isPending ? t("executing") : t("execute")}</SubmitButton>
        </Form>
      </Card>
      <AnswerShown answer={run.data} isLost={run.isError} />
      <RequestShown call={call} request={request} baseUrl={baseUrl} />
      <Dialog
        open={isAsking}
        onClose={() => {
          setAsking(false);
        }}
        title={t("confirmTitle")}
        width="narrow"
      >
        <Question call={call} request={request} values={values} />
        <DialogActions>
          <PressButton
            variant="ghost"
            onClick={() => {
              setAsking(false);
            }}
          >
            {t("cancel")}
          </PressButton>
          <PressButton
            onClick={() => {
              setAsking(false);
              run.mutate(request);
            }}
          >
            {t("execute")}
          </PressButton>
        </DialogActions>
      </Dialog>
    </div>
  );
}

/** What is about to happen, in the reader's words where they are simpler than the wire's. */
function Question(props: { call: ConsoleCall; request: BuiltRequest; values: Values }) {
  const { call, request, values } = props;
  const t = useTranslations("console");
  const locale = useLocale();
  const { transfer } = call;
  if (transfer === null) {
    return (
      <p>
        <Unbroken text={t("confirmText", { call: `${request.method} ${request.below}` })} />
      </p>
    );
  }
  const credits = String(request.body?.[transfer.credits]);
  return (
    <p>
      <Unbroken
        text={t("confirmTransfer", {
          credits: formatCredits(locale, credits),
          n: pluralOf(credits),
          source: values[transfer.source] ?? "",
          target: values[transfer.target] ?? "",
        })}
      />
    </p>
  );
}

/** The reader's first account stands where a call wants one: it is the account most calls are about. */
function firstValues(call: ConsoleCall, services: readonly ServiceChoice[]): Values {
  const [first] = services;
  const takesService = call.fields.some(({ place, kind }) => place === "path" && kind === "service");
  return takesService && first !== undefined ? { serviceName: first.serviceName } : {};
}
