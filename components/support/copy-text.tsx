"use client";

import { useRef, useState } from "react";
import { PressButton } from "@/components/ui/press-button";

/** A text to take elsewhere, in a language of its own, and a button that copies it. */
export function CopyText(props: {
  text: string;
  language: string;
  labels: { readonly copy: string; readonly copied: string; readonly failed: string };
}) {
  const { text, language, labels } = props;
  const [said, setSaid] = useState("");
  const shown = useRef<HTMLDivElement>(null);
  const copy = async () => {
    // Said anew each time, so that a second copy is heard as well.
    setSaid("");
    try {
      await navigator.clipboard.writeText(text);
      setSaid(labels.copied);
    } catch {
      // Missing where the panel is served without TLS to another machine: the text stands selected instead.
      if (shown.current !== null) window.getSelection()?.selectAllChildren(shown.current);
      setSaid(labels.failed);
    }
  };
  return (
    <>
      <div ref={shown} lang={language} className="rounded-s bg-sunk px-4 py-3 whitespace-pre-line">
        {text}
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <PressButton variant="ghost" onClick={() => void copy()}>
          {labels.copy}
        </PressButton>
        <span role="status" className="text-ink-2">
          {said}
        </span>
      </div>
    </>
  );
}
