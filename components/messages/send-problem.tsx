import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";
import type { Failure } from "@/lib/failure";
import { formatCredits, pluralOf } from "@/lib/format";
import { problemText } from "@/lib/i18n/problem-text";

/** What the form draws, and marks itself. */
export const FIELDS = ["recipients", "text"] as const;

/**
 * Why a message was not sent, at the button that was pressed for it. What is wrong with a field stands at the field,
 * which has the focus then.
 */
export function SendProblem({ failure, error }: { failure: Failure | null; error: Error | null }) {
  const t = useTranslations("messages.problems");
  const tProblems = useTranslations("problems");
  const locale = useLocale();
  const place = useRef<HTMLDivElement>(null);
  const text =
    failure !== null
      ? textOf(failure)
      : error === null
        ? null
        : t(error instanceof TypeError ? "network" : "server");
  // The button may stand at the lower edge of a phone, and moves below it.
  useEffect(() => {
    if (text !== null) place.current?.scrollIntoView({ block: "nearest" });
  }, [text]);
  return (
    <div ref={place} className="mt-5 scroll-my-4">
      {text === null ? null : (
        <Notice kind="bad" announce="alert">
          {text}
        </Notice>
      )}
    </div>
  );

  function textOf(refused: Failure): string | null {
    switch (refused.code) {
      case "insufficient_credits":
        return t("insufficient", {
          requested: formatCredits(locale, refused.requested),
          n: pluralOf(refused.requested),
          available: formatCredits(locale, refused.available),
          availableN: pluralOf(refused.available),
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
      case "invalid_input": {
        const { fields } = refused;
        if (FIELDS.some((field) => fields[field] !== undefined)) return null;
        const [problem] = Object.values(fields);
        return problem === undefined ? t("server") : problemText(tProblems, problem);
      }
      case "not_served":
        return null;
      case "payment_declined":
        return t("server");
    }
  }
}
