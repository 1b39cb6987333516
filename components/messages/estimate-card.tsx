"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import { Table, type Column } from "@/components/ui/table";
import { formatCount, formatCountry, formatCredits, formatList, pluralOf } from "@/lib/format";
import type { DestinationCostDto, EstimateDto } from "@/lib/messages/schema";

const bold = (chunks: ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;

/** What a message costs, by destination and in all, what is left afterwards, and what a rule buys then. */
export function EstimateCard({ estimate }: { estimate: EstimateDto }) {
  const t = useTranslations("messages.send");
  const locale = useLocale();
  const columns: Column<DestinationCostDto>[] = [
    {
      key: "destination",
      header: t("destination"),
      rowHeader: true,
      cell: (row) => formatCountry(locale, row.country),
    },
    {
      key: "recipients",
      header: t("recipientsOf"),
      numeric: true,
      cell: (row) => formatCount(locale, row.recipients),
    },
    { key: "rate", header: t("rate"), numeric: true, cell: (row) => formatCredits(locale, row.rate) },
    { key: "credits", header: t("credits"), numeric: true, cell: (row) => formatCredits(locale, row.cost) },
  ];
  return (
    <>
      {estimate.destinations.length === 0 ? null : (
        <Table
          caption={t("caption")}
          columns={columns}
          rows={estimate.destinations}
          rowKey={(row) => row.country}
          phone="scroll"
        />
      )}
      <dl className="mt-3 flex items-baseline justify-between border-t border-line-strong pt-3">
        <dt className="font-semibold">{t("total")}</dt>
        <dd className="text-l font-bold">
          {t("creditsOf", { amount: formatCredits(locale, estimate.total), n: pluralOf(estimate.total) })}
        </dd>
      </dl>
      <div className="mt-2" aria-live="polite" aria-atomic="true">
        {estimate.isCovered ? (
          <p className="text-ink-2">
            <span key={estimate.left}>
              {t.rich("leftAfter", {
                left: formatCredits(locale, estimate.left),
                n: pluralOf(estimate.left),
                b: bold,
              })}
            </span>{" "}
            {estimate.rechargeCredits === null ? null : (
              <span>{t("leftTriggers", { quantity: formatCount(locale, estimate.rechargeCredits) })}</span>
            )}
          </p>
        ) : (
          <Notice key={estimate.left} kind="bad" className="mb-0">
            {t.rich("leftShort", {
              missing: formatCredits(locale, estimate.left.replace("-", "")),
              n: pluralOf(estimate.left.replace("-", "")),
              b: bold,
            })}
          </Notice>
        )}
      </div>
      {estimate.notServed.length === 0 ? null : (
        <Notice kind="bad" className="mt-3 mb-0">
          {t("notServed", {
            countries: formatList(
              locale,
              estimate.notServed.map((country) => formatCountry(locale, country)),
            ),
          })}
        </Notice>
      )}
    </>
  );
}
