import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClassName, type ButtonLook } from "./button-look";

/**
 * A link that looks like a button, for what leads to another page. Apart from the button, which stands on pages of
 * failure and in forms: the framework's link weighs 3 kB there, once for each chunk that names it.
 */
export function ButtonLink({ href, children, ...look }: ButtonLook & { href: Route; children: ReactNode }) {
  return (
    <Link href={href} className={buttonClassName(look)}>
      {children}
    </Link>
  );
}
