"use client";

import { lazy, Suspense, useEffect, useRef, useState } from "react";
import type { ListEstimatorProps } from "./list-estimator";

const ListEstimator = lazy(async () => {
  const loaded = await import("./list-estimator");
  return { default: loaded.ListEstimator };
});

/** Fetches the estimate when it is first opened, and keeps what was typed when it is closed again. */
export function ListEstimatorOpener({
  title,
  intro,
  loading,
  ...estimator
}: { title: string; intro: string; loading: string } & ListEstimatorProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const [wasOpened, setOpened] = useState(false);
  // It may have been opened before the script was there to notice.
  useEffect(() => {
    if (details.current?.open === true) setOpened(true);
  }, []);
  return (
    <details
      ref={details}
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true);
      }}
    >
      <summary className="w-fit rounded-s font-semibold text-ink-2 hover:text-ink">{title}</summary>
      <p className="mt-1 mb-4 text-ink-2">{intro}</p>
      {wasOpened ? (
        <Suspense fallback={<p className="text-ink-3">{loading}</p>}>
          <ListEstimator {...estimator} />
        </Suspense>
      ) : null}
    </details>
  );
}
