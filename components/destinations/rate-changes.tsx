import { useLocale, useTranslations } from "next-intl";
import { type Column, Table } from "@/components/ui/table";
import { type Credits, printCredits, subtractCredits } from "@/lib/credits";
import type { DestinationsView } from "@/lib/destinations/schema";
import { formatCredits, formatDate, formatSignedCredits } from "@/lib/format";

type Change = NonNullable<DestinationsView["changes"]>[number];

/** What differs between two days. */
export function RateChanges({ changes, from, to }: { changes: readonly Change[]; from: string; to: string }) {
  const t = useTranslations("destinations");
  const locale = useLocale();
  const day = (date: string) => formatDate(locale, "UTC", `${date}T00:00:00Z`);
  const dates = { from: day(from), to: day(to) };
  if (changes.length === 0) return <p className="text-ink-2">{t("noChanges", dates)}</p>;
  const amount = (credits: Credits | null) =>
    credits === null ? "–" : formatCredits(locale, printCredits(credits));
  const columns: Column<Change>[] = [
    { key: "country", header: t("columns.country"), rowHeader: true, cell: ({ name }) => name },
    {
      key: "before",
      header: t("before", { date: dates.from }),
      numeric: true,
      cell: ({ before }) => amount(before),
    },
    {
      key: "after",
      header: t("after", { date: dates.to }),
      numeric: true,
      cell: ({ after }) => amount(after),
    },
    {
      key: "change",
      header: t("change"),
      numeric: true,
      cell: ({ before, after }) => {
        if (before === null) return t("added");
        if (after === null) return t("removed");
        return formatSignedCredits(locale, printCredits(subtractCredits(after, before)));
      },
    },
  ];
  return (
    <>
      <h2 className="mb-2 font-semibold text-ink-2">{t("changes", dates)}</h2>
      <Table
        caption={t("changesCaption")}
        columns={columns}
        rows={changes}
        rowKey={({ country }) => country}
      />
    </>
  );
}
