"use client";

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
      <button type="submit" className={className}>
        {text}
      </button>
    </form>
  );
}
