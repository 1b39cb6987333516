import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { formatCount, formatCredits, formatInstant } from "@/lib/format";
import type { RechargeDto } from "@/lib/recharge/schema";

const STEPS = ["claimed", "paying", "paid", "credited"] as const;

/** Which of the steps a recharge is at; those before it are done. */
const STEP_OF = {
  claimed: 0,
  paying: 1,
  unknown: 1,
  waiting: 1,
  paid: 3,
  credited: 4,
  refused: 0,
  suspended: 1,
} as const satisfies Record<RechargeDto["state"], number>;

const bold = (chunks: ReactNode) => <strong className="font-semibold">{chunks}</strong>;

/** The recharge that is under way: what it buys, how far it is, and what is being waited for. */
export function OpenRecharge({ recharge, timeZone }: { recharge: RechargeDto; timeZone: string }) {
  const t = useTranslations("recharge.open");
  const locale = useLocale();
  const reached = STEP_OF[recharge.state];
  return (
    <Card title={t("title")} className="mb-4 border-accent">
      <p key={recharge.rechargeId} className="text-l">
        {t.rich("summary", {
          credits: formatCount(locale, recharge.credits),
          balance: formatCredits(locale, recharge.balance),
          threshold: formatCredits(locale, recharge.threshold),
          b: bold,
        })}
      </p>
      <ol className="mt-4 grid gap-3 sm:grid-cols-4">
        {STEPS.map((step, position) => {
          const isDone = position < reached;
          const isNow = position === reached;
          const look = isDone
            ? "border-good text-good"
            : isNow
              ? "border-accent text-ink"
              : "border-line text-ink-3";
          return (
            <li
              key={step}
              aria-current={isNow ? "step" : undefined}
              className={`flex items-center gap-2 border-t-3 pt-2 font-semibold ${look}`}
            >
              {isDone ? <Icon name="check" /> : null}
              <span>{t(`steps.${step}`)}</span>
              <span className="sr-only">{isDone ? t("stepDone") : isNow ? t("stepNow") : t("stepNext")}</span>
            </li>
          );
        })}
      </ol>
      <p className="mt-3 text-ink-2">{whatHappens()}</p>
    </Card>
  );

  function whatHappens(): string | null {
    if (recharge.retryAt !== null) {
      return t("waiting", { time: formatInstant(locale, timeZone, recharge.retryAt) });
    }
    switch (recharge.state) {
      case "claimed":
      case "paying":
      case "paid":
      case "unknown":
        return t(recharge.state);
      case "waiting":
        return t("waitingSoon");
      case "credited":
      case "refused":
      case "suspended":
        return null;
    }
  }
}
