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

/** The language to answer in: the one chosen before, else the best of what the browser accepts, else Italian. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  const wanted = (acceptLanguage ?? "")
    .slice(0, 500)
    .split(",")
    .map((entry) => {
      const [tag = "", ...parameters] = entry.split(";");
      const quality = parameters.map((parameter) => /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(parameter)?.[1]);
      return { language: tag.trim().toLowerCase().split("-")[0], quality: Number(quality[0] ?? "1") };
    })
    .filter(({ quality }) => quality > 0)
    // Stable: among equals the browser's order decides.
    .sort((a, b) => b.quality - a.quality);
  return wanted.map(({ language }) => language).find(isLocale) ?? DEFAULT_LOCALE;
}
