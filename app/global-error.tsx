"use client";

import { lazy, Suspense } from "react";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import "./globals.css";

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

/** When even the outermost layout failed: no settings of the reader are known but the browser's languages. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  const languages = typeof navigator === "undefined" ? [] : navigator.languages;
  const locale = languages.map((tag) => tag.split("-")[0]?.toLowerCase()).find(isLocale) ?? DEFAULT_LOCALE;
  return (
    <html lang={locale}>
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
