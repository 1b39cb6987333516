"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** A link that knows whether the reader is on its page (`"page"`) or somewhere below it (`"true"`). */
export function NavLink({
  href,
  className,
  children,
}: {
  href: Route;
  className: string;
  children: ReactNode;
}) {
  const pathname = usePathname();
  const current = pathname === href ? "page" : pathname.startsWith(`${href}/`) ? "true" : undefined;
  return (
    <Link href={href} aria-current={current} className={className}>
      {children}
    </Link>
  );
}
