import { expect, test } from "vitest";
import { placeBefore, searchText } from "./search-parameters";

test.each([
  [{}, ""],
  [{ q: "sms" }, "sms"],
  [{ q: " sms " }, " sms "],
  [{ q: ["first", "second"] }, "first"],
  [{ q: [] }, ""],
  [{ q: "x".repeat(200) }, "x".repeat(100)],
])("%j says %j", (parameters, text) => {
  expect(searchText(parameters, "q")).toBe(text);
});

test.each([
  ["12", "12"],
  ["9".repeat(18), "9".repeat(18)],
  ["9".repeat(19), undefined],
  ["-1", undefined],
  ["1 or 1=1", undefined],
  ["", undefined],
])("a page before %j begins before %j", (before, place) => {
  expect(placeBefore({ before })).toBe(place);
});
