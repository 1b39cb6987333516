/**
 * Finding a country as one types, in any of the seven languages, by ISO code or by calling code. The same function
 * hides rows in the browser and on the server: a row carries its words, a query is matched against them.
 */

/** The languages whose names of a country are found, whatever language the page is in. */
export const SEARCH_LANGUAGES = ["it", "fr", "en", "es", "de", "pl", "pt"] as const;

/** From this many digits on, it is a telephone number and no longer the beginning of a calling code. */
export const SHORTEST_NUMBER = 7;

/** Letters that have no accent to take off, and how people write them without their keyboard. */
const PLAIN: Readonly<Record<string, string>> = { ß: "ss", ł: "l", ø: "o", æ: "ae", œ: "oe", đ: "d", ı: "i" };

/** Marks of direction, and others that nobody sees, which come along with what is copied from a phone. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Lower case, no accents, one space between words: "Côte-d’Ivoire" is "cote d ivoire". */
export function foldName(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßłøæœđı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** What a row is found by: " italia italy italie … it +39". Each word once; a space before each. */
export function searchWords(country: string, callingCode: string, names: readonly string[]): string {
  const folded = new Set(names.map(foldName));
  return ` ${[...folded].join(" ")} ${country.toLowerCase()} +${callingCode}`;
}

/** A query as it is compared: a number of any usual form becomes "+" and its digits; a name is folded. */
export function foldQuery(typed: string): string {
  const text = readable(typed);
  if (!/^[+(]?[\d\s().\-/]+$/.test(text)) return foldName(text);
  const digits = text.replace(/\D/g, "").replace(/^00/, "");
  return digits === "" ? "" : `+${digits}`;
}

/** Does what was typed say itself that it begins with a calling code? */
export const isInternational = (typed: string): boolean => /^[\s(]*(\+|00)/.test(readable(typed));

function readable(typed: string): string {
  const text = typed.normalize("NFKC").replace(INVISIBLE, "").trim().slice(0, 60);
  return text.replace(/^tel:\s*/i, "").replace(/[\u2010-\u2015\u2212]/g, "-");
}

/** Is a folded query a whole telephone number, whose country only the server can tell? */
export function isNumber(query: string): boolean {
  return query.startsWith("+") && query.length > SHORTEST_NUMBER;
}

/**
 * Does a row with these words answer to a folded query? The beginning of a word of a name does, an ISO code, a
 * calling code and its beginning, and the beginning of a number with it. An empty query finds everything.
 */
export function isFound(words: string, query: string): boolean {
  if (query === "" || words.includes(` ${query}`)) return true;
  if (!query.startsWith("+")) return false;
  const code = words.slice(words.lastIndexOf("+"));
  return query.startsWith(code);
}
