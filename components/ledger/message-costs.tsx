import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Table, type Column } from "@/components/ui/table";
import { formatCount, formatCountry, formatCredits } from "@/lib/format";

/** What the recipients of one country at one rate cost. Amounts are printed credits. */
export type CostRow = {
  readonly country: string;
  readonly recipients: number;
  readonly rate: string;
  readonly parts: number;
  readonly credits: string;
};

/** Why a message cost what it did: recipients times parts times the rate that held when it was sent. */
export function MessageCosts(props: {
  text: string;
  details: string;
  rows: readonly CostRow[];
  total: string;
}) {
  const t = useTranslations("ledger.message");
  const locale = useLocale();
  const columns: Column<CostRow>[] = [
    {
      key: "destination",
      header: t("destination"),
      rowHeader: true,
      cell: (row) => formatCountry(locale, row.country),
    },
    {
      key: "recipients",
      header: t("recipients"),
      numeric: true,
      cell: (row) => formatCount(locale, row.recipients),
    },
    { key: "parts", header: t("partsEach"), numeric: true, cell: (row) => formatCount(locale, row.parts) },
    { key: "rate", header: t("rate"), numeric: true, cell: (row) => formatCredits(locale, row.rate) },
    {
      key: "credits",
      header: t("credits"),
      numeric: true,
      cell: (row) => formatCredits(locale, row.credits),
    },
  ];
  return (
    <div className="grid gap-4 lg:grid-cols-[1.4fr_1fr]">
      <Card title={t("caption")}>
        <Table
          caption={t("caption")}
          columns={columns}
          rows={props.rows}
          rowKey={(row) => `${row.country} ${row.rate}`}
        />
        <dl className="mt-2 flex items-baseline justify-between border-t border-line-strong pt-3">
          <dt className="font-semibold">{t("total")}</dt>
          <dd className="text-l font-bold">{formatCredits(locale, props.total)}</dd>
        </dl>
      </Card>
      <Card title={t("text")} tone="sunk" className="self-start">
        <p className="whitespace-pre-wrap">{props.text}</p>
        <p className="mt-3 text-s text-ink-3">{props.details}</p>
      </Card>
    </div>
  );
}
