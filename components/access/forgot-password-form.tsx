"use client";

import { useActionState } from "react";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { TextInput } from "../ui/text-input";

/** What the server answered, in the reader's language. `sent` says that a mail is on its way, if somebody has the address. */
export type ForgotPasswordState = {
  readonly email: string;
  readonly emailProblem?: string;
  readonly problem?: string;
  readonly sent?: string;
};

/** Is sent as a plain form when there is no JavaScript, and answers in place when there is. */
export function ForgotPasswordForm({
  texts,
  forgotPasswordAction,
}: {
  texts: { email: string; submit: string };
  forgotPasswordAction: (before: ForgotPasswordState, form: FormData) => Promise<ForgotPasswordState>;
}) {
  const [state, send] = useActionState(forgotPasswordAction, { email: "" });
  return (
    <form action={send} noValidate>
      {state.problem === undefined ? null : (
        <Notice kind="bad" announce="alert">
          {state.problem}
        </Notice>
      )}
      {state.sent === undefined ? null : (
        <Notice kind="good" announce="status">
          {state.sent}
        </Notice>
      )}
      <Field id="email" label={texts.email} error={state.emailProblem}>
        {(control) => (
          <TextInput
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={state.email}
            maxLength={254}
          />
        )}
      </Field>
      <SubmitButton className="mt-2 w-full">{texts.submit}</SubmitButton>
    </form>
  );
}
