import { getLocale, getMessages, getTimeZone } from "next-intl/server";
import type { ReactNode } from "react";
import { isDevelopment } from "@/lib/env";
import type { Messages as AllMessages, Namespace } from "@/lib/i18n/messages";
import { ClientMessages } from "./client-messages";

/** A namespace, or one of its entries: a message or a group of them. */
type Part =
  Namespace | { [Name in Namespace]: `${Name}.${Extract<keyof AllMessages[Name], string>}` }[Namespace];

/** Gives the client components inside these messages, and no others: they travel with the page. */
export async function NamespaceMessages({
  parts,
  children,
}: {
  parts: readonly Part[];
  children: ReactNode;
}) {
  const [messages, locale, timeZone] = await Promise.all([getMessages(), getLocale(), getTimeZone()]);
  const all: Readonly<Record<string, Readonly<Record<string, unknown>>>> = messages;
  const needed: Record<string, Record<string, unknown>> = {};
  for (const part of parts) {
    const [namespace = "", entry] = part.split(".");
    const whole = all[namespace] ?? {};
    const chosen = entry === undefined ? whole : { [entry]: whole[entry] };
    needed[namespace] = { ...needed[namespace], ...chosen };
  }
  return (
    <ClientMessages locale={locale} timeZone={timeZone} messages={needed} strict={isDevelopment()}>
      {children}
    </ClientMessages>
  );
}
