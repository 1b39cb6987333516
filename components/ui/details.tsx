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
    <details open={open} className={className === "" ? "more" : `more ${className}`}>
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}
