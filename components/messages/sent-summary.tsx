"use client";

import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { PressButton } from "@/components/ui/press-button";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { route } from "@/components/ui/route";
import { formatCredits, pluralOf } from "@/lib/format";
import type { SentDto } from "@/lib/messages/schema";

/** What was sent and what it used. It takes the focus, since the form that had it is gone. */
export function SentSummary(props: {
  sent: SentDto;
  serviceName: string;
  historyHref: Route;
  onAnother: () => void;
}) {
  const { sent } = props;
  const t = useTranslations("messages.send");
  const locale = useLocale();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.focus();
  }, []);
  return (
    <Card>
      <div ref={place} tabIndex={-1} className="outline-none">
        <Notice kind="good" announce="status" title={t("sent", { count: sent.recipients })}>
          <p>
            {t("sentCost", {
              credits: formatCredits(locale, sent.credits),
              n: pluralOf(sent.credits),
              left: formatCredits(locale, sent.balance),
              leftN: pluralOf(sent.balance),
            })}
          </p>
          {sent.invalid.length === 0 ? null : <p>{t("sentInvalid", { count: sent.invalid.length })}</p>}
          {sent.isRepeat ? <p>{t("sentRepeated")}</p> : null}
        </Notice>
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <PressButton onClick={props.onAnother}>{t("another")}</PressButton>
        <ButtonLink
          href={route(`/telecom/sms/${props.serviceName}/history/messages/${sent.messageId}`)}
          variant="link"
          className="min-h-11"
        >
          {t("sentDelivery")}
        </ButtonLink>
        <ButtonLink href={props.historyHref} variant="link" className="min-h-11">
          {t("sentHistory")}
        </ButtonLink>
      </div>
    </Card>
  );
}
