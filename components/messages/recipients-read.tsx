"use client";

import { useLocale, useTranslations } from "next-intl";
import { PressButton } from "@/components/ui/press-button";
import { formatCount, formatList } from "@/lib/format";
import { problemText } from "@/lib/i18n/problem-text";
import type { InvalidRecipient } from "@/lib/messages/recipients";
import { MAX_RECIPIENTS } from "@/lib/messages/rules";
import type { EstimateDto } from "@/lib/messages/schema";

const MAX_INVALID_NAMED = 5;
const MAX_CHOICES = 5;

/** How the recipients were read: how many are valid, repeated, and which are not valid and why. */
export function RecipientsRead({
  estimate,
  onChoose,
}: {
  estimate: EstimateDto;
  /** Puts a number in the place of what was written and may be two. */
  onChoose: (written: string, number: string) => void;
}) {
  const t = useTranslations("messages.send");
  const tProblems = useTranslations("problems");
  const locale = useLocale();
  const quoted = ({ text, line }: Pick<InvalidRecipient, "text" | "line">) => {
    const shown = `«${text.slice(0, 40)}»`;
    return line === undefined ? shown : t("rowOf", { line: formatCount(locale, line), text: shown });
  };
  const named = estimate.invalid.slice(0, MAX_INVALID_NAMED).map(quoted);
  const more = estimate.invalidCount - named.length;
  // Last the one whose choices follow.
  const reasons = [...new Set(estimate.invalid.map(({ reason }) => reason))].sort(
    (one, other) => Number(one === "two_readings") - Number(other === "two_readings"),
  );
  const unclear = estimate.invalid.filter(({ reason }) => reason === "two_readings").slice(0, MAX_CHOICES);
  const examplesOf = (reason: InvalidRecipient["reason"]) =>
    estimate.invalid
      .filter((one) => one.reason === reason)
      .slice(0, MAX_INVALID_NAMED)
      .map(quoted);
  return (
    <ul className="mb-4 grid gap-0.5 text-s text-ink-2" aria-live="polite">
      <li>{t("recipientsCount", { valid: estimate.recipients })}</li>
      {estimate.recipients <= MAX_RECIPIENTS ? null : (
        <li className="font-semibold text-bad">
          {problemText(tProblems, {
            problem: "recipients_too_many",
            values: { count: estimate.recipients, most: MAX_RECIPIENTS },
          })}
        </li>
      )}
      {estimate.repeated === 0 ? null : <li>{t("repeated", { count: estimate.repeated })}</li>}
      {estimate.invalidCount === 0 ? null : (
        <li className="font-semibold text-bad">
          {t("invalid", {
            count: estimate.invalidCount,
            examples: formatList(locale, more > 0 ? [...named, t("andMore", { count: more })] : named),
          })}
        </li>
      )}
      {reasons.map((reason) => (
        <li key={reason}>
          <span>{t(`reasons.${reason}`)}</span>
          {reasons.length === 1 || reason === "two_readings" ? null : (
            <span className="text-ink-3"> {formatList(locale, examplesOf(reason))}</span>
          )}
        </li>
      ))}
      {unclear.map(({ text, readings = [] }) => (
        <li key={text} className="flex flex-wrap items-center gap-2">
          <span className="font-semibold text-ink">{quoted({ text })}</span>
          {readings.map((number) => (
            <PressButton
              key={number}
              variant="ghost"
              onClick={() => {
                onChoose(text, number);
              }}
            >
              {t("chooseReading", { number })}
            </PressButton>
          ))}
        </li>
      ))}
    </ul>
  );
}
