import type { ComponentProps } from "react";
import { CONTROL } from "./text-input";

/** The browser's own select: keyboard, screen reader and phone wheel come with it. */
export function Select({ className = "", children, ...rest }: ComponentProps<"select">) {
  return (
    <select {...rest} className={`${CONTROL} min-w-48 ${className}`}>
      {children}
    </select>
  );
}
