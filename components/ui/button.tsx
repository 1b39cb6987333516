import type { ComponentProps } from "react";
import { buttonClassName, type ButtonLook } from "./button-look";

/**
 * A button. While `pending` it keeps its place and its focus, shows that it works, and does nothing when pressed
 * again: `aria-disabled`, not `disabled`, since a disabled button would throw the focus away. One that a script answers is
 * a `PressButton`.
 */
export function Button({
  variant = "primary",
  pending = false,
  className = "",
  type = "button",
  onClick,
  children,
  ...rest
}: ButtonLook & { pending?: boolean } & Omit<ComponentProps<"button">, "className">) {
  return (
    <button
      {...rest}
      type={pending && type === "submit" ? "button" : type}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      // eslint-disable-next-line no-restricted-syntax -- what PressButton hands down
      onClick={pending ? undefined : onClick}
      className={buttonClassName({ variant, className })}
    >
      {pending ? <Spinner /> : null}
      <span>{children}</span>
    </button>
  );
}

function Spinner() {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      className="size-[1.1em] animate-spin fill-none stroke-current stroke-2"
    >
      <circle cx="10" cy="10" r="7" className="opacity-30" />
      <path d="M17 10a7 7 0 00-7-7" strokeLinecap="round" />
    </svg>
  );
}
