import { useLocale, useTranslations } from "next-intl";
import type { Failure } from "@/lib/failure";
import { formatCredits, pluralOf } from "@/lib/format";

/** Words for why a correction was not made; null where no answer came. */
export function useRefusalText(): (failure: Failure | null) => string {
  const t = useTranslations("support.corrections.problem");
  const locale = useLocale();
  return (failure) => {
    switch (failure?.code) {
      case "insufficient_credits": {
        const { available } = failure;
        return t("insufficient", { available: formatCredits(locale, available), n: pluralOf(available) });
      }
      case "conflict":
      case "not_allowed":
        return t(failure.code);
      case "invalid_input":
        return t("invalid");
      case "not_authenticated":
      case "not_found":
      case "not_served":
      case "payment_declined":
      case "too_many_requests":
      case undefined:
        return t("other");
    }
  };
}
