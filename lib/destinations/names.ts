import { formatCountry } from "@/lib/format";
import { SEARCH_LANGUAGES, searchWords } from "./search-rules";

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
