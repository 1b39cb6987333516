"use client";

import { lazy, Suspense } from "react";
import type { PageErrorProps } from "@/components/shell/page-error";

/** Fetched when it is needed: every page ships this module beside its group's own, which holds the same. */
const PageError = lazy(async () => {
  const { PageError: Page } = await import("@/components/shell/page-error");
  return { default: Page };
});

/** Where no frame is left: the layout around the page failed. */
export default function ErrorBoundary(props: PageErrorProps) {
  return (
    <main id="main" className="px-4 py-8 sm:py-16">
      <Suspense>
        <PageError {...props} />
      </Suspense>
    </main>
  );
}
