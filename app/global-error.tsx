"use client";

import { lazy, Suspense } from "react";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import "./globals.css";

/** Fetched when it is needed: every page ships this module, and beside it the error page with which a page fails. */
const ErrorPage = lazy(async () => {
  const page = await import("@/components/shell/error-page");
  return { default: page.ErrorPage };
});

/** When even the outermost layout failed: no settings of the reader are known but the browser's languages. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  const languages = typeof navigator === "undefined" ? [] : navigator.languages;
  const locale = languages.map((tag) => tag.split("-")[0]?.toLowerCase()).find(isLocale) ?? DEFAULT_LOCALE;
  return (
    <html lang={locale}>
      <body>
        <Suspense>
          <ErrorPage
            locale={locale}
            reference={error.digest}
            onRetry={() => {
              window.location.reload();
            }}
          />
        </Suspense>
      </body>
    </html>
  );
}
