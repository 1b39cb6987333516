import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

const KINDS = {
  good: { look: "bg-good-soft text-good", icon: "check" },
  warn: { look: "bg-warn-soft text-warn", icon: "warn" },
  bad: { look: "bg-bad-soft text-bad", icon: "bad" },
  neutral: { look: "bg-sunk text-ink-2", icon: "pause" },
} as const satisfies Record<string, { look: string; icon: IconName }>;

export type PillKind = keyof typeof KINDS;

/** A state in words, colour and sign together: never colour alone. */
export function Pill({
  kind,
  className = "",
  children,
}: {
  kind: PillKind;
  className?: string;
  children: ReactNode;
}) {
  const { look, icon } = KINDS[kind];
  return (
    <span className={className === "" ? `pill ${look}` : `pill ${look} ${className}`}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  );
}
