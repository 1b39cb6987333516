"use client";

import { lazy, Suspense } from "react";
import { DEFAULT_LOCALE, isLocale, LOCALE_COOKIE } from "@/lib/i18n/locales";
import "./globals.css";

const CHOSEN_LOCALE = new RegExp(`(?:^|; )${LOCALE_COOKIE}=(\\w+)`);

/** Fetched when it is needed: every page ships this module, and beside it the error page with which a page fails. */
const ErrorCard = lazy(async () => {
  const [{ ErrorCard: Card }, { ERROR_TEXTS }] = await Promise.all([
    import("@/components/shell/error-card"),
    import("@/components/shell/error-texts"),
  ]);
  return {
    default: (props: Omit<Parameters<typeof Card>[0], "texts">) => (
      <Card {...props} texts={ERROR_TEXTS[props.locale]} />
    ),
  };
});

/** When a layout failed, and with it the frame: of the reader nothing is known but what the browser remembers. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  const chosen = typeof document === "undefined" ? "" : (CHOSEN_LOCALE.exec(document.cookie)?.[1] ?? "");
  const languages = typeof navigator === "undefined" ? [] : [chosen, ...navigator.languages];
  const locale = languages.map((tag) => tag.split("-")[0]?.toLowerCase()).find(isLocale) ?? DEFAULT_LOCALE;
  return (
    <html lang={locale}>
      <head>
        <title>Ricarica</title>
      </head>
      <body>
        <main id="main" className="px-4 py-8 sm:py-16">
          <Suspense>
            <ErrorCard
              locale={locale}
              reference={error.digest}
              onRetry={() => {
                window.location.reload();
              }}
            />
          </Suspense>
        </main>
      </body>
    </html>
  );
}
