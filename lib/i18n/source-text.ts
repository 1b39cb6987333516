import { formatCountry, formatDate } from "../format";
import type { SourceText } from "../prices/source-rules";
import type { Messages } from "./messages";

type SourceKey = keyof Messages["prices"]["sources"];

/** The translator of the namespace `prices`. */
type PriceTranslator = (key: `sources.${SourceKey}`, values?: Record<string, string>) => string;

/** Where a figure comes from, in the reader's language where the product knows the source. */
export function sourceText(t: PriceTranslator, locale: string, source: SourceText): string {
  const day = (date: string) => formatDate(locale, "UTC", `${date}T00:00:00Z`);
  const country = (list: string) => formatCountry(locale, list.toUpperCase());
  switch (source.key) {
    case "published":
    case "example":
      return t(`sources.${source.key}`);
    case "api":
      return t("sources.api", { country: country(source.list), date: day(source.day) });
    case "carried":
      return t("sources.carried", { country: country(source.list) });
    case "guide":
      return t("sources.guide", { date: day(source.day) });
    case "other":
      return source.text;
  }
}
