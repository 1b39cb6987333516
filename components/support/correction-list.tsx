import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { ReactElement } from "react";
import { Pill } from "@/components/ui/pill";
import { TextLink } from "@/components/ui/text-link";
import { formatInstant, formatSignedCredits, pluralOf } from "@/lib/format";
import type { CorrectionDto } from "@/lib/staff/schema";
import { staffPath } from "./paths";

const STATE_PILL = { requested: "warn", posted: "good", rejected: "neutral" } as const;

/** Corrections, newest first, each with who asked, who decided and why. `decisionOf` draws the answers to one that waits. */
export function CorrectionList(props: {
  corrections: readonly CorrectionDto[];
  decisionOf: (correction: CorrectionDto) => ReactElement | null;
}) {
  const t = useTranslations("support.corrections");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const time = (at: string) => formatInstant(locale, timeZone, at);
  if (props.corrections.length === 0) return <p className="text-ink-2">{t("empty")}</p>;
  return (
    <ul aria-label={t("title")}>
      {props.corrections.map((one) => (
        <li key={one.correctionId} className="grid gap-1.5 border-b border-line py-3 last:border-b-0">
          <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <strong className="font-semibold">
              {t("credits", { amount: formatSignedCredits(locale, one.amount), n: pluralOf(one.amount) })}
            </strong>
            <Pill kind={STATE_PILL[one.state]}>{t(`state.${one.state}`)}</Pill>
            <TextLink href={staffPath("/corrections", one)} prefetch={false}>
              {one.serviceName}
            </TextLink>
          </p>
          <p className="break-words">{one.reason}</p>
          <p className="text-s text-ink-3">
            <span>{t("requested", { name: one.requestedBy, time: time(one.requestedAt) })}</span>
            {one.decidedBy === null || one.decidedAt === null ? null : (
              <span>{` ${t("decided", { name: one.decidedBy, time: time(one.decidedAt) })}`}</span>
            )}
          </p>
          {props.decisionOf(one)}
        </li>
      ))}
    </ul>
  );
}
