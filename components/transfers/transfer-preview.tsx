import { useLocale, useTranslations } from "next-intl";
import { Unbroken } from "@/components/ui/unbroken";
import { addCredits, parseCredits, printCredits, subtractCredits } from "@/lib/credits";
import { formatCredits, pluralOf } from "@/lib/format";
import { isDue } from "@/lib/ledger/rules";

/** Amounts are printed credits. `threshold` is that of a rule that is on, and at no recharge yet. */
export type TransferSource = {
  readonly serviceName: string;
  readonly balance: string;
  readonly threshold: string | null;
};
export type TransferTarget = {
  readonly serviceName: string;
  readonly name: string;
  readonly balance: string;
};

/** Both balances as they would be, and whether the transfer itself makes the source buy credits. */
export function TransferPreview(props: {
  source: TransferSource;
  target: TransferTarget | undefined;
  /** Null while what was typed is no amount. */
  credits: string | null;
}) {
  const t = useTranslations("transfers");
  return (
    <p
      aria-live="polite"
      aria-atomic="true"
      className="rounded-r-s border-l-3 border-accent bg-accent-soft px-4 py-3"
    >
      <Unbroken text={usePreviewText(props) ?? t("previewEmpty")} />
    </p>
  );
}

function usePreviewText(props: {
  source: TransferSource;
  target: TransferTarget | undefined;
  credits: string | null;
}): string | null {
  const { source, target, credits } = props;
  const t = useTranslations("transfers");
  const locale = useLocale();
  const amount = credits === null ? null : parseCredits(credits);
  const before = parseCredits(source.balance);
  const targetBefore = target === undefined ? null : parseCredits(target.balance);
  if (amount === null || amount <= 0n || before === null || target === undefined || targetBefore === null) {
    return null;
  }
  const left = subtractCredits(before, amount);
  if (left < 0n) {
    return t("notEnough", {
      available: formatCredits(locale, source.balance),
      availableN: pluralOf(source.balance),
      requested: formatCredits(locale, printCredits(amount)),
      n: pluralOf(printCredits(amount)),
    });
  }
  const balances = t("preview", {
    source: source.serviceName,
    sourceLeft: formatCredits(locale, printCredits(left)),
    n: pluralOf(printCredits(left)),
    target: target.serviceName,
    targetLeft: formatCredits(locale, printCredits(addCredits(targetBefore, amount))),
  });
  const threshold = source.threshold === null ? null : parseCredits(source.threshold);
  if (source.threshold === null || !isDue(left, threshold)) return balances;
  const recharge = t("willRecharge", {
    source: source.serviceName,
    threshold: formatCredits(locale, source.threshold),
    n: pluralOf(source.threshold),
  });
  return `${balances} ${recharge}`;
}
