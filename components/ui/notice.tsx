import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

const KINDS = {
  info: { look: "border-accent bg-accent-soft", tint: "text-accent", icon: "info" },
  good: { look: "border-good bg-good-soft", tint: "text-good", icon: "check" },
  warn: { look: "border-warn bg-warn-soft", tint: "text-warn", icon: "warn" },
  bad: { look: "border-bad bg-bad-soft", tint: "text-bad", icon: "bad" },
} as const satisfies Record<string, { look: string; tint: string; icon: IconName }>;

/**
 * A message about the page. `announce="status"` is read out when the reader pauses, `"alert"` at once (for what went
 * wrong after an action); leave it out for what stands on the page from the start.
 */
export function Notice({
  kind = "info",
  title,
  announce,
  className = "",
  children,
}: {
  kind?: keyof typeof KINDS;
  title?: ReactNode;
  announce?: "status" | "alert";
  className?: string;
  children?: ReactNode;
}) {
  const { look, tint, icon } = KINDS[kind];
  return (
    <div
      role={announce}
      className={`mb-4 flex items-start gap-3 rounded-r-s border-l-3 px-4 py-3 text-ink ${look} ${className}`}
    >
      <Icon name={icon} className={`mt-1 ${tint}`} />
      <div className="min-w-0 flex-1">
        {title === undefined ? null : <p className="font-semibold">{title}</p>}
        {children === undefined ? null : <div>{children}</div>}
      </div>
    </div>
  );
}
