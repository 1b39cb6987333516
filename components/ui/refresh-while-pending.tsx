"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";

/** Draws the page anew while something on it is under way, a little less often each time. `state` starts it anew. */
export function RefreshWhilePending({ state }: { state: string }) {
  const router = useRouter();
  useEffect(() => {
    let wait = 400;
    let timer = setTimeout(function refreshAgain() {
      // A page that nobody sees waits until somebody does.
      if (!document.hidden) {
        startTransition(() => {
          router.refresh();
        });
      }
      wait = Math.min(wait * 1.5, 5000);
      timer = setTimeout(refreshAgain, wait);
    }, wait);
    return () => {
      clearTimeout(timer);
    };
  }, [router, state]);
  return null;
}
