import { useEffect } from "react";
import type { UseFormReturn } from "react-hook-form";
import { forgetDraft, keepDraft, readDraft } from "@/components/shell/drafts";
import type { IdempotencyKeys } from "./idempotency-keys";

export type Content = {
  recipients: string;
  text: string;
  skipInvalid: boolean;
  takeLandlines: boolean;
  addPlus: boolean;
  /** Of a table that was pasted, from 0; null is the likeliest. */
  phoneColumn: number | null;
};

export const EMPTY: Content = {
  recipients: "",
  text: "",
  skipInvalid: false,
  takeLandlines: false,
  addPlus: false,
  phoneColumn: null,
};

export const isWritten = ({ recipients, text }: Partial<Content>): boolean =>
  (recipients ?? "") + (text ?? "") !== "";

export const keyedBy = (content: Content): string => {
  const { recipients, text, skipInvalid, takeLandlines, addPlus, phoneColumn } = content;
  return JSON.stringify({ recipients, text, skipInvalid, takeLandlines, addPlus, phoneColumn });
};

/**
 * Keeps what is being written under `name`, and puts it back into the form of whoever returns: as its default values,
 * which is how a form knows that it was put back. With it goes the key under which it was sent without an answer, so
 * that it is not sent twice by sending it again. Called after `useWatch`, which hears of it then.
 */
export function useMessageDraft(name: string, form: UseFormReturn<Content>, keys: IdempotencyKeys) {
  const { reset, subscribe, getValues } = form;

  // Not before the page of the server was taken over, which knows of no draft.
  useEffect(() => {
    const early = { ...EMPTY, ...getValues() };
    const draft = readMessageDraft(name);
    // A browser puts back some of the fields by itself; what differs was typed before this script was there.
    if (draft === null || !isPartOf(draft.content, early)) {
      if (isWritten(early)) reset(early, { keepDefaultValues: true });
      return;
    }
    if (draft.key !== null) keys.remember(keyedBy(draft.content), draft.key);
    reset(draft.content);
  }, [name, keys, reset, getValues]);

  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values }) => {
          keepMessage(name, values, keys);
        },
      }),
    [name, keys, subscribe],
  );

  return {
    /** Writes down that what is written has a key by now. */
    keep: () => {
      keepMessage(name, getValues(), keys);
    },
    forget: () => {
      forgetDraft(name);
    },
  };
}

const isPartOf = (draft: Content, { recipients, text }: Content): boolean =>
  ["", draft.recipients].includes(recipients) && ["", draft.text].includes(text);

function keepMessage(name: string, written: Partial<Content>, keys: IdempotencyKeys): void {
  const content = { ...EMPTY, ...written };
  if (!isWritten(content)) forgetDraft(name);
  else keepDraft(name, JSON.stringify({ content, key: keys.known(keyedBy(content)) }));
}

type MessageDraft = { readonly content: Content; readonly key: string | null };

function readMessageDraft(name: string): MessageDraft | null {
  const draft: unknown = JSON.parse(readDraft(name) ?? "null");
  // One kept by an earlier version has fewer fields.
  return isDraft(draft) ? { ...draft, content: { ...EMPTY, ...draft.content } } : null;
}

function isDraft(draft: unknown): draft is MessageDraft {
  return typeof draft === "object" && draft !== null && "content" in draft && "key" in draft;
}
