"use client";

import type { Locale } from "@/lib/i18n/locales";
import en from "@/lib/i18n/messages/en/errors.json";
import fr from "@/lib/i18n/messages/fr/errors.json";
import it from "@/lib/i18n/messages/it/errors.json";
import { Button } from "../ui/button";
import { Card } from "../ui/card";

// In the bundle, in every language: a page that failed may not be able to fetch anything.
const TEXTS = { it, fr, en } as const satisfies Record<Locale, Record<keyof typeof it, string>>;

/**
 * Stands in for a page that failed, inside the frame that is left of it. Of the error it knows only `reference`, the id
 * under which the server logged it; "unavailable" marks what will pass by itself.
 */
export function ErrorCard({
  locale,
  reference,
  onRetry,
}: {
  locale: Locale;
  reference: string | undefined;
  onRetry: () => void;
}) {
  const texts = TEXTS[locale];
  const isUnavailable = reference === "unavailable";
  const text = reference === undefined ? texts.textWithoutReference : texts.text;
  return (
    <div lang={locale}>
      <Card className="mx-auto max-w-136">
        <div role="alert">
          <h1 className="text-xl font-bold tracking-tight">
            {isUnavailable ? texts.unavailableTitle : texts.title}
          </h1>
          <p className="mt-2 text-ink-2">{isUnavailable ? texts.unavailableText : text}</p>
          {/* The page may have failed after what was done by it: it must not be taken for undone, and done twice. */}
          <p className="mt-2 text-ink-2">{texts.mayBeDone}</p>
        </div>
        {reference === undefined || isUnavailable ? null : (
          <p className="mt-2 text-s text-ink-3">
            <span>{texts.reference}</span> <code translate="no">{reference}</code>
          </p>
        )}
        <Button className="mt-5" onClick={onRetry}>
          {texts.retry}
        </Button>
      </Card>
    </div>
  );
}
