"use client";

import { useRouter } from "next/navigation";
import { startTransition, useContext } from "react";
import { ErrorCard } from "./error-card";
import { LocaleContext } from "./locale-context";

export type PageErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** A page that failed, with the way to ask for it again. */
export function PageError({ error, reset }: PageErrorProps) {
  const { locale, texts } = useContext(LocaleContext);
  const router = useRouter();
  const retry = () => {
    startTransition(() => {
      router.refresh();
      reset();
    });
  };
  return <ErrorCard locale={locale} texts={texts} reference={error.digest} onRetry={retry} />;
}
