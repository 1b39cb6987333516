import { useLocale, useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { DestinationsAddress } from "@/lib/destinations/address-rules";
import type { DestinationsView } from "@/lib/destinations/schema";
import { foldQuery, isNumber } from "@/lib/destinations/search-rules";
import { formatCount, formatCountry, formatList } from "@/lib/format";

const MAX_NAMED = 8;

/** What the search found, in words: how many, whose number it is, and what it found among the countries not served. */
export function FoundLine({ view, address }: { view: DestinationsView; address: DestinationsAddress }) {
  const t = useTranslations("destinations");
  const locale = useLocale();
  const { numberOf, shownCount } = view;
  const missed = view.notServed.filter(({ isFound }) => isFound).map(({ name }) => name);
  const isLostNumber = numberOf === null && shownCount === 0 && isNumber(foldQuery(address.query));
  return (
    <div role="status">
      <p className="text-s text-ink-2">
        {t("found", { count: shownCount, total: formatCount(locale, view.rows.length) })}
      </p>
      {numberOf === null ? null : (
        <Notice kind={numberOf.isServed ? "info" : "warn"} className="mt-2">
          {t(numberOf.isServed ? "numberOf" : "numberNotServed", {
            country: formatCountry(locale, numberOf.country),
          })}
        </Notice>
      )}
      {isLostNumber ? (
        <Notice kind="warn" className="mt-2">
          {t("numberUnknown")}
        </Notice>
      ) : null}
      {numberOf === null && shownCount === 0 && missed.length === 0 && !isLostNumber ? (
        <Notice className="mt-2">{t("nothingFound", { query: address.query.trim() })}</Notice>
      ) : null}
      {numberOf !== null || missed.length === 0 || missed.length > MAX_NAMED ? null : (
        <Notice kind="warn" className="mt-2">
          {t("notServedFound", { count: missed.length, countries: formatList(locale, missed) })}
        </Notice>
      )}
    </div>
  );
}
