"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState, startTransition } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { formatCount, formatCredits, pluralOf } from "@/lib/format";
import { type AccountNews, listenToNews } from "./live-connection";

/**
 * Keeps the pages of an account true without reloading: when something of it changes, the server draws the page anew, and
 * what happened is said. `known` are the news that the page was drawn with.
 */
export function LiveUpdates({ url, known }: { url: string; known: AccountNews }) {
  const t = useTranslations("accounts.live");
  const locale = useLocale();
  const router = useRouter();
  const queries = useQueryClient();
  const last = useRef(known);
  const [isConnected, setIsConnected] = useState(true);
  const [said, setSaid] = useState("");
  const [arrived, setArrived] = useState<string | null>(null);

  const onNews = useEffectEvent((news: AccountNews) => {
    const before = last.current;
    if (news.stamp === before.stamp) return;
    last.current = news;
    startTransition(() => {
      router.refresh();
    });
    void queries.invalidateQueries();
    const told = tell(before, news);
    if (told === null) return;
    setSaid(told.text);
    if (told.isArrival) setArrived(told.text);
  });

  const tell = (before: AccountNews, news: AccountNews): { text: string; isArrival: boolean } | null => {
    const balance = formatCredits(locale, news.balance);
    const { recharge } = news;
    const isNewState =
      recharge !== null && (recharge.id !== before.recharge?.id || recharge.state !== before.recharge.state);
    if (isNewState && recharge.state === "credited") {
      return {
        text: t("recharged", { credits: formatCount(locale, recharge.credits), balance }),
        isArrival: true,
      };
    }
    if (isNewState && (recharge.state === "waiting" || recharge.state === "suspended")) {
      return { text: t("rechargeFailing"), isArrival: false };
    }
    if (isNewState && recharge.id !== before.recharge?.id) {
      return {
        text: t("rechargeStarted", { credits: formatCount(locale, recharge.credits) }),
        isArrival: false,
      };
    }
    if (news.balance === before.balance) return null;
    return { text: t("balance", { balance, n: pluralOf(news.balance) }), isArrival: false };
  };

  useEffect(
    () =>
      listenToNews(url, {
        onNews: (news) => {
          onNews(news);
        },
        onConnected: setIsConnected,
      }),
    [url],
  );

  return (
    <>
      <p role="status" className="sr-only">
        {said}
      </p>
      {arrived === null ? null : (
        <Notice
          kind="good"
          className="fixed inset-x-4 bottom-4 z-20 mb-0 shadow-raised sm:left-auto sm:w-100 print:hidden"
        >
          <div className="flex items-start justify-between gap-3">
            <p>{arrived}</p>
            <Button
              variant="link"
              aria-label={t("dismiss")}
              onClick={() => {
                setArrived(null);
              }}
              className="size-6"
            >
              <Icon name="close" />
            </Button>
          </div>
        </Notice>
      )}
      {isConnected ? null : <Notice kind="warn">{t("lost")}</Notice>}
    </>
  );
}
