import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { formatCount, formatInstant } from "@/lib/format";
import { MAX_DECLINES } from "@/lib/recharge/decline-rules";
import type { RuleTrouble } from "./rule-view";

/** What keeps the rule from buying, and what its customer can do about it; `paymentHref` is null for who only looks. */
export function RuleNotice(props: { trouble: RuleTrouble; timeZone: string; paymentHref: Route | null }) {
  const { trouble } = props;
  const t = useTranslations("recharge.notice");
  const locale = useLocale();
  const isSuspended = trouble.kind === "suspended";
  return (
    <Notice kind={isSuspended ? "bad" : "warn"} title={t(isSuspended ? "suspendedTitle" : "failingTitle")}>
      <p>{isSuspended ? t(`suspended.${trouble.reason}`) : failing(trouble)}</p>
      {props.paymentHref === null ? null : (
        <ButtonLink href={props.paymentHref} variant="link" className="mt-1">
          {t("whatToDo")}
        </ButtonLink>
      )}
    </Notice>
  );

  function failing({ credits, retryAt, declines }: Extract<RuleTrouble, { kind: "failing" }>): string {
    return t("failing", {
      credits: formatCount(locale, credits),
      time: formatInstant(locale, props.timeZone, retryAt),
      attempt: declines + 1,
      most: MAX_DECLINES,
    });
  }
}
