"use client";

import { PressButton } from "@/components/ui/press-button";

/** Opens the browser's own dialog of printing. */
export function PrintButton({ children }: { children: string }) {
  return (
    <PressButton
      variant="ghost"
      onClick={() => {
        window.print();
      }}
    >
      {children}
    </PressButton>
  );
}
