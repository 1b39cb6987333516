"use client";

import { ErrorPage } from "@/components/shell/error-page";
import { chooseLocale } from "@/lib/i18n/locales";
import "./globals.css";

/** When even the outermost layout failed: no settings of the reader are known but the browser's languages. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  const languages = typeof navigator === "undefined" ? null : navigator.languages.join(",");
  const locale = chooseLocale(undefined, languages);
  return (
    <html lang={locale}>
      <body>
        <ErrorPage
          locale={locale}
          reference={error.digest}
          onRetry={() => {
            window.location.reload();
          }}
        />
      </body>
    </html>
  );
}
