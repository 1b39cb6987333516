"use client";

import { NextIntlClientProvider } from "next-intl";
import type { ComponentProps } from "react";
import { refuseMessage } from "@/lib/i18n/unreadable-message";

type ClientMessagesProps = ComponentProps<typeof NextIntlClientProvider> & {
  /** A message that cannot be shown ends the page, instead of its key being shown. */
  strict: boolean;
};

/** Messages for client components. A function cannot come from the server, so what happens to a wrong one is said here. */
export function ClientMessages({ strict, ...messages }: ClientMessagesProps) {
  return <NextIntlClientProvider {...messages} {...(strict && { onError: refuseMessage })} />;
}
