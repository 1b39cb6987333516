"use client";

import { useActionState } from "react";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { TextInput } from "../ui/text-input";
import { PasswordInput } from "./password-input";

/** What the server answered: texts in the reader's language, and the address that was typed. Never the password. */
export type SignInState = {
  readonly email: string;
  readonly emailProblem?: string;
  readonly passwordProblem?: string;
  readonly problem?: string;
};

/** Is sent as a plain form when there is no JavaScript, and answers in place when there is. */
export function SignInForm({
  returnPath,
  texts,
  signInAction,
}: {
  returnPath: string;
  texts: { email: string; password: string; submit: string; failed: string };
  signInAction: (before: SignInState, form: FormData) => Promise<SignInState>;
}) {
  const [state, send] = useActionState(signInAction, { email: "" });
  return (
    <form action={send} noValidate>
      {state.problem === undefined ? null : (
        <Notice kind="bad" title={texts.failed} announce="alert">
          <p>{state.problem}</p>
        </Notice>
      )}
      <input type="hidden" name="return" value={returnPath} />
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
      <Field id="password" label={texts.password} error={state.passwordProblem}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" />}
      </Field>
      <SubmitButton className="mt-2 w-full">{texts.submit}</SubmitButton>
    </form>
  );
}
