"use client";

import { type ReactNode, useContext } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";
import type { ButtonVariant } from "./button-look";
import { FormReady } from "./form";
import { ProgressLine } from "./progress";

/**
 * The button that sends a form. Of a form whose `action` is a server action it shows by itself that it is under way; of
 * a `Form` it is told.
 */
export function SubmitButton({
  variant = "primary",
  pending = false,
  className = "",
  children,
}: {
  variant?: ButtonVariant;
  pending?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const status = useFormStatus();
  const isPending = pending || status.pending;
  return (
    <>
      <Button
        type="submit"
        variant={variant}
        pending={isPending}
        disabled={!useContext(FormReady)}
        className={className}
      >
        {children}
      </Button>
      {isPending ? <ProgressLine /> : null}
    </>
  );
}
