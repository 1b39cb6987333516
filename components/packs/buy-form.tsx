import { useLocale, useTranslations } from "next-intl";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatCents, formatCount } from "@/lib/format";
import type { Quote } from "@/lib/orders/rules";
import { FirstValue } from "./first-value";

/**
 * The button that buys. The key was made when the page was first drawn, from the account's last order: every window
 * that was open before that purchase carries the same one, also after it was refreshed by itself, and only one of them
 * buys.
 */
export function BuyForm({
  quote,
  idempotencyKey,
  buyAction,
}: {
  quote: Quote;
  idempotencyKey: string;
  buyAction: (form: FormData) => Promise<void>;
}) {
  const t = useTranslations("packs.buy");
  const locale = useLocale();
  return (
    <form action={buyAction} className="print:hidden">
      <input type="hidden" name="quantity" value={quote.quantity} />
      <input type="hidden" name="agreedTotal" value={quote.totalCents.toString()} />
      <FirstValue name="idempotencyKey" value={idempotencyKey} />
      <SubmitButton>
        {t("submit", {
          count: formatCount(locale, quote.quantity),
          total: formatCents(locale, quote.totalCents, quote.currency),
        })}
      </SubmitButton>
      <p className="mt-2 text-s text-ink-3">{t("once")}</p>
    </form>
  );
}
