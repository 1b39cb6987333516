/** What may stand for characters that word processors and phones put in, by what stands for them. */
const BY_REPLACEMENT: Readonly<Record<string, string>> = {
  "'": "\u2018\u2019\u201a\u201b\u2032\u2035\u02bc\u00b4`\u2039\u203a",
  '"': "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb",
  "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u2023\u2043\u00b7",
  "...": "\u2026",
  " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
  "\n": "\u0085\u2028\u2029",
  "": "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufe0e\ufe0f\ufeff",
  "/": "\u2044\u2215",
  x: "\u00d7",
  o: "\u00ba\u00b0",
  a: "\u00aa",
  oe: "\u0153",
  OE: "\u0152",
  ss: "\u1e9e",
  l: "\u0142",
  L: "\u0141",
  d: "\u0111",
  D: "\u0110",
  i: "\u0131",
  "1/2": "\u00bd",
  "1/4": "\u00bc",
  "3/4": "\u00be",
  "2": "\u00b2",
  "3": "\u00b3",
  "1": "\u00b9",
  "<=": "\u2264",
  ">=": "\u2265",
  "(c)": "\u00a9",
  "(r)": "\u00ae",
  "->": "\u2192",
  "<-": "\u2190",
};

/** The offered replacement of a character that the 7-bit alphabet lacks. Accents are taken off elsewhere. */
export const REPLACEMENTS: ReadonlyMap<string, string> = new Map(
  Object.entries(BY_REPLACEMENT).flatMap(([replacement, characters]) =>
    Array.from(characters, (character): [string, string] => [character, replacement]),
  ),
);
