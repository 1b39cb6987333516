"use client";

import { useQueryClient } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState, startTransition } from "react";
import { PressButton } from "@/components/ui/press-button";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { route } from "@/components/ui/route";
import { TextLink } from "@/components/ui/text-link";
import { formatCount, formatCredits, pluralOf } from "@/lib/format";
import { type ReceivedNews, type Connection, listenToNews } from "./live-connection";

/**
 * Keeps the pages of an account true without reloading: when something of it changes, the server draws the page anew, and
 * what happened is said. `known` are the news that the page was drawn with.
 */
export function LiveUpdates({ url, known }: { url: string; known: ReceivedNews }) {
  const t = useTranslations("accounts.live");
  const locale = useLocale();
  const router = useRouter();
  const queries = useQueryClient();
  const last = useRef(known);
  const [connection, setConnection] = useState<Connection>("open");
  const pathname = usePathname();
  const [said, setSaid] = useState("");
  const [arrived, setArrived] = useState<string | null>(null);

  const textOf = (what: Happening, news: ReceivedNews): string | null => {
    const balance = formatCredits(locale, news.balance);
    const credits = formatCount(locale, news.recharge?.credits ?? 0);
    switch (what) {
      case "arrived":
        return t("recharged", { credits, balance });
      case "started":
        return t("rechargeStarted", { credits });
      case "failing":
        return t("rechargeFailing");
      case "moved":
        return t("balance", { balance, n: pluralOf(news.balance) });
      case "nothing":
        return null;
    }
  };

  const onNews = useEffectEvent((news: ReceivedNews) => {
    const before = last.current;
    if (news.stamp === before.stamp) return;
    last.current = news;
    startTransition(() => {
      router.refresh();
    });
    void queries.invalidateQueries();
    const what = whatHappened(before, news);
    const text = textOf(what, news);
    if (text === null) return;
    setSaid(text);
    if (what === "arrived") setArrived(text);
  });

  useEffect(
    () =>
      listenToNews(url, {
        onNews: (news) => {
          onNews(news);
        },
        onConnection: setConnection,
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
            <PressButton
              variant="link"
              aria-label={t("dismiss")}
              onClick={() => {
                setArrived(null);
                // The button that had the focus is gone.
                document.getElementById("main")?.focus({ preventScroll: true });
              }}
              className="size-6"
            >
              <Icon name="close" />
            </PressButton>
          </div>
        </Notice>
      )}
      {connection === "open" ? null : (
        <Notice key={connection} kind="warn" announce="status" className="print:hidden">
          {connection === "lost"
            ? t("lost")
            : t.rich("signedOut", {
                link: (chunks) => (
                  <TextLink
                    href={route(`/sign-in?return=${encodeURIComponent(pathname)}`)}
                    className="font-semibold underline"
                  >
                    {chunks}
                  </TextLink>
                ),
              })}
        </Notice>
      )}
    </>
  );
}

type Happening = "arrived" | "started" | "failing" | "moved" | "nothing";

/** What is worth a word between two looks at an account, the weightiest of what happened. */
function whatHappened(before: ReceivedNews, { recharge, balance }: ReceivedNews): Happening {
  const isSame = recharge?.id === before.recharge?.id;
  if (recharge !== null && (!isSame || recharge.state !== before.recharge?.state)) {
    if (recharge.state === "credited") return "arrived";
    if (recharge.state === "waiting" || recharge.state === "suspended") return "failing";
    if (!isSame && recharge.state !== "refused") return "started";
  }
  return balance === before.balance ? "nothing" : "moved";
}
