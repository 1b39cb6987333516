import { expect, test } from "vitest";
import { cutPage, pageLimit } from "./page";

const place = (row: string) => `after ${row}`;

test.each([
  [[], [], null],
  [["a"], ["a"], null],
  [["a", "b"], ["a", "b"], null],
  [["a", "b", "c"], ["a", "b"], "after b"],
])("of %j two fit: %j, and the next page begins %j", (found, rows, next) => {
  expect(cutPage(found, 2, place)).toEqual({ rows, next });
});

test.each([
  [0, 1],
  [-5, 1],
  [2.9, 2],
  [50, 50],
  [51, 50],
])("a page of %d rows has %d where 50 are the most", (asked, limit) => {
  expect(pageLimit(asked, 50)).toBe(limit);
});
