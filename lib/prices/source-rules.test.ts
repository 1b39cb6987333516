import { expect, test } from "vitest";
import { readPriceFiles } from "@/lib/rates/load";
import { readSource, sourceNotes } from "./source-rules";

test("every source of the shipped lists can be said in the reader's language", async () => {
  const { rates, tiers } = await readPriceFiles();
  const sources = [...rates.split("\n"), ...tiers.split("\n")]
    .slice(1)
    .map((line) => (/"([^"]*)"$/.exec(line)?.[1] ?? line.split(",").at(-1) ?? "").trim())
    .filter((source) => source !== "" && source !== "source");
  const keys = new Set(sources.map((source) => readSource(source).key));
  expect([...keys].sort()).toEqual(["api", "carried", "example", "guide", "published"]);
});

test("any other source is shown as it was written", () => {
  expect(readSource("our contract of 2027")).toEqual({ key: "other", text: "our contract of 2027" });
});

test("each source has one letter, in the order of the figures", () => {
  const notes = sourceNotes(["x", "published", "x", "carried over from list fr"]);
  expect([...notes.values()].map(({ letter, kind }) => [letter, kind])).toEqual([
    ["a", "own"],
    ["b", "published"],
    ["c", "carried_over"],
  ]);
  const many = sourceNotes(Array.from({ length: 28 }, (_, index) => index.toString()));
  expect([...many.values()].slice(25).map(({ letter }) => letter)).toEqual(["z", "aa", "ab"]);
});
