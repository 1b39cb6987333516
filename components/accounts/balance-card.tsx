import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { Pill } from "@/components/ui/pill";
import { formatCount, formatCountry, formatCredits, pluralOf } from "@/lib/format";
import { type AccountUrgency, STATE_PILL } from "./account-view";

/** What the balance is worth in messages to one country. Amounts are printed credits. */
export type CapacityView = {
  readonly country: string;
  readonly messages: string;
  readonly rate: string;
  readonly left: string;
};

const bold = (chunks: ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;

/** The credits left, in the largest letters of the page, and what they are worth. */
export function BalanceCard(props: {
  balance: string;
  capacity: CapacityView | null;
  state: AccountUrgency;
}) {
  const { capacity } = props;
  const t = useTranslations("accounts");
  const locale = useLocale();
  return (
    <Card title={t("overview.credits")}>
      <p translate="no" className="text-2xl font-bold tracking-tight">
        {formatCredits(locale, props.balance)}
      </p>
      {capacity === null ? null : (
        <>
          <p key={capacity.messages} className="mt-3 text-ink-2">
            {t.rich("overview.capacity", {
              messages: formatCount(locale, capacity.messages),
              code: capacity.country,
              country: formatCountry(locale, capacity.country),
              b: bold,
            })}
          </p>
          <p className="text-s text-ink-3">
            {t("overview.capacityLeft", {
              left: formatCredits(locale, capacity.left),
              n: pluralOf(capacity.left),
              rate: formatCredits(locale, capacity.rate),
            })}
          </p>
        </>
      )}
      {props.state === "fine" ? null : (
        <p className="mt-3">
          <Pill kind={STATE_PILL[props.state]}>{t(`state.${props.state}`)}</Pill>
        </p>
      )}
    </Card>
  );
}
