import type { ComponentProps } from "react";

export const CONTROL =
  "min-h-11 max-w-full rounded-s border border-line-strong bg-card px-3 py-2 text-ink placeholder:text-ink-3 " +
  "aria-invalid:border-bad aria-invalid:ring-1 aria-invalid:ring-bad disabled:bg-sunk disabled:text-ink-3";

const WIDTHS = { full: "w-full", amount: "w-36 text-right", medium: "w-72", date: "w-44" } as const;

/** One line of text. `width="amount"` is for numbers: short, and aligned to the right. */
export function TextInput({
  width = "full",
  className = "",
  type = "text",
  ...rest
}: { width?: keyof typeof WIDTHS } & Omit<ComponentProps<"input">, "width">) {
  return <input {...rest} type={type} className={`${CONTROL} ${WIDTHS[width]} ${className}`} />;
}
