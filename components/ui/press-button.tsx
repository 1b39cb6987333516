"use client";

import type { ComponentProps, MouseEventHandler } from "react";
import { Button } from "./button";
import { useIsTakenOver } from "./use-is-taken-over";

/** A button that a script answers. It is shut until the script is there: a press before that would be lost. */
export function PressButton({
  disabled = false,
  ...rest
}: Omit<ComponentProps<typeof Button>, "type"> & { onClick: MouseEventHandler<HTMLButtonElement> }) {
  const isTakenOver = useIsTakenOver();
  return <Button {...rest} disabled={disabled || !isTakenOver} />;
}
