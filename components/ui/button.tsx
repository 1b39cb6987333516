import type { Route } from "next";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

const BASE =
  "inline-flex items-center justify-center gap-2 rounded-s font-semibold no-underline " +
  "cursor-pointer transition-colors disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-progress";

const VARIANTS = {
  primary: "min-h-11 border border-transparent bg-accent px-4.5 py-2 text-on-accent hover:bg-accent-strong",
  ghost: "min-h-11 border border-line-strong bg-card px-4.5 py-2 text-ink hover:bg-sunk",
  danger: "min-h-11 border border-bad bg-card px-4.5 py-2 text-bad hover:bg-bad-soft",
  link: "border-0 bg-transparent p-0 text-accent underline-offset-4 hover:text-accent-strong hover:underline",
} as const;

export type ButtonVariant = keyof typeof VARIANTS;

type Look = { variant?: ButtonVariant; className?: string };

/**
 * A button. While `pending` it keeps its place and its focus, shows that it works, and does nothing when pressed
 * again: `aria-disabled`, not `disabled`, since a disabled button would throw the focus away.
 */
export function Button({
  variant = "primary",
  pending = false,
  className = "",
  type = "button",
  onClick,
  children,
  ...rest
}: Look & { pending?: boolean } & Omit<ComponentProps<"button">, "className">) {
  return (
    <button
      {...rest}
      type={pending && type === "submit" ? "button" : type}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? undefined : onClick}
      className={`${BASE} ${VARIANTS[variant]} ${className}`}
    >
      {pending ? <Spinner /> : null}
      {children}
    </button>
  );
}

/** A link that looks like a button, for what leads to another page. */
export function ButtonLink({
  href,
  variant = "primary",
  className = "",
  children,
}: Look & { href: Route; children: ReactNode }) {
  return (
    <Link href={href} className={`${BASE} ${VARIANTS[variant]} ${className}`}>
      {children}
    </Link>
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
