"use client";

import { useLocale, useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { PressButton } from "@/components/ui/press-button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { formatCount } from "@/lib/format";
import type { FileRowsProblem } from "@/lib/messages/file-rows";
import { MAX_RECIPIENTS } from "@/lib/messages/rules";
import { ColumnChoice } from "./column-choice";
import type { ReadFile } from "./read-recipients-file";
import { rememberColumn } from "./remembered-columns";

type State =
  | { readonly is: "idle" }
  | { readonly is: "reading"; readonly percent: number }
  | { readonly is: "refused"; readonly problem: FileRowsProblem | "no_phones" | "unreadable" }
  | { readonly is: "read"; readonly file: ReadFile; readonly part: number };

/** Takes the recipients from a file. What reads files comes only when one is chosen. */
export function RecipientsFile({ onRead }: { onRead: (recipients: string) => void }) {
  const t = useTranslations("messages.send.file");
  const locale = useLocale();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<State>({ is: "idle" });
  const show = (file: ReadFile, part: number) => {
    setState({ is: "read", file, part });
    onRead(file.phones.slice(part * MAX_RECIPIENTS, (part + 1) * MAX_RECIPIENTS).join("\n"));
  };
  const read = async (chosen: File) => {
    setState({ is: "reading", percent: 0 });
    const { readRecipientsFile } = await import("./read-recipients-file");
    const result = await readRecipientsFile(chosen, (done) => {
      setState({ is: "reading", percent: Math.round(done * 100) });
    });
    if (typeof result === "string") setState({ is: "refused", problem: result });
    else show(result, 0);
  };
  const chooseColumn = async (file: ReadFile, column: number) => {
    if (file.table === null || file.dto === null) return;
    rememberColumn(file.dto.signature, column);
    const { withColumn } = await import("./read-recipients-file");
    show(withColumn(file.name, { ...file.table, column }), 0);
  };
  return (
    <div className="mb-4">
      <input
        ref={input}
        id={id}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-label={t("choose")}
        accept=".csv,.tsv,.txt,.vcf,text/csv,text/plain,text/vcard"
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          // The same file may be chosen again once it was mended.
          event.target.value = "";
          if (chosen !== undefined) {
            read(chosen).catch(() => {
              setState({ is: "refused", problem: "unreadable" });
            });
          }
        }}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <PressButton variant="ghost" pending={state.is === "reading"} onClick={() => input.current?.click()}>
          {t("choose")}
        </PressButton>
        <p className="text-s text-ink-3">{t("limits")}</p>
      </div>
      <div role="status" className="mt-2 text-s text-ink-2">
        {state.is === "reading" ? (
          <span key="reading">
            <progress
              max={100}
              value={state.percent}
              aria-label={t("choose")}
              className="mr-2 align-middle"
            />
            <span key={state.percent}>{t("reading", { percent: state.percent })}</span>
          </span>
        ) : state.is === "refused" ? (
          <span key="refused" className="font-semibold text-bad">
            {t(`problems.${state.problem}`)}
          </span>
        ) : state.is === "read" ? (
          <span key="read">
            <span>{t("taken", { count: state.file.phones.length, name: state.file.name })}</span>{" "}
            {state.file.withoutPhone === 0 ? null : (
              <span>{t("withoutPhone", { count: state.file.withoutPhone })}</span>
            )}
          </span>
        ) : null}
      </div>
      {state.is !== "read" || state.file.dto === null ? null : (
        <ColumnChoice
          id={`${id}-column`}
          table={state.file.dto}
          onChoose={(column) => {
            void chooseColumn(state.file, column);
          }}
        />
      )}
      {state.is !== "read" || state.file.phones.length <= MAX_RECIPIENTS ? null : (
        <Field id={`${id}-part`} label={t("part")} hint={t("partHint", { most: MAX_RECIPIENTS })}>
          {(control) => (
            <Select
              {...control}
              value={state.part}
              onChange={(event) => {
                show(state.file, Number(event.target.value));
              }}
            >
              {Array.from({ length: Math.ceil(state.file.phones.length / MAX_RECIPIENTS) }, (_, part) => (
                <option key={part} value={part}>
                  {t("partOf", {
                    from: formatCount(locale, part * MAX_RECIPIENTS + 1),
                    to: formatCount(locale, Math.min((part + 1) * MAX_RECIPIENTS, state.file.phones.length)),
                  })}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </div>
  );
}
