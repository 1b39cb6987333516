"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";
import type { ButtonVariant } from "./button-look";

/** The button that sends a form whose `action` is a server action; shows by itself that it is under way. */
export function SubmitButton({
  variant = "primary",
  className = "",
  children,
}: {
  variant?: ButtonVariant;
  className?: string;
  children: ReactNode;
}) {
  const { pending } = useFormStatus();
  return (
    <Button type="submit" variant={variant} pending={pending} className={className}>
      {children}
    </Button>
  );
}
