import { getLocale, getMessages, getTimeZone } from "next-intl/server";
import type { ReactNode } from "react";
import { isDevelopment } from "@/lib/env";
import type { Namespace } from "@/lib/i18n/messages";
import { ClientMessages } from "./client-messages";

/** Gives the client components inside the messages of these namespaces, and no others: they travel with the page. */
export async function NamespaceMessages({
  namespaces,
  children,
}: {
  namespaces: readonly Namespace[];
  children: ReactNode;
}) {
  const [all, locale, timeZone] = await Promise.all([getMessages(), getLocale(), getTimeZone()]);
  const needed = Object.fromEntries(namespaces.map((namespace) => [namespace, all[namespace]]));
  return (
    <ClientMessages locale={locale} timeZone={timeZone} messages={needed} strict={isDevelopment()}>
      {children}
    </ClientMessages>
  );
}
