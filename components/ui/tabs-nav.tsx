"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";

export type Tab = {
  href: Route;
  text: string;
  /** Current on pages below it too. The overview of an account is not. */
  includesBelow?: boolean;
};

/** Links to the parts of one thing, the current one marked by the address. On a phone they take as many lines as they need. */
export function TabsNav({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="mb-5 border-b border-line print:hidden">
      <ul className="tabs">
        {tabs.map((tab) => {
          const isCurrent =
            pathname === tab.href || (tab.includesBelow === true && pathname.startsWith(`${tab.href}/`));
          return (
            <li key={tab.href}>
              <Link href={tab.href} aria-current={isCurrent ? "page" : undefined}>
                {tab.text}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
