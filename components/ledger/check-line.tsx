import { useLocale, useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { dayIn } from "@/lib/day";
import { formatInstant, formatTime } from "@/lib/format";

/** What the self-check last found of an account. `problems` is empty when the balance is the sum of the entries. */
export type CheckView = { readonly checkedAt: string; readonly problems: readonly string[] };

/** When the balance was last proved, "checked at 12:03"; the day is named where it is not today. */
export function CheckLine(props: { check: CheckView | null; timeZone: string; now: Date }) {
  const { check, timeZone, now } = props;
  const t = useTranslations("ledger.check");
  const locale = useLocale();
  if (check === null) return <p className="mt-3 text-s text-ink-3">{t("never")}</p>;
  const at = new Date(check.checkedAt);
  const isToday = dayIn(timeZone, at) === dayIn(timeZone, now);
  const time = isToday
    ? t("today", { time: formatTime(locale, timeZone, at) })
    : t("earlier", { time: formatInstant(locale, timeZone, at) });
  const isGood = check.problems.length === 0;
  return (
    <p
      className={`mt-3 flex items-baseline gap-2 text-s ${isGood ? "text-ink-2" : "font-semibold text-bad"}`}
    >
      <Icon name={isGood ? "check" : "warn"} className={`self-center ${isGood ? "text-good" : ""}`} />
      <time dateTime={check.checkedAt}>{t(isGood ? "good" : "bad", { time })}</time>
    </p>
  );
}
