import { useLocale, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { FactList, type Fact } from "@/components/ui/facts";
import { printCredits } from "@/lib/credits";
import { formatCents, formatCredits, formatSignedCredits } from "@/lib/format";
import type { PeriodFigures } from "@/lib/history/rules";
import type { Cents } from "@/lib/money";

/** How the month went so far. What else moved is shown only where something did. */
export function MonthCard(props: {
  month: string;
  figures: PeriodFigures & { readonly paid: Cents };
  currency: string;
}) {
  const { spent, bought, other, paid } = props.figures;
  const t = useTranslations("ledger.month");
  const locale = useLocale();
  const moved: Fact[] =
    other === 0n
      ? []
      : [{ key: "moved", term: t("moved"), value: formatSignedCredits(locale, printCredits(other)) }];
  return (
    <Card title={<span className="first-letter:uppercase inline-block">{props.month}</span>}>
      <FactList
        facts={[
          { key: "spent", term: t("spent"), value: formatCredits(locale, printCredits(spent)) },
          { key: "bought", term: t("recharged"), value: formatCredits(locale, printCredits(bought)) },
          ...moved,
          { key: "paid", term: t("paid"), value: formatCents(locale, paid, props.currency) },
        ]}
      />
    </Card>
  );
}
