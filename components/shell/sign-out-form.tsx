"use client";

import { FormProgress } from "../ui/form-progress";
import { forgetDrafts } from "./drafts";

/** The way out. What was being written goes with whoever wrote it. */
export function SignOutForm({
  text,
  className,
  signOutAction,
}: {
  text: string;
  className: string;
  signOutAction: () => Promise<void>;
}) {
  return (
    <form action={signOutAction} onSubmit={forgetDrafts}>
      <FormProgress />
      <button type="submit" className={className}>
        {text}
      </button>
    </form>
  );
}
