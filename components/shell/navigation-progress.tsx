"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { ProgressLine } from "../ui/progress";

/** A link that leads back to where it was pressed changes no address, and so has no end that could be seen. */
const AT_MOST_MS = 10_000;

/** The line of progress from the press of a link to the page that it leads to. */
export function NavigationProgress() {
  const here = `${usePathname()}?${useSearchParams().toString()}`;
  const [leaving, setLeaving] = useState<string | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // The router has heard of the press before, and kept the browser from following it: what is left is the browser's.
    const follow = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (link === null || !event.defaultPrevented || link.origin !== location.origin) return;
      if (link.pathname === location.pathname && link.search === location.search) return;
      clearTimeout(timer);
      setLeaving(here);
      timer = setTimeout(() => {
        setLeaving(null);
      }, AT_MOST_MS);
    };
    window.addEventListener("click", follow);
    return () => {
      window.removeEventListener("click", follow);
      clearTimeout(timer);
    };
  }, [here]);

  return leaving === here ? <ProgressLine /> : null;
}
