"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";

/**
 * A menu that opens below its button. The browser opens and closes it, JavaScript or not; with it, Escape, a press
 * elsewhere and a change of page close it too. What is inside is reached by Tab, as links and buttons are.
 */
export function Menu({
  summary,
  className = "",
  summaryClassName = "",
  panelClassName = "",
  children,
}: {
  summary: ReactNode;
  className?: string;
  summaryClassName?: string;
  panelClassName?: string;
  children: ReactNode;
}) {
  const details = useRef<HTMLDetailsElement>(null);
  const pathname = usePathname();

  useEffect(() => {
    details.current?.removeAttribute("open");
  }, [pathname]);

  useEffect(() => {
    const closeOnEscape = (event: KeyboardEvent) => {
      const element = details.current;
      if (event.key !== "Escape" || element?.open !== true) return;
      element.open = false;
      element.querySelector("summary")?.focus();
    };
    const closeOutside = (event: Event) => {
      const element = details.current;
      if (element?.open === true && event.target instanceof Node && !element.contains(event.target)) {
        element.open = false;
      }
    };
    document.addEventListener("keydown", closeOnEscape);
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("focusin", closeOutside);
    return () => {
      document.removeEventListener("keydown", closeOnEscape);
      document.removeEventListener("pointerdown", closeOutside);
      document.removeEventListener("focusin", closeOutside);
    };
  }, []);

  return (
    <details ref={details} className={className === "" ? "menu" : `menu ${className}`}>
      <summary className={summaryClassName}>{summary}</summary>
      <div className={panelClassName}>{children}</div>
    </details>
  );
}
