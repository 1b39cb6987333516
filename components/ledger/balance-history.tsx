import type { Route } from "next";
import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { parseCredits } from "@/lib/credits";
import { formatCredits, formatDate, pluralOf } from "@/lib/format";
import { BalancePlot } from "./balance-plot";
import { DaysTable, type TableDays } from "./days-table";
import { MarkShape } from "./mark-shape";
import type { MarkKind, PlotDay } from "./plot-geometry";

/** The balance of the last days as a plot, and the same as a table. `days` has no gap and is oldest first. */
export function BalanceHistory(props: {
  days: readonly PlotDay[];
  threshold: string | null;
  /** Did the account ever move, also before these days? */
  hasEntries: boolean;
  /** Is the table of the days there from the start, and where is the page on which it is? */
  table: { readonly isOpen: boolean; readonly href: Route };
}) {
  const { days, threshold } = props;
  const t = useTranslations("ledger.plot");
  const locale = useLocale();
  const first = days[0];
  const last = days.at(-1);
  const day = (date: string, style: "medium" | "dayMonth" = "medium") =>
    formatDate(locale, "UTC", date, style);
  if (first === undefined || last === undefined || days.every((each) => each.balance === "0")) {
    return (
      <Card title={t("title")} className="mb-4">
        <p className="text-ink-2">{t(props.hasEntries ? "zero" : "empty")}</p>
      </Card>
    );
  }
  const ordered = days
    .map((each) => each.balance)
    .sort((a, b) => ((parseCredits(a) ?? 0n) < (parseCredits(b) ?? 0n) ? -1 : 1));
  const numberOf = (name: "recharges" | "purchases") => days.reduce((sum, each) => sum + each[name], 0);
  const recharges = numberOf("recharges");
  const purchases = numberOf("purchases");
  const legend: MarkKind[] = [];
  if (recharges > 0) legend.push("recharge");
  if (purchases > 0) legend.push("purchase");
  return (
    <Card
      title={t("title")}
      className="mb-4"
      action={
        legend.length === 0 ? undefined : (
          <ul className="flex gap-4 text-s text-ink-3">
            {legend.map((kind) => (
              <li key={kind} className="flex items-center gap-2">
                <svg viewBox="-6 -6 12 12" aria-hidden="true" className="size-3">
                  <MarkShape kind={kind} />
                </svg>
                <span>{t(kind)}</span>
              </li>
            ))}
          </ul>
        )
      }
    >
      <BalancePlot
        days={days}
        threshold={threshold}
        labels={{
          summary: t("summary", {
            from: day(first.day),
            to: day(last.day),
            first: formatCredits(locale, first.balance),
            last: formatCredits(locale, last.balance),
            n: pluralOf(last.balance),
            lowest: formatCredits(locale, ordered[0] ?? "0"),
            highest: formatCredits(locale, ordered.at(-1) ?? "0"),
            recharges,
            purchases,
          }),
          threshold:
            threshold === null ? null : t("threshold", { threshold: formatCredits(locale, threshold) }),
          credits: (credits) => formatCredits(locale, credits.toString()),
          shortDay: (date) => day(date, "dayMonth"),
          mark: ({ kind, day: each }) =>
            t(kind === "recharge" ? "rechargeDot" : "purchaseDot", {
              date: day(each.day),
              credits: formatCredits(locale, kind === "recharge" ? each.recharged : each.purchased),
              balance: formatCredits(locale, each.balance),
            }),
        }}
      />
      <DaysTable
        days={tableDays(days, last.day)}
        texts={{
          summary: t("asTable"),
          caption: t("tableCaption"),
          day: t("day"),
          recharged: t("recharged"),
          purchased: t("purchased"),
          balance: t("balance"),
        }}
        locale={locale}
        isOpen={props.table.isOpen}
        tableHref={props.table.href}
      />
    </Card>
  );
}

function tableDays(days: readonly PlotDay[], newest: string): TableDays {
  const ordered = [...days].reverse();
  return {
    newest,
    balances: ordered.map(({ balance }) => balance),
    bought: ordered.flatMap(({ recharges, recharged, purchases, purchased }, index) =>
      recharges + purchases === 0
        ? []
        : [[index, recharges === 0 ? null : recharged, purchases === 0 ? null : purchased] as const],
    ),
  };
}
