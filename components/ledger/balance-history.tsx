import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Details } from "@/components/ui/details";
import { Table, type Column } from "@/components/ui/table";
import { parseCredits } from "@/lib/credits";
import { formatCredits, formatDate, pluralOf } from "@/lib/format";
import { BalancePlot } from "./balance-plot";
import type { PlotDay } from "./plot-geometry";

/** The balance of the last days as a plot, and the same as a table. `days` has no gap and is oldest first. */
export function BalanceHistory({ days, threshold }: { days: readonly PlotDay[]; threshold: string | null }) {
  const t = useTranslations("ledger.plot");
  const locale = useLocale();
  const first = days[0];
  const last = days.at(-1);
  const day = (date: string, style: "medium" | "dayMonth" = "medium") =>
    formatDate(locale, "UTC", date, style);
  if (first === undefined || last === undefined || days.every((each) => each.balance === "0")) {
    return (
      <Card title={t("title")} className="mb-4">
        <p className="text-ink-2">{t("empty")}</p>
      </Card>
    );
  }
  const ordered = days
    .map((each) => each.balance)
    .sort((a, b) => ((parseCredits(a) ?? 0n) < (parseCredits(b) ?? 0n) ? -1 : 1));
  const columns: Column<PlotDay>[] = [
    { key: "day", header: t("day"), rowHeader: true, cell: (each) => day(each.day) },
    {
      key: "recharged",
      header: t("recharged"),
      numeric: true,
      cell: (each) => (each.recharged === null ? "—" : formatCredits(locale, each.recharged)),
    },
    {
      key: "balance",
      header: t("balance"),
      numeric: true,
      cell: (each) => formatCredits(locale, each.balance),
    },
  ];
  const recharges = days.filter((each) => each.recharged !== null).length;
  return (
    <Card
      title={t("title")}
      className="mb-4"
      action={
        recharges === 0 ? undefined : (
          <p className="flex items-center gap-2 text-s text-ink-3">
            <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3">
              <circle cx="6" cy="6" r="4" strokeWidth="2" className="fill-card stroke-plot" />
            </svg>
            {t("recharge")}
          </p>
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
          }),
          threshold:
            threshold === null ? null : t("threshold", { threshold: formatCredits(locale, threshold) }),
          credits: (credits) => formatCredits(locale, credits.toString()),
          shortDay: (date) => day(date, "dayMonth"),
          dot: (each) =>
            t("dot", {
              date: day(each.day),
              credits: formatCredits(locale, each.recharged ?? "0"),
              balance: formatCredits(locale, each.balance),
            }),
        }}
      />
      <Details summary={t("asTable")} className="mt-2 print:hidden">
        <Table
          caption={t("title")}
          columns={columns}
          rows={[...days].reverse()}
          rowKey={(each) => each.day}
          phone="scroll"
        />
      </Details>
    </Card>
  );
}
