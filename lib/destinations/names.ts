import { formatCountry } from "@/lib/format";
import { foldName, SEARCH_LANGUAGES, searchWords } from "./search-rules";

const kept = new Map<string, string>();

/** The words by which a country is found. They never change, so each is put together once in a process. */
export function wordsOf(country: string, callingCode: string): string {
  const key = `${country} ${callingCode}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const names = SEARCH_LANGUAGES.map((language) => formatCountry(language, country));
  const words = searchWords(country, callingCode, names);
  kept.set(key, words);
  return words;
}

let byName: ReadonlyMap<string, string> | null = null;

/** The country that a text names whole, in any of the languages or by its code; null if it names none. */
export function countryNamed(text: string, countries: Iterable<string>): string | null {
  if (byName === null) {
    const names = new Map<string, string>();
    for (const country of countries) {
      names.set(country.toLowerCase(), country);
      for (const language of SEARCH_LANGUAGES) names.set(foldName(formatCountry(language, country)), country);
    }
    byName = names;
  }
  return byName.get(foldName(text)) ?? null;
}
