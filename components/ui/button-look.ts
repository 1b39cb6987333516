export type ButtonVariant = "primary" | "ghost" | "danger" | "link";

/** What a button and a link that looks like one have in common; how they look stands in the style sheet. */
export type ButtonLook = { variant?: ButtonVariant; className?: string };

export const buttonClassName = ({ variant = "primary", className = "" }: ButtonLook): string =>
  `button ${variant} ${className}`.trimEnd();
