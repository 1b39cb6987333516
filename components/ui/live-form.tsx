"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useEffectEvent, useRef, useTransition } from "react";
import { formAddressOf } from "./form-address";
import { ProgressLine } from "./progress";

const DEBOUNCE_MS = 300;

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
  const isTakenOver = useRef(false);
  const drawnFor = JSON.stringify(values);

  useEffect(() => {
    if (!isTakenOver.current) return;
    const drawn = JSON.parse(drawnFor) as Record<string, string>;
    const given = new Map(Object.entries(drawn));
    for (const field of form.current?.elements ?? []) {
      if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
      const value = given.get(field.name);
      if (typeof value === "string" && field !== document.activeElement) field.value = value;
    }
  }, [drawnFor]);

  // What was typed before this script came is followed as if it were typed now.
  useEffect(() => {
    const typed = document.activeElement;
    if (!(typed instanceof HTMLInputElement) || typed.form !== form.current) return;
    if (typed.value !== typed.defaultValue) typed.dispatchEvent(new Event("input", { bubbles: true }));
  }, []);

  // A link of this page, to another order of the rows for instance, was drawn before what is typed now: it takes it along.
  useEffect(() => {
    const drawn = JSON.parse(drawnFor) as Record<string, string>;
    const takeAlong = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (link === null || form.current === null || !isPlainClick(event)) return;
      const address = new URL(link.href);
      if (address.origin !== location.origin || address.pathname !== action || link.target !== "") return;
      clearTimeout(timer.current);
      const linked = address.searchParams;
      // What the link itself changes stands.
      const changed = [...new FormData(form.current)].filter(
        ([name, value]) => value !== (drawn[name] ?? "") && (linked.get(name) ?? "") === (drawn[name] ?? ""),
      );
      if (changed.length === 0) return;
      event.preventDefault();
      for (const [name, value] of changed) if (typeof value === "string") linked.set(name, value);
      startTransition(() => {
        // Safe because a query never changes which page an address leads to.
        router.push(`${action}${address.search}` as Route, { scroll: false });
      });
    };
    document.addEventListener("click", takeAlong, true);
    return () => {
      document.removeEventListener("click", takeAlong, true);
    };
  }, [action, drawnFor, router]);

  const follow = (afterMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (form.current === null) return;
      const address = formAddressOf(action, form.current);
      startTransition(() => {
        router.replace(address, { scroll: false });
      });
    }, afterMs);
  };

  // What was typed or chosen before the script was there has told nobody: the page follows it now.
  const followEarly = useEffectEvent(() => {
    const isEarly = [...(form.current?.elements ?? [])].some(
      (field) =>
        (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) &&
        (values[field.name] ?? field.value) !== field.value,
    );
    if (isEarly) follow(0);
  });
  useEffect(() => {
    isTakenOver.current = true;
    followEarly();
  }, []);

  return (
    <>
      <form
        ref={form}
        method="get"
        action={action}
        aria-label={label}
        aria-busy={isPending}
        className={className}
        onInput={(event) => {
          follow(event.target instanceof HTMLSelectElement ? 0 : DEBOUNCE_MS);
        }}
        onSubmit={(event) => {
          event.preventDefault();
          follow(0);
        }}
      >
        {children}
      </form>
      {isPending ? <ProgressLine /> : null}
    </>
  );
}

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
