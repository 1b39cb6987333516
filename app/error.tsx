"use client";

import { useRouter } from "next/navigation";
import { startTransition, useContext } from "react";
import { ErrorPage } from "@/components/shell/error-page";
import { LocaleContext } from "@/components/shell/locale-context";

export default function ErrorBoundary({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const locale = useContext(LocaleContext);
  const router = useRouter();
  const retry = () => {
    startTransition(() => {
      router.refresh();
      reset();
    });
  };
  return <ErrorPage locale={locale} reference={error.digest} onRetry={retry} />;
}
