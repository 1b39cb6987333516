import type { Route } from "next";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Footnotes } from "@/components/ui/footnotes";
import { Icon } from "@/components/ui/icon";
import { printCredits } from "@/lib/credits";
import { type DestinationsAddress, printAddress } from "@/lib/destinations/address-rules";
import type { SortColumn } from "@/lib/destinations/rules";
import type { DestinationsView } from "@/lib/destinations/schema";
import { formatCount, formatCredits, formatUnitPrice } from "@/lib/format";
import { sourceText } from "@/lib/i18n/source-text";
import { divideHalfUp } from "@/lib/money";
import { readSource, sourceNotes } from "@/lib/prices/source-rules";
import { DestinationRows, type RowTexts, type RowWords } from "./destination-rows";

export const TABLE = "destinations";

/**
 * All rows of the list. Those that the search did not find are there and hidden, so that the next letter needs no
 * server. On a phone the name and the credits of a row stand above, the rest below them.
 */
export function DestinationTable({
  view,
  address,
}: {
  view: DestinationsView;
  address: DestinationsAddress;
}) {
  const t = useTranslations("destinations");
  const tPrices = useTranslations("prices");
  const locale = useLocale();
  const notes = sourceNotes(view.rows.map(({ source }) => source));
  const hasBalance = view.rows[0]?.withBalance != null;
  const columns: SortColumn[] = [
    "country",
    "code",
    "credits",
    "money",
    "hundred",
    ...(hasBalance ? (["balance"] as const) : []),
  ];
  const words: RowWords = {
    code: t("columns.code"),
    credits: t("columns.credits"),
    money: t("columns.money"),
    hundred: t("columns.hundred"),
    balance: t("columns.balance"),
    source: t("columns.source"),
    kinds: Object.fromEntries(
      [...notes.values()].map(({ letter, kind }) => [letter, tPrices(`kinds.${kind}`)]),
    ),
  };
  const rows = view.rows.map((row): RowTexts => {
    const texts = [
      row.name,
      row.country,
      row.callingCode,
      formatCredits(locale, printCredits(row.credits)),
      formatUnitPrice(locale, toTenThousandths(row.money), view.list.currency, 4),
      formatCount(locale, row.perHundred),
      notes.get(row.source)?.letter ?? "",
      row.withBalance === null ? null : formatCount(locale, row.withBalance),
    ] as const;
    return row.isShown ? texts : [...texts, true];
  });
  return (
    <>
      <table role="table" id={TABLE} className="rates">
        <caption className="sr-only">{t("caption")}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <SortHeader key={column} column={column} address={address} />
            ))}
            <th role="columnheader" scope="col">
              {t("columns.source")}
            </th>
          </tr>
        </thead>
        {/* Drawn anew for another query: the browser may have hidden rows by itself meanwhile. */}
        <tbody role="rowgroup" key={`${address.query} ${address.sort} ${address.direction}`}>
          <DestinationRows rows={rows} words={words} />
        </tbody>
      </table>
      <Footnotes
        title={tPrices("notesTitle")}
        notes={[...notes.values()].map(({ id, letter, source }) => ({
          id,
          letter,
          text: sourceText(tPrices, locale, readSource(source)),
        }))}
      />
    </>
  );
}

function SortHeader({ column, address }: { column: SortColumn; address: DestinationsAddress }) {
  const t = useTranslations("destinations");
  const isCurrent = address.sort === column;
  const direction = isCurrent && address.direction === "asc" ? "desc" : "asc";
  const href: Route = `/destinations${printAddress({ ...address, sort: column, direction })}`;
  const sorted = address.direction === "asc" ? "ascending" : "descending";
  return (
    <th role="columnheader" scope="col" aria-sort={isCurrent ? sorted : undefined}>
      <Link
        href={href}
        scroll={false}
        prefetch={false}
        title={t("sortedBy", { column: t(`columns.${column}`) })}
      >
        <span>{t(`columns.${column}`)}</span>
        {isCurrent ? <Icon name={address.direction === "asc" ? "up" : "down"} className="ml-1" /> : null}
      </Link>
    </th>
  );
}

/** A page shows money to a hundredth of a cent; the file has all of it. */
const toTenThousandths = (micros: bigint): bigint => divideHalfUp(micros, 100n) * 100n;
