import { LOCALES, LOCALE_NAMES, type Locale } from "@/lib/i18n/locales";
import { FormProgress } from "../ui/form-progress";
import { Icon } from "../ui/icon";

/** One button for each language, in a form that is sent: it works before, and without, JavaScript. */
export function LanguageChoice({
  current,
  label,
  chooseLanguageAction,
  className = "",
}: {
  current: Locale;
  label: string;
  chooseLanguageAction: (form: FormData) => Promise<void>;
  className?: string;
}) {
  return (
    <form action={chooseLanguageAction}>
      <FormProgress />
      <div role="group" aria-label={label} className={`flex ${className}`}>
        {LOCALES.map((locale) => (
          <button
            key={locale}
            type="submit"
            name="locale"
            value={locale}
            lang={locale}
            aria-current={locale === current ? "true" : undefined}
            className="language"
          >
            <span translate="no">{LOCALE_NAMES[locale]}</span>
            {locale === current ? <Icon name="check" className="text-accent" /> : null}
          </button>
        ))}
      </div>
    </form>
  );
}
