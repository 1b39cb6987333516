import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { FactList, type Fact } from "@/components/ui/facts";
import { Pill } from "@/components/ui/pill";
import { formatCents, formatCount, formatCredits, pluralOf } from "@/lib/format";
import type { PriceListDto } from "@/lib/orders/schema";
import { priceOfQuantity } from "./prices";
import { RuleEditor } from "./rule-editor";
import type { SaveRule } from "./rule-form";
import { RuleSentence } from "./rule-sentence";
import { RULE_PILL, type RuleView } from "./rule-view";

/** The box *Manage options*: the rule as it stands, as a sentence and in figures, and the way to change it. */
export function RuleCard(props: {
  rule: RuleView;
  balance: string;
  isRecharging: boolean;
  isSuspended: boolean;
  prices: PriceListDto;
  quantities: readonly number[];
  saveAction: SaveRule;
}) {
  const { rule, prices } = props;
  const t = useTranslations("recharge");
  const locale = useLocale();
  const state: Fact = {
    key: "state",
    term: t("state.label"),
    value: <Pill kind={RULE_PILL[rule.state]}>{t(`state.${rule.state}`)}</Pill>,
  };
  return (
    <Card title={t("manage")}>
      <p className="mb-3 text-l">
        <RuleSentence rule={rule} prices={prices} />
      </p>
      <FactList className="mb-5" facts={rule.state === "off" ? [state] : [state, ...amounts(rule)]} />
      <RuleEditor {...props} />
    </Card>
  );

  function amounts({ threshold, quantity }: Exclude<RuleView, { state: "off" }>): Fact[] {
    const price = priceOfQuantity(prices, quantity);
    return [
      {
        key: "threshold",
        term: t("threshold"),
        value: t("credits", { amount: formatCredits(locale, threshold), n: pluralOf(threshold) }),
      },
      {
        key: "quantity",
        term: t("quantity"),
        value: t("credits", { amount: formatCount(locale, quantity), n: quantity }),
        note:
          price === null
            ? undefined
            : t("plusVat", { price: formatCents(locale, price.netCents, prices.currency) }),
      },
    ];
  }
}
