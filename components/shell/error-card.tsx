"use client";

import type { Locale } from "@/lib/i18n/locales";
import { PressButton } from "../ui/press-button";
import { Card } from "../ui/card";
import type { ErrorTexts } from "./error-texts";

/**
 * Stands in for a page that failed, inside the frame that is left of it. Of the error it knows only `reference`, the id
 * under which the server logged it; "unavailable" marks what will pass by itself.
 */
export function ErrorCard({
  locale,
  texts,
  reference,
  onRetry,
}: {
  locale: Locale;
  texts: ErrorTexts;
  reference: string | undefined;
  onRetry: () => void;
}) {
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
        <PressButton className="mt-5" onClick={onRetry}>
          {texts.retry}
        </PressButton>
      </Card>
    </div>
  );
}
