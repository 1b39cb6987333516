"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { PressButton } from "@/components/ui/press-button";
import { useIsTakenOver } from "@/components/ui/use-is-taken-over";
import { Card } from "@/components/ui/card";
import { Details } from "@/components/ui/details";
import type { ConsoleCall } from "@/lib/console/rules";
import { Code } from "./code";
import { LANGUAGE_NAMES, SAMPLE_LANGUAGES, sampleOf, signedText, type SampleLanguage } from "./code-samples";
import type { BuiltRequest } from "./request";

/** The request as it leaves, what would be signed of it, and programs that make it. */
export function RequestShown(props: { call: ConsoleCall; request: BuiltRequest; baseUrl: string }) {
  const { call, request, baseUrl } = props;
  const t = useTranslations("console");
  const [language, setLanguage] = useState<SampleLanguage>("curl");
  const isTakenOver = useIsTakenOver();
  const [copied, setCopied] = useState("");
  const sample = sampleOf(language, request, call, baseUrl);
  const body = request.body === undefined ? "" : `\n\n${JSON.stringify(request.body, null, 2)}`;
  const copy = async () => {
    // Missing where the panel is served without TLS to another machine; the text can be selected there.
    if ("clipboard" in navigator) await navigator.clipboard.writeText(sample);
    setCopied(sample);
  };
  return (
    <Card title={t("request")} className="mb-4">
      <Code wrap label={t("requestText")} text={`${request.method} ${baseUrl}${request.below}${body}`} />
      {call.access === "signed" ? (
        <Details summary={t("asSigned")} className="mt-3">
          <p className="mb-2 text-s">{t("signedText")}</p>
          <Code wrap label={t("asSigned")} text={signedText(request, baseUrl)} />
        </Details>
      ) : (
        <p className="mt-3 text-s text-ink-3">{t("unsignedText")}</p>
      )}
      <Details summary={t("code")} className="mt-2">
        <div className="mb-2 flex flex-wrap items-center gap-x-5 gap-y-1">
          <fieldset disabled={!isTakenOver} className="flex flex-wrap gap-x-4">
            <legend className="sr-only">{t("language")}</legend>
            {SAMPLE_LANGUAGES.map((each) => (
              <label key={each} className="flex min-h-9 items-center gap-2">
                <input
                  type="radio"
                  name="sample-language"
                  value={each}
                  checked={each === language}
                  onChange={() => {
                    setLanguage(each);
                  }}
                  className="size-4.5 accent-accent"
                />
                <span translate="no">{LANGUAGE_NAMES[each]}</span>
              </label>
            ))}
          </fieldset>
          <PressButton
            variant="link"
            onClick={() => {
              void copy();
            }}
          >
            {copied === sample ? t("copied") : t("copy")}
          </PressButton>
        </div>
        <Code label={t("code")} text={sample} />
      </Details>
    </Card>
  );
}
