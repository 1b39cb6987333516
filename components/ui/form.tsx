"use client";

import { createContext, type ReactNode, useEffect } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { useIsTakenOver } from "./use-is-taken-over";

/** May the buttons of the form around be pressed? Those of a form that the browser sends by itself always may. */
export const FormReady = createContext(true);

/**
 * A form that a script sends. Until the script is there its button does nothing, nor does Enter: the browser would send
 * the form by itself and write what was typed into the address. It says "post" besides, for whatever gets past the button.
 */
export function Form(props: {
  onSubmit: () => unknown;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <form
      method="post"
      noValidate
      className={props.className}
      onSubmit={(event) => {
        event.preventDefault();
        void props.onSubmit();
      }}
    >
      <FormReady value={useIsTakenOver()}>{props.children}</FormReady>
    </form>
  );
}

/**
 * Takes over what was typed, or put back by the browser, before the script was there. For forms without default values:
 * their fields are read when they are registered, which nobody who watches them has heard of.
 */
export function useEarlyTyping<Values extends FieldValues>({
  getValues,
  reset,
}: UseFormReturn<Values>): void {
  useEffect(() => {
    const early = getValues();
    if (Object.values(early).some((value) => value !== "" && value !== undefined)) {
      reset(early, { keepDefaultValues: true });
    }
  }, [getValues, reset]);
}
