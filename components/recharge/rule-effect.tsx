import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { parseCredits } from "@/lib/credits";
import { formatCents, formatCount, formatCredits } from "@/lib/format";
import { isDue } from "@/lib/ledger/rules";
import { creditsToBuy } from "@/lib/recharge/rules";
import type { PriceListDto } from "@/lib/orders/schema";
import { priceOfQuantity } from "./prices";

const bold = (chunks: ReactNode) => <strong className="font-semibold">{chunks}</strong>;

/**
 * What Confirm does at once. `threshold` is printed credits, or null while what is typed is no amount; `quantity` is
 * null for a rule that is to be off.
 */
export function RuleEffect(props: {
  threshold: string | null;
  quantity: number | null;
  balance: string;
  isRecharging: boolean;
  isSuspended: boolean;
  prices: PriceListDto;
}) {
  const { quantity, isRecharging, prices } = props;
  const t = useTranslations("recharge.form");
  const locale = useLocale();
  if (quantity === null) return <span>{t("effectOff")}</span>;
  if (props.isSuspended) return <span>{t("effectSuspended")}</span>;
  const balance = parseCredits(props.balance);
  const threshold = props.threshold === null ? null : parseCredits(props.threshold);
  if (balance === null || threshold === null) return <span>{t("effectUnknown")}</span>;
  const shownBalance = formatCredits(locale, props.balance);
  if (!isDue(balance, threshold)) return <span>{t("effectNothing", { balance: shownBalance })}</span>;
  if (isRecharging) return <span>{t("effectOpen")}</span>;
  const credits = creditsToBuy(balance, threshold, quantity);
  const price = priceOfQuantity(prices, credits);
  const money = (cents: string | undefined) =>
    cents === undefined ? "—" : formatCents(locale, cents, prices.currency);
  const values = {
    balance: shownBalance,
    credits: formatCount(locale, credits),
    price: money(price?.netCents),
    total: money(price?.totalCents),
    b: bold,
  };
  return (
    <span key={`${props.balance} ${credits.toString()} ${quantity.toString()}`}>
      {credits === quantity
        ? t.rich("effectNow", values)
        : t.rich("effectNowMultiple", {
            ...values,
            quantity: formatCount(locale, quantity),
            times: formatCount(locale, credits / quantity),
          })}
    </span>
  );
}
