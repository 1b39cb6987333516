"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PressButton } from "@/components/ui/press-button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import type { Result } from "@/lib/failure";

/** A button for what cannot be undone: it asks first, and says when it did not work. */
export function ConfirmButton(props: {
  text: string;
  /** Says which one, for readers of screens: there are several such buttons on the page. */
  label: string;
  title: string;
  question: string;
  action: () => Promise<Result<null>>;
}) {
  const { text, label, title, question, action } = props;
  const t = useTranslations("credentials");
  const tUi = useTranslations("ui");
  const [isAsking, setAsking] = useState(false);
  const done = useMutation({
    networkMode: "always",
    mutationFn: action,
    onSuccess: (result) => {
      if (result.ok) setAsking(false);
    },
  });
  const failed = done.isError || done.data?.ok === false;
  return (
    <>
      <PressButton
        variant="link"
        aria-label={label}
        className="min-h-9! text-bad!"
        onClick={() => {
          done.reset();
          setAsking(true);
        }}
      >
        {text}
      </PressButton>
      <Dialog
        open={isAsking}
        onClose={() => {
          setAsking(false);
        }}
        title={title}
        width="narrow"
      >
        {failed ? (
          <Notice kind="bad" announce="alert" title={t("failed")}>
            {done.isError ? t("failedText") : t("gone")}
          </Notice>
        ) : null}
        <p>{question}</p>
        <DialogActions>
          <PressButton
            variant="ghost"
            onClick={() => {
              setAsking(false);
            }}
          >
            {tUi("cancel")}
          </PressButton>
          <PressButton
            variant="danger"
            pending={done.isPending}
            onClick={() => {
              done.mutate();
            }}
          >
            {text}
          </PressButton>
        </DialogActions>
      </Dialog>
    </>
  );
}
