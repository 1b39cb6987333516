"use client";

import { useEffect, useState } from "react";
import { createPortal } from "react-dom";

const PLACE = "progress";
/** What is there sooner is not worth a word. */
const SAID_AFTER_MS = 700;

/** Where the line is drawn, and from where it is read out. Once on each page. */
export function ProgressPlace({ text }: { text: string }) {
  return <div id={PLACE} role="status" data-text={text} className="print:hidden" />;
}

/** A line at the upper edge as long as it is drawn: what was asked for is on its way. Drawn after a press, never by the server. */
export function ProgressLine() {
  const [isSaid, setSaid] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSaid(true);
    }, SAID_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  const place = document.getElementById(PLACE);
  if (place === null) return null;
  return createPortal(
    <>
      <span aria-hidden="true" className="progress" />
      {isSaid ? <span className="sr-only">{place.dataset["text"]}</span> : null}
    </>,
    place,
  );
}
