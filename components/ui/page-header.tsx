import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

export type Crumb = { text: string; href?: Route };

/** Where this page stands. The last crumb is the page itself and needs no `href`. */
export function Breadcrumb({ label, crumbs }: { label: string; crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label={label} className="mb-1.5 text-s text-ink-3 print:hidden">
      <ol className="crumbs">
        {crumbs.map((crumb, position) => (
          <li key={crumb.text}>
            {position === 0 ? null : <span aria-hidden="true">/</span>}
            {crumb.href === undefined ? (
              <span aria-current={position === crumbs.length - 1 ? "page" : undefined}>{crumb.text}</span>
            ) : (
              <Link href={crumb.href}>{crumb.text}</Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The one h1 of a page, with a line below it and what can be done at its right. */
export function PageHeader({
  title,
  description,
  actions,
}: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-xl font-bold tracking-tight">{title}</h1>
        {description === undefined ? null : <p className="mt-1 text-ink-2">{description}</p>}
      </div>
      {actions === undefined ? null : <div className="flex flex-wrap gap-3 print:hidden">{actions}</div>}
    </div>
  );
}
