"use client";

import { PageError, type PageErrorProps } from "@/components/shell/page-error";

/** Where no frame is left: the layout around the page failed. */
export default function ErrorBoundary(props: PageErrorProps) {
  return (
    <main id="main" className="px-4 py-8 sm:py-16">
      <PageError {...props} />
    </main>
  );
}
