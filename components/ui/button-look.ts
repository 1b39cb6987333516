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

/** What a button and a link that looks like one have in common. */
export type ButtonLook = { variant?: ButtonVariant; className?: string };

export const buttonClassName = ({ variant = "primary", className = "" }: ButtonLook): string =>
  `${BASE} ${VARIANTS[variant]} ${className}`;
