"use client";

import { useEffect, useId, useRef, type ReactNode } from "react";
import type { Elements } from "./elements";

const WIDTHS = { narrow: "sm:w-[30rem]", wide: "sm:w-[45rem]" } as const;

/**
 * The browser's modal dialog; a sheet at the bottom edge on a phone. The browser keeps the focus inside, closes on
 * Escape and gives the focus back to where it was. `onClose` is told of every way of closing, so the owner's `open` follows.
 * Put the buttons into `DialogActions`, with one that closes.
 */
export function Dialog({
  open,
  onClose,
  title,
  width = "wide",
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  width?: keyof typeof WIDTHS;
  children: Elements;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className={
        "dialog mt-auto mb-0 max-h-[92dvh] w-full max-w-full overflow-y-auto overscroll-contain rounded-t-l bg-card p-4 text-left text-ink " +
        `shadow-dialog sm:m-auto sm:max-w-[calc(100%-2rem)] sm:rounded-l sm:p-6 ${WIDTHS[width]}`
      }
    >
      <h2 id={titleId} className="mb-3 text-l font-bold">
        {title}
      </h2>
      {open ? children : null}
    </dialog>
  );
}

/** The row of buttons at the end of a dialog or a form, the one that confirms last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap justify-end gap-3">{children}</div>;
}
