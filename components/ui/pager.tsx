import type { Route } from "next";
import { useTranslations } from "next-intl";
import { ButtonLink } from "./button-link";

type Way = { readonly text: string; readonly href: Route } | null;

/** The ways on below a page of a list, back to its start and to what follows; null where there is none. */
export function Pager({ start, next }: { start: Way; next: Way }) {
  const t = useTranslations("ui");
  return (
    <nav aria-label={t("pages")} className="mt-4 flex flex-wrap gap-4 empty:hidden print:hidden">
      {[start, next].map((way) =>
        way === null ? null : (
          <ButtonLink key={way.text} href={way.href} variant="ghost">
            {way.text}
          </ButtonLink>
        ),
      )}
    </nav>
  );
}
