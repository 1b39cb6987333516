import type { ComponentProps, ReactNode } from "react";

/** A checkbox (or `type="radio"`) with its label; the whole line can be pressed. */
export function CheckField({
  label,
  type = "checkbox",
  className = "",
  ...rest
}: { label: ReactNode; type?: "checkbox" | "radio" } & Omit<ComponentProps<"input">, "type">) {
  return (
    <label className={`flex min-h-11 items-center gap-2.5 sm:min-h-9 ${className}`}>
      <input {...rest} type={type} className="size-4.5 shrink-0 accent-accent" />
      <span>{label}</span>
    </label>
  );
}
