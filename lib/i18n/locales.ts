/** The languages of the interface, in the order in which they are offered. Another is a folder of messages and a line here. */
export const LOCALES = ["it", "fr", "en"] as const;

export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = "it";

/** Remembers the language that was chosen. */
export const LOCALE_COOKIE = "locale";

/** Each language by its own name, so that a reader who landed in the wrong one finds the way out. */
export const LOCALE_NAMES = { it: "Italiano", fr: "Français", en: "English" } as const satisfies Record<
  Locale,
  string
>;

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}
