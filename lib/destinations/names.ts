import { displayName, formatCountry } from "@/lib/format";
import { CALLING_CODES } from "@/lib/prices/countries";
import { foldName, SEARCH_LANGUAGES, searchWords } from "./search-rules";

/** Names that people use and no list of official ones has, in the languages of the search. */
const EVERYDAY_NAMES: Readonly<Record<string, readonly string[]>> = {
  AE: ["UAE"],
  AN: ["Antillas Neerlandesas", "Niederländische Antillen", "Antyle Holenderskie", "Antilhas Holandesas"],
  BY: ["Weißrussland"],
  CI: ["Ivory Coast", "Elfenbeinküste", "Costa de Marfil"],
  CZ: [
    "Repubblica Ceca",
    "République tchèque",
    "Czech Republic",
    "República Checa",
    "Tschechische Republik",
    "Republika Czeska",
  ],
  GB: [
    "Gran Bretagna",
    "Grande-Bretagne",
    "Great Britain",
    "Gran Bretaña",
    "Großbritannien",
    "Grã-Bretanha",
    "Inghilterra",
    "Angleterre",
    "England",
    "Inglaterra",
    "Anglia",
  ],
  NL: ["Olanda", "Hollande", "Holland", "Holanda", "Niderlandy"],
  SZ: ["Swaziland"],
  TL: ["East Timor"],
  TR: ["Turkey"],
  US: ["America", "Amérique", "Amerika", "Ameryka"],
};

function namesOf(country: string): string[] {
  return [
    ...SEARCH_LANGUAGES.flatMap((language) => [
      formatCountry(language, country),
      displayName(language, country, "short"),
    ]),
    ...(EVERYDAY_NAMES[country] ?? []),
  ];
}

const kept = new Map<string, string>();

/** The words by which a country is found. They never change, so each is put together once in a process. */
export function wordsOf(country: string, callingCode: string): string {
  const key = `${country} ${callingCode}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const words = searchWords(country, callingCode, namesOf(country));
  kept.set(key, words);
  return words;
}

/** The words of every country, by its code, for the browser to find rows by as one types. */
export function searchIndex(): Readonly<Record<string, string>> {
  return Object.fromEntries([...CALLING_CODES].map(([country, code]) => [country, wordsOf(country, code)]));
}

let byName: ReadonlyMap<string, string> | null = null;

/**
 * The country that a text names, in any of the languages or by its code: whole, or by a word that no other country's
 * name has, such as "Vaticano". Null if it names none, or one of several.
 */
export function countryNamed(text: string, countries: Iterable<string>): string | null {
  byName ??= readNames(countries);
  return byName.get(foldName(text)) ?? null;
}

function readNames(countries: Iterable<string>): ReadonlyMap<string, string> {
  const whole = new Map<string, string>();
  const byWord = new Map<string, string | null>();
  for (const country of countries) {
    whole.set(country.toLowerCase(), country);
    for (const name of namesOf(country).map(foldName)) {
      whole.set(name, country);
      for (const word of name.split(" ")) {
        const other = byWord.get(word);
        byWord.set(word, other === undefined || other === country ? country : null);
      }
    }
  }
  const alone = [...byWord].filter(
    (entry): entry is [string, string] => entry[1] !== null && entry[0].length >= SHORTEST_WORD,
  );
  return new Map([...alone, ...whole]);
}

/** Shorter words, "of" and "and", say nothing of a country by themselves. */
const SHORTEST_WORD = 5;
