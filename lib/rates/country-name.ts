const namesByLocale = new Map<string, Intl.DisplayNames>();

/**
 * Codes that the lists hold and that are no longer in ISO 3166: CLDR hands over the name of a successor, which is
 * another place with another rate.
 */
const WITHDRAWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AN: {
    it: "Antille olandesi",
    fr: "Antilles néerlandaises",
    en: "Netherlands Antilles",
    es: "Antillas Neerlandesas",
    de: "Niederländische Antillen",
    pl: "Antyle Holenderskie",
    pt: "Antilhas Holandesas",
  },
};

/** The name of a country in the reader's language: ("it", "IN") is "India". An unknown code names itself. */
export function countryName(locale: string, country: string): string {
  const withdrawn = WITHDRAWN[country];
  if (withdrawn !== undefined) return withdrawn[locale.slice(0, 2)] ?? withdrawn["en"] ?? country;
  let names = namesByLocale.get(locale);
  if (names === undefined) {
    names = new Intl.DisplayNames([locale], { type: "region", fallback: "code" });
    namesByLocale.set(locale, names);
  }
  return /^[A-Z]{2}$/.test(country) ? (names.of(country) ?? country) : country;
}
