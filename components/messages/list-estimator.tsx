"use client";

import { NextIntlClientProvider, useLocale, useTranslations } from "next-intl";
import { useEffect, useState, type ComponentProps } from "react";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { type Column, Table } from "@/components/ui/table";
import { Textarea } from "@/components/ui/textarea";
import {
  type CostDto,
  LONGEST_ESTIMATE_RECIPIENTS,
  LONGEST_ESTIMATE_TEXT,
  type PublicEstimateDto,
} from "@/lib/destinations/estimate-schema";
import { formatCount, formatCountry, formatCredits, formatList, formatUnitPrice } from "@/lib/format";
import type { Locale } from "@/lib/i18n/locales";
import { countParts } from "@/lib/messages/parts";
import { TextCount } from "./text-count";
import { useDebounced } from "@/components/ui/use-debounced";

export type ListEstimatorProps = {
  readonly locale: Locale;
  readonly messages: NonNullable<ComponentProps<typeof NextIntlClientProvider>["messages"]>;
  readonly priceList: string;
  readonly pack: number;
  /** The day of the list that is shown. */
  readonly date: string;
};

/** The estimate of the price list's page, with its own messages: nothing of it travels before it is first opened. */
export function ListEstimator({ locale, messages, ...list }: ListEstimatorProps) {
  return (
    <NextIntlClientProvider locale={locale} messages={messages} timeZone="Europe/Rome">
      <Estimator {...list} />
    </NextIntlClientProvider>
  );
}

function Estimator(list: Pick<ListEstimatorProps, "priceList" | "pack" | "date">) {
  const t = useTranslations("destinations.estimator");
  const locale = useLocale();
  const [recipients, setRecipients] = useState("");
  const [text, setText] = useState("");
  const debounced = { recipients: useDebounced(recipients, 300), text: useDebounced(text, 300) };
  const { estimate, problem } = useListEstimate({ ...debounced, ...list });
  const isEmpty = text === "" || recipients.trim() === "";
  return (
    <div className="grid gap-x-8 gap-y-4 lg:grid-cols-2">
      <div>
        <Field id="estimate-recipients" label={t("recipients")} hint={t("recipientsHint")}>
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              autoComplete="off"
              spellCheck={false}
              value={recipients}
              onChange={(event) => {
                setRecipients(event.target.value);
              }}
            />
          )}
        </Field>
        <Field id="estimate-text" label={t("text")}>
          {(control) => (
            <Textarea
              {...control}
              rows={4}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
              }}
            />
          )}
        </Field>
        <TextCount text={text} count={countParts(text)} onReplace={setText} />
      </div>
      <div aria-live="polite">
        <h2 className="mb-2 font-semibold text-ink-2">{t("cost")}</h2>
        {problem === null ? null : (
          <Notice kind="warn">
            {t(problem.key, {
              seconds: problem.seconds ?? 0,
              recipients: formatCount(locale, LONGEST_ESTIMATE_RECIPIENTS),
              text: formatCount(locale, LONGEST_ESTIMATE_TEXT),
            })}
          </Notice>
        )}
        {isEmpty || estimate === null ? (
          problem === null ? (
            <p className="text-ink-2">{t("empty")}</p>
          ) : null
        ) : problem?.key === "tooLong" ? null : (
          <Costs estimate={estimate} />
        )}
      </div>
    </div>
  );
}

function Costs({ estimate }: { estimate: PublicEstimateDto }) {
  const t = useTranslations("destinations.estimator");
  const locale = useLocale();
  const money = (micros: string) => formatUnitPrice(locale, micros, estimate.currency);
  const columns: Column<CostDto>[] = [
    {
      key: "destination",
      header: t("destination"),
      rowHeader: true,
      cell: ({ country }) => formatCountry(locale, country),
    },
    {
      key: "messages",
      header: t("messages"),
      numeric: true,
      cell: ({ messages }) => formatCount(locale, messages),
    },
    {
      key: "credits",
      header: t("credits"),
      numeric: true,
      cell: ({ credits }) => formatCredits(locale, credits),
    },
    { key: "money", header: t("money"), numeric: true, cell: ({ moneyMicros }) => money(moneyMicros) },
  ];
  const names = (countries: readonly string[]) =>
    formatList(
      locale,
      countries.map((country) => formatCountry(locale, country)),
    );
  return (
    <>
      {estimate.destinations.length === 0 ? null : (
        <Table
          caption={t("caption")}
          columns={columns}
          rows={estimate.destinations}
          rowKey={({ country }) => country}
          phone="scroll"
        />
      )}
      <p className="mt-3 flex flex-wrap justify-between gap-x-6 border-t border-line-strong pt-3">
        <span className="font-semibold">{t("total")}</span>
        <span className="text-l font-bold">
          {`${formatCredits(locale, estimate.total)} ${t("credits").toLowerCase()} · ${money(estimate.totalMicros)}`}
        </span>
      </p>
      {estimate.notServed.length === 0 ? null : (
        <Notice kind="bad" className="mt-3">
          {t("notServed", { countries: names(estimate.notServed) })}
        </Notice>
      )}
      {estimate.unknown.length === 0 ? null : (
        <Notice kind="warn" className="mt-3">
          {t("unknown", {
            entries: formatList(
              locale,
              estimate.unknown.map((entry) => `«${entry}»`),
            ),
          })}
        </Notice>
      )}
      {estimate.repeated === 0 ? null : (
        <p className="mt-2 text-s text-ink-2">{t("repeated", { count: estimate.repeated })}</p>
      )}
    </>
  );
}

type Question = { recipients: string; text: string; priceList: string; pack: number; date: string };

/** Why there is no estimate: the key of a message. */
type EstimateProblem = { readonly key: "failed" | "tooOften" | "tooLong"; readonly seconds?: number };

/** The server's answer to the last question; an older answer that comes late is dropped. */
function useListEstimate(question: Question): {
  estimate: PublicEstimateDto | null;
  problem: EstimateProblem | null;
} {
  const [estimate, setEstimate] = useState<PublicEstimateDto | null>(null);
  const [problem, setProblem] = useState<EstimateProblem | null>(null);
  const body = JSON.stringify(question);
  const isEmpty = question.text === "" || question.recipients.trim() === "";
  const isTooLong =
    question.recipients.length > LONGEST_ESTIMATE_RECIPIENTS || question.text.length > LONGEST_ESTIMATE_TEXT;
  useEffect(() => {
    if (isEmpty || isTooLong) return;
    const abort = new AbortController();
    void askEstimate(body, abort.signal)
      .catch((): EstimateProblem => ({ key: "failed" }))
      .then((answer) => {
        if (abort.signal.aborted) return;
        if ("key" in answer) setProblem(answer);
        else {
          setEstimate(answer);
          setProblem(null);
        }
      });
    return () => {
      abort.abort();
    };
  }, [body, isEmpty, isTooLong]);
  return { estimate, problem: isTooLong ? { key: "tooLong" } : problem };
}

async function askEstimate(body: string, signal: AbortSignal): Promise<PublicEstimateDto | EstimateProblem> {
  const response = await fetch("/destinations/estimate", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    signal,
  });
  if (response.status === 429)
    return { key: "tooOften", seconds: Number(response.headers.get("retry-after") ?? 1) };
  const answer: unknown = await response.json();
  return response.ok && isEstimate(answer) ? answer : { key: "failed" };
}

function isEstimate(answer: unknown): answer is PublicEstimateDto {
  return typeof answer === "object" && answer !== null && "destinations" in answer && "totalMicros" in answer;
}
