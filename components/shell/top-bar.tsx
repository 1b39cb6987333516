import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Brand } from "./brand";
import { NavLink } from "./nav-link";
import { SkipLink } from "./skip-link";

/** The bar at the top: the mark, the sections, and at its end whatever belongs to the reader. */
export function TopBar({
  product,
  skip,
  label,
  sections,
  children,
}: {
  product: string;
  skip: string;
  label: string;
  sections: readonly { href: Route; text: string }[];
  children: ReactNode;
}) {
  return (
    <header className="flex h-14 items-center gap-3 border-b border-line bg-card px-4 sm:gap-8 sm:px-6 print:hidden">
      <SkipLink text={skip} />
      <Link href="/" className="shrink-0 rounded-s">
        <Brand name={product} />
      </Link>
      <nav
        aria-label={label}
        className="min-w-0 self-stretch overflow-x-auto [scrollbar-width:none] max-sm:[mask-image:linear-gradient(to_right,#000_calc(100%-2rem),transparent)]"
      >
        <ul className="flex h-full w-max gap-5 max-sm:pr-8">
          {sections.map((section) => (
            <li key={section.href} className="flex">
              <NavLink href={section.href} className="section-link">
                {section.text}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="ml-auto flex shrink-0 items-center gap-1 sm:gap-2">{children}</div>
    </header>
  );
}
