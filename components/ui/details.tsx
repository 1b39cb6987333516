import type { ReactNode } from "react";

/** What most readers can do without, one press away; works without JavaScript. */
export function Details({
  summary,
  open,
  className = "",
  children,
}: {
  summary: ReactNode;
  open?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <details open={open} className={`text-ink-2 ${className}`}>
      <summary className="w-fit rounded-s py-1 text-s font-semibold hover:text-ink">{summary}</summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}
