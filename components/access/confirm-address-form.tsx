"use client";

import { useActionState } from "react";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";

/** What went wrong, in the reader's language; empty before. */
export type ConfirmAddressState = string;

/** Is sent as a plain form when there is no JavaScript. */
export function ConfirmAddressForm({
  token,
  submit,
  confirmAddressAction,
}: {
  token: string;
  submit: string;
  confirmAddressAction: (before: ConfirmAddressState, form: FormData) => Promise<ConfirmAddressState>;
}) {
  const [problem, send] = useActionState(confirmAddressAction, "");
  return (
    <form action={send}>
      {problem === "" ? null : (
        <Notice kind="bad" announce="alert">
          {problem}
        </Notice>
      )}
      <input type="hidden" name="token" value={token} />
      <SubmitButton>{submit}</SubmitButton>
    </form>
  );
}
