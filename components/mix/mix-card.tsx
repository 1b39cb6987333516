import { useLocale, useTranslations } from "next-intl";
import type { Route } from "next";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import { type Credits, creditsOf, printCredits } from "@/lib/credits";
import { formatCents, formatCount, formatCountry, formatCredits, formatList, pluralOf } from "@/lib/format";
import type { PackCount } from "@/lib/mix/rules";
import type { MixView } from "@/lib/mix/schema";
import { type Micros, microsOf, priceOfSum } from "@/lib/money";

const MAX_COUNTRIES = 4;
const bold = (chunks: ReactNode) => <strong className="font-bold text-ink">{chunks}</strong>;

/** The balance in messages of the account's own kind, and what its packs would have cost as larger ones. */
export function MixCard({
  mix,
  packHref,
}: {
  mix: MixView;
  /** Null for who may not buy. */
  packHref: ((quantity: number) => Route) | null;
}) {
  const t = useTranslations("mix");
  const locale = useLocale();
  if (mix.messages === null && mix.bought === null) {
    return (
      <Card title={t("title")} className="mb-4">
        <p className="text-ink-2">{t("nothingSent", { days: mix.days })}</p>
      </Card>
    );
  }
  return (
    <Card title={t("title")} className="mb-4">
      <div className="grid gap-x-10 gap-y-4 lg:grid-cols-2">
        {mix.messages === null ? (
          <p className="text-ink-2">{t("nothingSent", { days: mix.days })}</p>
        ) : (
          <div>
            <p key={mix.messages} className="text-l text-ink-2">
              {t.rich("capacity", {
                messages: formatCount(locale, mix.messages),
                days: mix.days,
                b: bold,
              })}
            </p>
            <p className="mt-1 text-s text-ink-3">
              {t("based", {
                messages: formatCount(locale, totalOf(mix.sent.map(({ messages }) => messages))),
                credits: formatCredits(locale, printCredits(creditsIn(mix))),
                n: pluralOf(printCredits(creditsIn(mix))),
              })}
            </p>
            <Shares mix={mix} />
          </div>
        )}
        {mix.bought === null ? null : <Bought mix={mix} bought={mix.bought} packHref={packHref} />}
      </div>
    </Card>
  );
}

function Shares({ mix }: { mix: MixView }) {
  const t = useTranslations("mix");
  const locale = useLocale();
  const others = mix.sent.length - MAX_COUNTRIES;
  return (
    <p className="mt-2 text-s text-ink-2">
      {`${t("shares")}: ${formatList(locale, [
        ...mix.sent
          .slice(0, MAX_COUNTRIES)
          .map(
            ({ country, messages }) => `${formatCountry(locale, country)} ${formatCount(locale, messages)}`,
          ),
        ...(others > 0 ? [t("others", { count: others })] : []),
      ])}`}
    </p>
  );
}

function Bought({
  mix,
  bought,
  packHref,
}: {
  mix: MixView;
  bought: NonNullable<MixView["bought"]>;
  packHref: ((quantity: number) => Route) | null;
}) {
  const t = useTranslations("mix");
  const locale = useLocale();
  const { larger } = bought;
  // Rounded once, from the exact sum; without VAT.
  const money = (micros: Micros) => formatCents(locale, priceOfSum(micros, 0n).netCents, mix.currency);
  const named = (packs: readonly PackCount[]) =>
    formatList(
      locale,
      packs.map(({ count, quantity }) =>
        count === 1
          ? formatCount(locale, quantity)
          : t("times", { count: formatCount(locale, count), quantity: formatCount(locale, quantity) }),
      ),
    );
  const [largest] = larger?.packs ?? [];
  return (
    <div>
      <p className="text-ink-2">
        {t("bought", { days: mix.days, packs: named(bought.packs), cost: money(bought.netMicros) })}
      </p>
      {larger === null || largest === undefined ? (
        <p className="mt-1 text-ink-2">{t("best")}</p>
      ) : (
        <>
          <p className="mt-1 text-ink-2">
            <span>{t("larger", { packs: named(larger.packs), cost: money(larger.netMicros) })}</span>{" "}
            <strong className="font-semibold text-good">
              {t("largerSaving", { saving: money(microsOf(bought.netMicros - larger.netMicros)) })}
            </strong>
          </p>
          {packHref === null ? null : (
            <TextLink href={packHref(largest.quantity)} className="mt-2 inline-block font-semibold">
              {t("choose", { count: formatCount(locale, largest.quantity) })}
            </TextLink>
          )}
        </>
      )}
    </div>
  );
}

const totalOf = (counts: readonly bigint[]): bigint => counts.reduce((sum, count) => sum + count, 0n);
const creditsIn = (mix: MixView): Credits => creditsOf(totalOf(mix.sent.map(({ credits }) => credits)));
