"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Card } from "@/components/ui/card";
import { Details } from "@/components/ui/details";
import { Notice } from "@/components/ui/notice";
import { Pill } from "@/components/ui/pill";
import { Code } from "./code";
import { pretty, type ConsoleAnswer } from "./execute";

/** What came back, read out when it comes. */
export function AnswerShown({ answer, isLost }: { answer: ConsoleAnswer | undefined; isLost: boolean }) {
  const t = useTranslations("console");
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone the answer comes below what is seen.
    if (answer !== undefined || isLost) place.current?.scrollIntoView({ block: "nearest" });
  }, [answer, isLost]);
  return (
    <Card title={t("answer")}>
      {isLost ? (
        <Notice kind="bad" announce="alert" title={t("lost")}>
          {t("lostText")}
        </Notice>
      ) : null}
      <div ref={place} aria-live="polite">
        {answer === undefined ? (
          isLost ? null : (
            <p className="text-ink-2">{t("noAnswer")}</p>
          )
        ) : (
          <>
            <p className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
              <span>
                <span className="text-ink-2">{t("status")}</span>{" "}
                <strong className="text-l">{answer.status}</strong>
              </span>
              <Pill kind={answer.status < 400 ? "good" : "bad"}>
                {answer.status < 400 ? t("ok") : t("refused")}
              </Pill>
              <span>
                <span className="text-ink-2">{t("time")}</span>{" "}
                <span>{t("milliseconds", { count: answer.milliseconds.toString() })}</span>
              </span>
            </p>
            <Code label={t("body")} text={pretty(answer.body)} wrap />
            {answer.body === "null" ? <p className="mt-1 text-s text-ink-2">{t("nullAnswer")}</p> : null}
            <Details summary={t("headers")} className="mt-3">
              <Code
                wrap
                label={t("headers")}
                text={answer.headers.map(([name, value]) => `${name}: ${value}`).join("\n")}
              />
            </Details>
          </>
        )}
      </div>
    </Card>
  );
}
