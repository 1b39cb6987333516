import { useLocale, useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { Failure } from "@/lib/failure";
import { formatCredits } from "@/lib/format";

/** Why a message was not sent; problems of a field stand at the field, and are only pointed to here. */
export function SendProblem({ failure, error }: { failure: Failure | null; error: Error | null }) {
  const t = useTranslations("messages.problems");
  const locale = useLocale();
  if (failure === null && error === null) return null;
  return (
    <Notice kind="bad" announce="alert">
      {failure === null ? (error instanceof TypeError ? t("network") : t("server")) : textOf(failure)}
    </Notice>
  );

  function textOf(refused: Failure): string {
    switch (refused.code) {
      case "insufficient_credits":
        return t("insufficient", {
          requested: formatCredits(locale, refused.requested),
          available: formatCredits(locale, refused.available),
        });
      case "conflict":
        return t("conflict");
      case "not_authenticated":
        return t("signedOut");
      case "not_allowed":
        return t("notAllowed");
      case "not_found":
        return t("notFound");
      case "too_many_requests":
        return t("tooMany", { seconds: refused.retryAfterSeconds });
      case "invalid_input":
      case "not_served":
        return t("invalid");
      case "payment_declined":
        return t("server");
    }
  }
}
