"use client";

import { Button } from "@/components/ui/button";

/** Opens the browser's own dialog of printing. */
export function PrintButton({ children }: { children: string }) {
  return (
    <Button
      variant="ghost"
      onClick={() => {
        window.print();
      }}
    >
      {children}
    </Button>
  );
}
