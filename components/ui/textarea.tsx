import type { ComponentProps } from "react";
import { CONTROL } from "./text-input";

/** Several lines of text. Grows with what is typed where the browser can. */
export function Textarea({ className = "", rows = 4, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      {...rest}
      rows={rows}
      className={`${CONTROL} field-sizing-content min-h-28 w-full ${className}`}
    />
  );
}
