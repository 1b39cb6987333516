import type { Locale } from "../i18n/locales";
import type { MailTexts } from "./rules";
import { ENGLISH_TEXTS } from "./texts-en";
import { FRENCH_TEXTS } from "./texts-fr";
import { ITALIAN_TEXTS } from "./texts-it";

export const MAIL_TEXTS: Readonly<Record<Locale, MailTexts>> = {
  it: ITALIAN_TEXTS,
  fr: FRENCH_TEXTS,
  en: ENGLISH_TEXTS,
};
