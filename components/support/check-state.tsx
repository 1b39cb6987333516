import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { dayIn } from "@/lib/day";
import { formatInstant, formatTime } from "@/lib/format";
import { staffPath } from "./paths";

type Failing = { readonly customerId: string; readonly serviceName: string; readonly checkedAt: string };

/** Whether every balance is the sum of its entries, and when that was last proved. */
export function CheckSummary(props: {
  state: {
    readonly lastRound: { readonly finishedAt: string; readonly accounts: number } | null;
    readonly failing: readonly Failing[];
  };
  now: Date;
}) {
  const { lastRound, failing } = props.state;
  const t = useTranslations("support.check");
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const time = (at: string) =>
    dayIn(timeZone, new Date(at)) === dayIn(timeZone, props.now)
      ? formatTime(locale, timeZone, at)
      : formatInstant(locale, timeZone, at);
  if (failing.length > 0) {
    return (
      <Notice kind="bad" title={t("badTitle")}>
        <ul>
          {failing.map((one) => (
            <li key={`${one.customerId} ${one.serviceName}`}>
              <TextLink href={staffPath("", one)} prefetch={false}>
                {t("bad", { account: one.serviceName, time: time(one.checkedAt) })}
              </TextLink>
            </li>
          ))}
        </ul>
      </Notice>
    );
  }
  return (
    <p className="mb-3 text-s text-ink-3">
      {lastRound === null
        ? t("never")
        : t("good", { time: time(lastRound.finishedAt), count: lastRound.accounts })}
    </p>
  );
}
