import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import {
  addCredits,
  NO_CREDITS,
  parseCredits,
  printCredits,
  subtractCredits,
  wholeCredits,
} from "@/lib/credits";
import { formatCredits } from "@/lib/format";
import { isDue } from "@/lib/ledger/rules";

const bold = (chunks: ReactNode) => <strong className="font-semibold text-ink">{chunks}</strong>;

/**
 * When a recharge starts: the sentence, and what it means one credit above the threshold, exactly at it, and one below.
 * The outcomes are asked of the predicate that decides, so that they cannot differ from it.
 */
export function BoundaryExamples({ threshold }: { threshold: string }) {
  const t = useTranslations("recharge");
  const locale = useLocale();
  const limit = parseCredits(threshold) ?? NO_CREDITS;
  const examples = [
    { where: "above", balance: addCredits(limit, wholeCredits(1)) },
    { where: "at", balance: limit },
    { where: "below", balance: subtractCredits(limit, wholeCredits(1)) },
  ] as const;
  return (
    <>
      <p key="sentence" className="text-ink-2">
        {t.rich("boundary.sentence", { b: bold })}
      </p>
      <table className="mt-2">
        <caption className="sr-only">
          {t("boundary.caption", { threshold: formatCredits(locale, threshold) })}
        </caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("boundary.balance")}</th>
            <th scope="col">{t("boundary.outcome")}</th>
          </tr>
        </thead>
        <tbody>
          {examples.map(({ where, balance }) => {
            if (balance < 0n) {
              return (
                <tr key={where} className="text-ink-3">
                  <td colSpan={3} className="py-0.5">
                    {t("boundary.neverBelowZero")}
                  </td>
                </tr>
              );
            }
            const starts = isDue(balance, limit);
            return (
              <tr key={where} className={starts ? "font-semibold text-good" : "text-ink-2"}>
                <th scope="row" className="py-0.5 pr-4 text-right font-semibold">
                  {formatCredits(locale, printCredits(balance))}
                </th>
                <td className="py-0.5 pr-4">{starts ? t("boundary.starts") : t("boundary.doesNotStart")}</td>
                <td className="py-0.5 text-s font-normal text-ink-3">{t(`boundary.${where}`)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
