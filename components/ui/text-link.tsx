import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

const LOOK = "text-link";

/** A link in a line of text or at the right of a heading. */
export function TextLink({
  href,
  prefetch,
  className = "",
  children,
}: {
  href: Route;
  prefetch?: false;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Link
      href={href}
      {...(prefetch === undefined ? {} : { prefetch })}
      className={className === "" ? LOOK : `${LOOK} ${className}`}
    >
      {children}
    </Link>
  );
}

/** As `TextLink`, for a file: the browser fetches it, not the router. */
export function FileLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className={LOOK}>
      {children}
    </a>
  );
}
