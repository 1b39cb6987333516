import type { ReactNode } from "react";

/** Stands where a list would: says that there is nothing, why, and what to do next. */
export function EmptyState({
  title,
  action,
  children,
}: {
  title: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="rounded-m border border-dashed border-line-strong px-4 py-10 text-center">
      <p className="font-semibold">{title}</p>
      {children === undefined ? null : <div className="mx-auto mt-1 max-w-prose text-ink-2">{children}</div>}
      {action === undefined ? null : <div className="mt-4">{action}</div>}
    </div>
  );
}
