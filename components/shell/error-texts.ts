import type { Locale } from "@/lib/i18n/locales";
import en from "@/lib/i18n/messages/en/errors.json";
import fr from "@/lib/i18n/messages/fr/errors.json";
import it from "@/lib/i18n/messages/it/errors.json";

export type ErrorTexts = Readonly<Record<keyof typeof it, string>>;

/** Of error pages, in every language, for whoever cannot ask for messages: a page that failed may not be able to fetch any. */
export const ERROR_TEXTS: Readonly<Record<Locale, ErrorTexts>> = { it, fr, en };
