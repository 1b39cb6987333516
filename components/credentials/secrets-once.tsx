"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { PressButton } from "@/components/ui/press-button";
import { DialogActions } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import type { Secrets } from "./views";

const NAMES = ["applicationKey", "applicationSecret", "consumerKey"] as const;

/** What was made, for the only time. */
export function SecretsOnce({ secrets, onDone }: { secrets: Secrets; onDone: () => void }) {
  const t = useTranslations("credentials.secrets");
  const [copied, setCopied] = useState<string | null>(null);
  const copy = async (name: string, text: string) => {
    // Missing where the panel is served without TLS to another machine; the text can be selected there.
    if ("clipboard" in navigator) await navigator.clipboard.writeText(text);
    setCopied(name);
  };
  return (
    <>
      <Notice kind="warn" announce="status" title={t("title")}>
        {t("once")}
      </Notice>
      <dl>
        {NAMES.map((name) => {
          const text = secrets[name];
          if (text === undefined) return null;
          return (
            <div key={name} className="mb-3">
              <dt className="text-s font-semibold text-ink-2">{t(name)}</dt>
              <dd className="flex flex-wrap items-center gap-3">
                <code className="rounded-s bg-sunk px-2 py-1 break-all select-all">{text}</code>
                <PressButton
                  variant="link"
                  aria-label={t("copy", { name: t(name) })}
                  onClick={() => {
                    void copy(name, text);
                  }}
                >
                  {copied === name ? t("copied") : t("copy", { name: "" }).trim()}
                </PressButton>
              </dd>
            </div>
          );
        })}
      </dl>
      <DialogActions>
        <PressButton onClick={onDone}>{t("done")}</PressButton>
      </DialogActions>
    </>
  );
}
