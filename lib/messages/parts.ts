import { REPLACEMENTS } from "./replacements";

/** How a text is carried: 7 bits for each character of the GSM alphabet, or 16 for each code unit. */
export type Encoding = "gsm7" | "ucs2";

/** A character that the 7-bit alphabet lacks, and that makes the whole message Unicode. */
export type OffendingCharacter = {
  readonly character: string;
  /** How often it stands in the text. */
  readonly count: number;
  /** What could stand in its place ("" leaves it out); null if nothing of the alphabet says the same. */
  readonly replacement: string | null;
};

export type MessageParts = {
  readonly encoding: Encoding;
  /** As a reader counts them: a pair of surrogates is one. */
  readonly characters: number;
  /** Septets of a 7-bit text, code units of a Unicode one; what stays empty at the end of a part is not counted. */
  readonly septetsOrUnits: number;
  /** 0 for an empty text. */
  readonly parts: number;
  /** Septets or code units that the last part still takes. */
  readonly charactersLeft: number;
  /** What one part takes: 160 or 153, 70 or 67. */
  readonly perPart: number;
  /** More parts than one message may have. */
  readonly isTooLong: boolean;
  /** In the order in which they first appear; empty for a 7-bit text. */
  readonly offending: readonly OffendingCharacter[];
};

/** Most parts of one message. */
export const MAX_PARTS = 8;

/** In one part alone, and in each of several, which give up six octets to say which of them they are. */
const ROOM = { gsm7: { alone: 160, each: 153 }, ucs2: { alone: 70, each: 67 } } as const;

/** GSM 03.38, the default alphabet without its escape character. */
const DEFAULT_ALPHABET =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/** Its extension table: an escape and a character, together two septets that never lie in two parts. */
const EXTENSION_TABLE = "\f^{}\\[~]|€";

/** Septets of a character, by code unit; 0 for what the alphabet lacks. All of it lies in the first 0x2100. */
const SEPTETS = new Uint8Array(0x2100);
for (const character of DEFAULT_ALPHABET) SEPTETS[character.charCodeAt(0)] = 1;
for (const character of EXTENSION_TABLE) SEPTETS[character.charCodeAt(0)] = 2;

const septetsOf = (codeUnit: number): number => SEPTETS[codeUnit] ?? 0;

/**
 * Counts the parts of a text, in time that grows with its length only. Changes nothing in it: a character outside
 * the 7-bit alphabet makes the message Unicode, and is named with what could stand in its place.
 */
export function countParts(text: string, mostParts = MAX_PARTS): MessageParts {
  const encoding: Encoding = isGsm7(text) ? "gsm7" : "ucs2";
  const room = ROOM[encoding];
  let characters = 0;
  let septetsOrUnits = 0;
  // As if it were several parts: what the last of them holds, and how many are full before it.
  let inLast = 0;
  let full = 0;
  for (let index = 0; index < text.length; index += 1) {
    const isPair = isSurrogatePair(text, index);
    const size = encoding === "gsm7" ? septetsOf(text.charCodeAt(index)) : isPair ? 2 : 1;
    if (isPair) index += 1;
    characters += 1;
    septetsOrUnits += size;
    if (inLast + size > room.each) {
      full += 1;
      inLast = 0;
    }
    inLast += size;
  }
  const isAlone = septetsOrUnits <= room.alone;
  const parts = septetsOrUnits === 0 ? 0 : isAlone ? 1 : full + 1;
  return {
    encoding,
    characters,
    septetsOrUnits,
    parts,
    charactersLeft: isAlone ? room.alone - septetsOrUnits : room.each - inLast,
    perPart: isAlone ? room.alone : room.each,
    isTooLong: parts > mostParts,
    offending: encoding === "gsm7" ? [] : offendingIn(text),
  };
}

/** The text with every offered replacement made. What has none stays, and keeps the message Unicode. */
export function withReplacements(text: string): string {
  // Composed first, so that a letter and the accent typed after it are the one letter that the alphabet may have.
  return Array.from(text.normalize("NFC"), (character) =>
    isGsm7(character) ? character : (replacementOf(character) ?? character),
  ).join("");
}

function isGsm7(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (septetsOf(text.charCodeAt(index)) === 0) return false;
  }
  return true;
}

function isSurrogatePair(text: string, index: number): boolean {
  const first = text.charCodeAt(index);
  if (first < 0xd800 || first > 0xdbff) return false;
  const second = text.charCodeAt(index + 1);
  return second >= 0xdc00 && second <= 0xdfff;
}

function offendingIn(text: string): OffendingCharacter[] {
  const counts = new Map<string, number>();
  for (const character of text) {
    if (!isGsm7(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return Array.from(counts, ([character, count]) => ({
    character,
    count,
    replacement: replacementOf(character),
  }));
}

/** A listed replacement, the bare letter of an accented one ("ê" is "e"), what a sign is made of ("™" is "TM"), or null. */
function replacementOf(character: string): string | null {
  const listed = REPLACEMENTS.get(character);
  if (listed !== undefined) return listed;
  if (/^\p{Mn}$/u.test(character)) return "";
  const bare = character.normalize("NFD").replace(/\p{Mn}/gu, "");
  if (isReplacement(bare, character)) return bare;
  const made = character.normalize("NFKD").replace(/\p{Mn}/gu, "");
  return isReplacement(made, character) ? made : null;
}

const isReplacement = (text: string, character: string): boolean =>
  text !== character && text.trim() !== "" && isGsm7(text);
