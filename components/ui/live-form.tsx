"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useTransition } from "react";

const SETTLED_MS = 300;

/**
 * A form that is sent by its address (GET) and works as such without JavaScript. With it, the page follows what is
 * typed or chosen, and the address with it. `values` is what the page was drawn for: fields follow it when a link
 * changed it, except the one that is being typed in.
 */
export function LiveForm({
  action,
  values,
  label,
  className = "",
  children,
}: {
  action: Route;
  values: Readonly<Record<string, string>>;
  label: string;
  className?: string;
  children: ReactNode;
}) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isPending, startTransition] = useTransition();
  const drawnFor = JSON.stringify(values);

  useEffect(() => {
    const drawn = JSON.parse(drawnFor) as Record<string, string>;
    const given = new Map(Object.entries(drawn));
    for (const field of form.current?.elements ?? []) {
      if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
      const value = given.get(field.name);
      if (typeof value === "string" && field !== document.activeElement) field.value = value;
    }
  }, [drawnFor]);

  const follow = (afterMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (form.current === null) return;
      const address = addressOf(action, form.current);
      startTransition(() => {
        router.replace(address, { scroll: false });
      });
    }, afterMs);
  };

  return (
    <form
      ref={form}
      method="get"
      action={action}
      aria-label={label}
      aria-busy={isPending}
      className={className}
      onInput={(event) => {
        follow(event.target instanceof HTMLSelectElement ? 0 : SETTLED_MS);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        follow(0);
      }}
    >
      {children}
    </form>
  );
}

function addressOf(action: Route, form: HTMLFormElement): Route {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value !== "") query.set(name, value);
  }
  // Safe because a query never changes which page an address leads to.
  return query.size === 0 ? action : `${action}?${query.toString()}`;
}
