"use client";

import { type ComponentProps, type ReactElement, useState } from "react";
import { Dialog } from "./dialog";
import { PressButton } from "./press-button";

/** A button that opens a dialog. What stands in the dialog is told how to close it. */
export function DialogButton({
  label,
  title,
  children,
  ...look
}: {
  label: string;
  title: string;
  children: (close: () => void) => ReactElement;
} & Pick<ComponentProps<typeof PressButton>, "variant">) {
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <>
      <PressButton
        {...look}
        onClick={() => {
          setOpen(true);
        }}
      >
        {label}
      </PressButton>
      <Dialog open={isOpen} onClose={close} title={title}>
        {children(close)}
      </Dialog>
    </>
  );
}
