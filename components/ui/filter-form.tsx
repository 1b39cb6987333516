"use client";

import type { Route } from "next";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useTransition } from "react";
import { formAddressOf } from "./form-address";
import { ProgressLine } from "./progress";

/**
 * A question to a list: a form that is sent by its address (GET) and works as such without JavaScript. With it the page
 * is asked for without leaving the one that is there, and a line says that it is on its way.
 */
export function FilterForm({
  action,
  label,
  className = "",
  children,
}: {
  /** The page itself unless told otherwise. */
  action?: Route;
  /** Of a form that is a landmark of its page. */
  label?: string;
  className?: string;
  children: ReactNode;
}) {
  const router = useRouter();
  const pathname = usePathname();
  const [isPending, startTransition] = useTransition();
  return (
    <>
      <form
        method="get"
        action={action}
        // Else a browser that goes back puts in the fields what was chosen for the page after this one.
        autoComplete="off"
        role={label === undefined ? undefined : "search"}
        aria-label={label}
        aria-busy={isPending}
        className={className}
        onSubmit={(event) => {
          event.preventDefault();
          // Safe because a query never changes which page an address leads to.
          const address = formAddressOf(action ?? (pathname as Route), event.currentTarget);
          startTransition(() => {
            router.push(address);
          });
        }}
      >
        {children}
      </form>
      {isPending ? <ProgressLine /> : null}
    </>
  );
}
