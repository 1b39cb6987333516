"use client";

import { useActionState } from "react";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { PasswordInput } from "./password-input";

/** What the server answered, in the reader's language. */
export type NewPasswordState = {
  readonly passwordProblem?: string;
  readonly problem?: string;
};

/** Is sent as a plain form when there is no JavaScript, and answers in place when there is. */
export function NewPasswordForm({
  token,
  texts,
  newPasswordAction,
}: {
  token: string;
  texts: { password: string; hint: string; submit: string };
  newPasswordAction: (before: NewPasswordState, form: FormData) => Promise<NewPasswordState>;
}) {
  const [state, send] = useActionState(newPasswordAction, {});
  return (
    <form action={send} noValidate>
      {state.problem === undefined ? null : (
        <Notice kind="bad" announce="alert">
          {state.problem}
        </Notice>
      )}
      <input type="hidden" name="token" value={token} />
      <Field id="password" label={texts.password} hint={texts.hint} error={state.passwordProblem}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
      </Field>
      <SubmitButton className="mt-2 w-full">{texts.submit}</SubmitButton>
    </form>
  );
}
