"use client";

import { useLocale, useTranslations } from "next-intl";
import { useActionState } from "react";
import { CheckField } from "@/components/ui/check";
import { Field, FieldGroup } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { formatCount } from "@/lib/format";

/** What the server answered, in the reader's language, and what was typed if it is still to be mended. */
export type CorrectionState = {
  readonly kind: "good" | "bad";
  readonly text: string;
  readonly fields: { readonly amount?: string; readonly reason?: string };
  readonly typed: { readonly way: string; readonly amount: string; readonly reason: string } | null;
} | null;

type CorrectionAction = (before: CorrectionState, form: FormData) => Promise<CorrectionState>;

/**
 * A correction: whether it adds or takes, how much, and why. A plain form where there is no JavaScript. The key is of the
 * account's last correction: sent again after a lost answer, it is the same one.
 */
export function CorrectionForm(props: {
  fourEyesAbove: number;
  idempotencyKey: string;
  requestAction: CorrectionAction;
}) {
  const t = useTranslations("support.corrections");
  const locale = useLocale();
  const [state, send] = useActionState(props.requestAction, null);
  const typed = state?.typed ?? null;
  return (
    <form action={send} noValidate>
      <input type="hidden" name="idempotencyKey" value={props.idempotencyKey} />
      {state === null ? null : (
        <Notice kind={state.kind} announce={state.kind === "bad" ? "alert" : "status"}>
          {state.text}
        </Notice>
      )}
      {/* React empties a form that was sent: anew, it stands as it was typed. */}
      <div key={JSON.stringify(typed)}>
        <FieldGroup legend={t("way")}>
          {(["add", "take"] as const).map((way) => (
            <CheckField
              key={way}
              type="radio"
              name="way"
              value={way}
              defaultChecked={(typed?.way ?? "add") === way}
              label={t(`ways.${way}`)}
            />
          ))}
        </FieldGroup>
        <Field
          id="correction-amount"
          label={t("amount")}
          hint={t("amountHint", { most: formatCount(locale, props.fourEyesAbove), n: props.fourEyesAbove })}
          error={state?.fields.amount}
        >
          {(control) => (
            <TextInput
              {...control}
              name="amount"
              width="amount"
              inputMode="decimal"
              autoComplete="off"
              defaultValue={typed?.amount ?? ""}
            />
          )}
        </Field>
        <Field id="correction-reason" label={t("reason")} hint={t("reasonHint")} error={state?.fields.reason}>
          {(control) => (
            <Textarea
              {...control}
              name="reason"
              rows={2}
              maxLength={500}
              defaultValue={typed?.reason ?? ""}
            />
          )}
        </Field>
      </div>
      <SubmitButton>{t("submit")}</SubmitButton>
    </form>
  );
}

/** The answers to a correction that waits. What one asked for oneself one may only take back. */
export function CorrectionDecision(props: { mayApprove: boolean; decideAction: CorrectionAction }) {
  const t = useTranslations("support.corrections");
  const [state, send] = useActionState(props.decideAction, null);
  const answers = props.mayApprove ? (["approve", "reject"] as const) : (["reject"] as const);
  return (
    <div className="flex flex-wrap items-center gap-3">
      {answers.map((decision) => (
        <form key={decision} action={send}>
          <input type="hidden" name="decision" value={decision} />
          <SubmitButton variant={decision === "approve" ? "primary" : "ghost"}>
            {t(props.mayApprove ? decision : "takeBack")}
          </SubmitButton>
        </form>
      ))}
      {state === null ? null : (
        <p
          role={state.kind === "bad" ? "alert" : "status"}
          className={state.kind === "bad" ? "text-bad" : ""}
        >
          {state.text}
        </p>
      )}
    </div>
  );
}
