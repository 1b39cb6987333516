import type { Route } from "next";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Elements } from "@/components/ui/elements";
import { FactList } from "@/components/ui/facts";
import { Notice } from "@/components/ui/notice";
import { printCredits } from "@/lib/credits";
import {
  formatCents,
  formatCount,
  formatCountry,
  formatCredits,
  formatPercent,
  formatUnitPrice,
  pluralOf,
} from "@/lib/format";
import type { PacksView } from "@/lib/packs/schema";

const bold = (chunks: ReactNode) => <strong className="font-bold text-ink">{chunks}</strong>;

/** What the quantity costs and sends, and the larger one that costs no more. `hrefFor` leads to another quantity. */
export function PackAnswer({
  view,
  hrefFor,
  children,
}: {
  view: PacksView;
  hrefFor: (quantity: number) => Route;
  /** What can be done with it: a button to buy. */
  children?: Elements;
}) {
  const t = useTranslations("packs");
  const tPrices = useTranslations("prices");
  const locale = useLocale();
  if ("problem" in view.quoted) return null;
  const { quote } = view.quoted;
  const money = (cents: bigint) => formatCents(locale, cents, quote.currency);
  return (
    <div className="grid gap-x-10 gap-y-4 lg:grid-cols-2" aria-live="polite">
      <div>
        <p className="text-2xl font-bold tracking-tight">
          <span>{money(quote.totalCents)}</span>{" "}
          <span className="text-m font-normal tracking-normal text-ink-3">{t("withVat")}</span>
        </p>
        <p className="mt-2 text-ink-2">
          {[
            t("credits", { count: formatCount(locale, quote.quantity) }),
            t("unitPrice", { price: formatUnitPrice(locale, quote.unitPrice, quote.currency) }),
          ].join(", ")}
        </p>
        <FactList
          className="mt-3 max-w-md"
          facts={[
            { key: "net", term: t("net"), value: money(quote.netCents) },
            {
              key: "vat",
              term: tPrices("vat", { rate: formatPercent(locale, quote.vat) }),
              value: money(quote.vatCents),
            },
            { key: "total", term: t("total"), value: money(quote.totalCents) },
          ]}
        />
      </div>
      <div>
        <Reach view={view} />
        <Better view={view} hrefFor={hrefFor} />
        {children}
      </div>
    </div>
  );
}

function Reach({ view: { rate, reach, country } }: { view: PacksView }) {
  const t = useTranslations("packs");
  const locale = useLocale();
  const name = formatCountry(locale, country);
  if (rate === null || reach === null)
    return <p className="mb-4 text-l text-ink-2">{t("notServed", { country: name })}</p>;
  const left = printCredits(reach.left);
  const each = printCredits(rate.credits);
  return (
    <>
      <p className="text-l text-ink-2">
        <span key={`${country} ${reach.messages.toString()}`}>
          {t.rich("reach", { messages: formatCount(locale, reach.messages), country: name, b: bold })}
        </span>
        <span>
          {`, ${
            reach.left === 0n
              ? t("reachExact")
              : t("reachLeft", { left: formatCredits(locale, left), n: pluralOf(left) })
          }`}
        </span>
      </p>
      <p className="mt-1 mb-4 text-s text-ink-3">
        {t("reachRate", { rate: formatCredits(locale, each), n: pluralOf(each) })}
      </p>
    </>
  );
}

function Better({ view, hrefFor }: { view: PacksView; hrefFor: (quantity: number) => Route }) {
  const t = useTranslations("packs");
  const locale = useLocale();
  if (view.better === null || "problem" in view.quoted) return null;
  const { quote, saving } = view.better;
  const count = formatCount(locale, quote.quantity);
  const values = {
    count,
    asked: formatCount(locale, view.quoted.quote.quantity),
    total: formatCents(locale, quote.totalCents, quote.currency),
  };
  return (
    <Notice kind="good">
      <p>
        {saving === 0n
          ? t("betterSame", values)
          : t("better", { ...values, saving: formatCents(locale, saving, quote.currency) })}
      </p>
      <Link
        href={hrefFor(quote.quantity)}
        scroll={false}
        className="font-semibold text-accent underline-offset-4 hover:underline"
      >
        {t("chooseBetter", { count })}
      </Link>
    </Notice>
  );
}
