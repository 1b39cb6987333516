import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatCents, formatCount, formatCredits, pluralOf } from "@/lib/format";
import type { PriceListDto } from "@/lib/orders/schema";
import { priceOfQuantity } from "./prices";
import type { RuleView } from "./rule-view";

const bold = (chunks: ReactNode) => <strong className="font-semibold">{chunks}</strong>;

/** The rule in one sentence, with its price. */
export function RuleSentence({ rule, prices }: { rule: RuleView; prices: PriceListDto }) {
  const t = useTranslations("recharge");
  const locale = useLocale();
  if (rule.state === "off") return <span>{t("sentence.off")}</span>;
  const price = priceOfQuantity(prices, rule.quantity);
  return (
    <span key={`${rule.state} ${rule.version.toString()}`}>
      {t.rich(`sentence.${rule.state}`, {
        threshold: formatCredits(locale, rule.threshold),
        n: pluralOf(rule.threshold),
        quantity: formatCount(locale, rule.quantity),
        price: price === null ? "—" : formatCents(locale, price.netCents, prices.currency),
        b: bold,
      })}
    </span>
  );
}
