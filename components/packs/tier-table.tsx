import type { Route } from "next";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Footnotes, FootnoteMark } from "@/components/ui/footnotes";
import { Icon } from "@/components/ui/icon";
import { type Column, Table } from "@/components/ui/table";
import { printCredits } from "@/lib/credits";
import {
  formatCents,
  formatCount,
  formatCountry,
  formatCredits,
  formatUnitPrice,
  pluralOf,
} from "@/lib/format";
import { sourceText } from "@/lib/i18n/source-text";
import { LARGEST_ORDER } from "@/lib/orders/rules";
import type { PackLine, PacksView } from "@/lib/packs/schema";
import { readSource, sourceNotes } from "@/lib/prices/source-rules";
import { tierFor } from "@/lib/rates/rules";

/** A little wider than the table, so that its words do not touch its edge. */
const CHOSEN =
  "bg-accent-soft sm:[box-shadow:-0.75rem_0_var(--color-accent-soft),0.75rem_0_var(--color-accent-soft)]";

/** The tiers, each with what its smallest pack costs and sends, and where its price comes from. */
export function TierTable({ view, hrefFor }: { view: PacksView; hrefFor: (quantity: number) => Route }) {
  const t = useTranslations("packs");
  const tPrices = useTranslations("prices");
  const locale = useLocale();
  const { currency } = view.list;
  const notes = sourceNotes(view.lines.map(({ tier }) => tier.source));
  const tiers = view.lines.map(({ tier }) => tier);
  const chosen = "quote" in view.quoted ? tierFor(tiers, view.quoted.quote.quantity) : null;
  const columns: Column<PackLine>[] = [
    {
      key: "tier",
      header: t("tier"),
      rowHeader: true,
      plain: true,
      cell: (line) => (
        <>
          <Link
            href={hrefFor(line.tier.quantityMin)}
            scroll={false}
            aria-label={`${rangeOf(line)}: ${t("choose", { count: formatCount(locale, line.tier.quantityMin) })}`}
            className="text-accent underline-offset-4 hover:underline"
          >
            {rangeOf(line)}
          </Link>
          {line.tier === chosen ? (
            <span className="ml-2 text-accent">
              <Icon name="check" />
              <span className="sr-only">{t("chosen")}</span>
            </span>
          ) : null}
        </>
      ),
    },
    {
      key: "price",
      header: t("tierPrice"),
      short: t("tierPriceShort"),
      numeric: true,
      cell: ({ tier }) => formatUnitPrice(locale, tier.unitPrice, currency, 5),
    },
    {
      key: "net",
      header: t("tierNet"),
      short: t("tierNetShort"),
      numeric: true,
      cell: ({ quote }) => formatCents(locale, quote.netCents, currency),
    },
    {
      key: "total",
      header: t("tierTotal"),
      numeric: true,
      main: true,
      cell: ({ quote }) => formatCents(locale, quote.totalCents, currency),
    },
    {
      key: "reach",
      header: t("tierReach", { country: formatCountry(locale, view.country) }),
      short: t("tierReachShort"),
      numeric: true,
      cell: ({ reach }) => {
        if (reach === null) return "–";
        const left = printCredits(reach.left);
        return (
          <>
            <span className="font-semibold">{formatCount(locale, reach.messages)}</span>
            <span className="ml-2 text-s text-ink-3">
              {reach.left === 0n
                ? t("reachExact")
                : t("reachLeft", { left: formatCredits(locale, left), n: pluralOf(left) })}
            </span>
          </>
        );
      },
    },
    {
      key: "source",
      header: t("tierSource"),
      plain: true,
      cell: ({ tier }) => {
        const note = notes.get(tier.source);
        if (note === undefined) return null;
        return (
          <FootnoteMark id={note.id} letter={note.letter}>
            {tPrices(`kinds.${note.kind}`)}
          </FootnoteMark>
        );
      },
    },
  ];
  const rangeOf = ({ tier }: PackLine): string => {
    const from = formatCount(locale, tier.quantityMin);
    if (tier.quantityMin === LARGEST_ORDER) return t("tierLast", { from });
    if (tier.quantityMax === null) return t("tierFrom", { from });
    return t("tierRange", { from, to: formatCount(locale, tier.quantityMax - 1) });
  };
  return (
    <>
      <Table
        caption={t("tierCaption")}
        columns={columns}
        rows={view.lines}
        rowKey={({ tier }) => tier.quantityMin.toString()}
        rowClassName={({ tier }) => (tier === chosen ? CHOSEN : "")}
        phone="lines"
      />
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
