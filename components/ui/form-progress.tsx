"use client";

import { useFormStatus } from "react-dom";
import { ProgressLine } from "./progress";

/** The line of progress for a form whose `action` is a server action and that has no `SubmitButton`. */
export function FormProgress() {
  return useFormStatus().pending ? <ProgressLine /> : null;
}
