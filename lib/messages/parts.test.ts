import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countParts, withReplacements } from "./parts";

const DEFAULT_ALPHABET = Array.from(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENSION_TABLE = Array.from("^{}\\[~]|€\f");

/** Builds the parts one by one, as a phone would receive them, without a thought for speed. */
function slowParts(text: string): { encoding: string; parts: string[][]; room: number } {
  const characters = Array.from(text);
  const isGsm7 = characters.every((c) => DEFAULT_ALPHABET.includes(c) || EXTENSION_TABLE.includes(c));
  const sizeOf = (c: string) => (isGsm7 ? (EXTENSION_TABLE.includes(c) ? 2 : 1) : c.length);
  const sum = (part: string[]) => part.reduce((total, c) => total + sizeOf(c), 0);
  const [alone, each] = isGsm7 ? [160, 153] : [70, 67];
  const encoding = isGsm7 ? "gsm7" : "ucs2";
  if (sum(characters) <= alone) {
    return { encoding, parts: text === "" ? [] : [characters], room: alone - sum(characters) };
  }
  const parts: string[][] = [[]];
  for (const character of characters) {
    const last = parts.at(-1) ?? [];
    if (sum(last) + sizeOf(character) > each) parts.push([character]);
    else last.push(character);
  }
  return { encoding, parts, room: each - sum(parts.at(-1) ?? []) };
}

describe("the length of a 7-bit message", () => {
  test("the alphabet has 127 characters, each one septet, and ten more of two septets", () => {
    expect(DEFAULT_ALPHABET).toHaveLength(127);
    for (const character of DEFAULT_ALPHABET) {
      expect(countParts(character)).toMatchObject({ encoding: "gsm7", septetsOrUnits: 1, parts: 1 });
    }
    for (const character of EXTENSION_TABLE) {
      expect(countParts(character)).toMatchObject({ encoding: "gsm7", septetsOrUnits: 2, characters: 1 });
    }
  });

  test.each([
    [0, 0, 160],
    [1, 1, 159],
    [159, 1, 1],
    [160, 1, 0],
    [161, 2, 145],
    [305, 2, 1],
    [306, 2, 0],
    [307, 3, 152],
    [459, 3, 0],
    [460, 4, 152],
    [8 * 153, 8, 0],
    [8 * 153 + 1, 9, 152],
  ])("%i characters are %i parts with room for %i", (length, parts, charactersLeft) => {
    expect(countParts("a".repeat(length))).toMatchObject({
      encoding: "gsm7",
      characters: length,
      septetsOrUnits: length,
      parts,
      charactersLeft,
      isTooLong: parts > 8,
    });
  });

  test.each([
    // 159 and a pair are 161 septets: two parts.
    ["a".repeat(159) + "€", 2, 161, 153 - 8],
    ["a".repeat(158) + "€", 1, 160, 0],
    // The pair would lie across the split at 153: it moves on, and leaves one septet empty.
    ["a".repeat(152) + "€" + "a".repeat(10), 2, 164, 153 - 12],
    ["a".repeat(151) + "€" + "a".repeat(10), 2, 163, 153 - 10],
    // 76 pairs are 152 septets: each part but the last loses one.
    ["€".repeat(152), 2, 304, 1],
    ["€".repeat(153), 3, 306, 151],
    ["€".repeat(8 * 76), 8, 1216, 1],
    ["€".repeat(8 * 76 + 1), 9, 1218, 151],
  ])("an extension character is never split: %#", (text, parts, septetsOrUnits, charactersLeft) => {
    expect(countParts(text)).toMatchObject({ encoding: "gsm7", parts, septetsOrUnits, charactersLeft });
  });
});

describe("the length of a Unicode message", () => {
  test.each([
    [70, 1, 0],
    [71, 2, 63],
    [134, 2, 0],
    [135, 3, 66],
    [8 * 67, 8, 0],
    [8 * 67 + 1, 9, 66],
  ])("%i characters are %i parts with room for %i", (length, parts, charactersLeft) => {
    expect(countParts("ж".repeat(length))).toMatchObject({ encoding: "ucs2", parts, charactersLeft });
  });

  test.each([
    ["a".repeat(68) + "😀", 1, 69, 70, 0],
    ["a".repeat(69) + "😀", 2, 70, 71, 67 - 4],
    // The pair would lie across the split at 67.
    ["a".repeat(66) + "😀" + "aaa", 2, 70, 71, 67 - 5],
    ["a".repeat(65) + "😀" + "aaaa", 2, 70, 71, 67 - 4],
    ["😀".repeat(35), 1, 35, 70, 0],
    ["😀".repeat(36), 2, 36, 72, 67 - 6],
    ["😀".repeat(66), 2, 66, 132, 1],
    ["😀".repeat(67), 3, 67, 134, 65],
  ])("a surrogate pair is never split: %#", (text, parts, characters, septetsOrUnits, charactersLeft) => {
    expect(countParts(text)).toMatchObject({
      encoding: "ucs2",
      parts,
      characters,
      septetsOrUnits,
      charactersLeft,
    });
  });

  test.each([
    "\t",
    "\u00a0",
    "\u2018",
    "\u2019",
    "\u201c",
    "\u201d",
    "ç",
    "ê",
    "`",
    "\u001b",
    "\u2100",
    "😀",
  ])("%j makes a message Unicode", (character) => {
    expect(countParts(`ciao${character}`).encoding).toBe("ucs2");
  });
});

describe("the setting for the most parts", () => {
  test("is 8 unless another is given", () => {
    expect(countParts("a".repeat(1225)).isTooLong).toBe(true);
    expect(countParts("a".repeat(1225), 9).isTooLong).toBe(false);
    expect(countParts("a".repeat(161), 1).isTooLong).toBe(true);
  });
});

describe("characters outside the alphabet", () => {
  test("are named once each, in order, with their count and what could stand for them", () => {
    expect(countParts("“L’été” — l’été… 漢").offending).toEqual([
      { character: "“", count: 1, replacement: '"' },
      { character: "’", count: 2, replacement: "'" },
      { character: "”", count: 1, replacement: '"' },
      { character: "—", count: 1, replacement: "-" },
      { character: "…", count: 1, replacement: "..." },
      { character: "漢", count: 1, replacement: null },
    ]);
  });

  test.each([
    ["\u00a0\t\u202f", "   "],
    ["‘a’ «b»", "'a' \"b\""],
    ["a–b—c", "a-b-c"],
    ["garçon, fête, œuvre, Łódź", "garcon, fete, oeuvre, Lodz"],
    ["e\u0301te\u0301", "été"],
    ["z\u0301", "z"],
    ["a\u200bb\ufeff", "ab"],
    ["漢😀", "漢😀"],
    ["perché €5 {x}", "perché €5 {x}"],
  ])("%j becomes %j on request, and only then", (text, replaced) => {
    expect(withReplacements(text)).toBe(replaced);
  });

  test.each([
    ["n° 5", "no 5"],
    ["Ricarica™ © ® №", "RicaricaTM (c) (r) No"],
    ["l’uﬃcio ﬁscale", "l'ufficio fiscale"],
    ["① Ⅳ ㎏ 𝐀 ｂ", "1 IV kg A b"],
  ])("%j becomes %j", (text, replaced) => {
    expect(withReplacements(text)).toBe(replaced);
    expect(countParts(replaced).encoding).toBe("gsm7");
  });

  test("a text whose every offending character has a replacement becomes 7-bit, and a second request changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const replaced = withReplacements(text);
        const { offending } = countParts(text.normalize("NFC"));
        if (offending.every((one) => one.replacement !== null)) {
          expect(countParts(replaced).encoding).toBe("gsm7");
        }
        expect(withReplacements(replaced)).toBe(replaced);
      }),
      { numRuns: 2000 },
    );
  });
});

const gsm7Character = fc.constantFrom(...DEFAULT_ALPHABET, ...EXTENSION_TABLE, ...EXTENSION_TABLE);
const anyCharacter = fc.constantFrom("a", "€", "ж", "😀", "é", "\u00a0", "👩‍👩‍👧", "\ud800", "\udc00");

describe("against a model that builds the parts one by one", () => {
  test.each([
    ["7-bit texts", fc.array(gsm7Character, { maxLength: 700 })],
    ["mixed texts", fc.array(anyCharacter, { maxLength: 400 })],
  ])("%s are counted alike", (_name, characters) => {
    fc.assert(
      fc.property(characters, (list) => {
        const text = list.join("");
        const model = slowParts(text);
        const counted = countParts(text);
        expect(counted.encoding).toBe(model.encoding);
        expect(counted.parts).toBe(model.parts.length);
        expect(counted.charactersLeft).toBe(model.room);
        expect(counted.characters).toBe(Array.from(text).length);
      }),
      { numRuns: 1000 },
    );
  });

  test("one more character never makes fewer parts", () => {
    fc.assert(
      fc.property(fc.array(anyCharacter, { maxLength: 300 }), anyCharacter, (list, more) => {
        const text = list.join("");
        expect(countParts(text + more).parts).toBeGreaterThanOrEqual(countParts(text).parts);
      }),
    );
  });
});

// In the square of its characters, this would take the better part of an hour.
test("a million characters are counted, each looked at once", () => {
  for (const text of ["a".repeat(1_000_000), "€a".repeat(500_000), "😀".repeat(500_000)]) {
    expect(countParts(text).isTooLong).toBe(true);
  }
});
