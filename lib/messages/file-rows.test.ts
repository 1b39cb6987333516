import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LOCALES } from "@/lib/i18n/locales";
import { MAX_FILE_BYTES, MAX_FILE_ROWS, readFileRows } from "./file-rows";
import { LONGEST_RECIPIENTS_TEXT } from "./rules";

const read = (content: string | Uint8Array, onProgress: (done: number) => void = () => undefined) =>
  readFileRows(typeof content === "string" ? new TextEncoder().encode(content) : content, onProgress);

test("a hundred thousand lines are read with progress, and the page is let in between", async () => {
  const progress: number[] = [];
  let turns = 0;
  const ticking = setInterval(() => (turns += 1), 0);
  const rows = await read("Nome;Cellulare\n" + "Anna;+39 333 1234567\n".repeat(MAX_FILE_ROWS), (done) => {
    progress.push(done);
  });
  clearInterval(ticking);
  expect(rows).toHaveLength(MAX_FILE_ROWS + 1);
  expect(progress.length).toBeGreaterThan(5);
  expect(progress.at(-1)).toBe(1);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(turns).toBeGreaterThan(5);
});

test.each([
  ["too_many_rows", "+393331234567\n".repeat(MAX_FILE_ROWS + 2)],
  ["too_large", new Uint8Array(MAX_FILE_BYTES + 1)],
  ["spreadsheet", new Uint8Array([0x50, 0x4b, 3, 4])],
  ["empty", "\n\n"],
])("%s is said", async (problem, content) => {
  expect(await read(content)).toBe(problem);
});

test.each([
  ["UTF-8", new TextEncoder().encode("Società;+39\n")],
  [
    "UTF-16",
    Uint8Array.from([0xff, 0xfe, ...Array.from("Società;+39\n", (one) => [one.charCodeAt(0), 0]).flat()]),
  ],
  ["Windows", Uint8Array.from(Array.from("Società;+39\n", (one) => one.charCodeAt(0)))],
])("%s is text", async (_name, bytes) => {
  expect(await read(bytes)).toEqual([{ line: 1, cells: ["Società;+39"] }]);
});

test("one number to a line, and a vCard, are rows too", async () => {
  expect(await read("+393331234567\r\n+393331234568")).toMatchObject([{ line: 1 }, { line: 2 }]);
  const vcard = "BEGIN:VCARD\nFN:Anna\nTEL;TYPE=CELL:+393331234567\nEND:VCARD\n";
  expect(await read(vcard)).toEqual([{ line: 1, cells: ["Anna", "+393331234567"] }]);
});

test.each(LOCALES)("in %s, the limits that the page names are those that hold", (locale) => {
  const digitsIn = (file: string) =>
    readFileSync(`lib/i18n/messages/${locale}/${file}.json`, "utf8").replace(/(?<=\d)[.,\s](?=\d{3})/gu, "");
  expect(digitsIn("problems")).toContain(LONGEST_RECIPIENTS_TEXT.toString());
  expect(digitsIn("messages").split(MAX_FILE_ROWS.toString())).toHaveLength(3);
  expect(digitsIn("messages").split((MAX_FILE_BYTES / 1_000_000).toString() + " M")).toHaveLength(3);
});
