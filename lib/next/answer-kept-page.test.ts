import { expect, test } from "vitest";
import { encodingFor, isSameAs } from "./answer-kept-page";

test.each([
  ["gzip, deflate, br, zstd", "br"],
  ["gzip", "gzip"],
  ["br;q=0, gzip;q=0.5", "gzip"],
  ["br;q=0.001", "br"],
  ["identity", null],
  ["brotli, x-gzip", null],
  ["", null],
  [null, null],
])("whoever accepts %j is answered in %j", (accepted, encoding) => {
  expect(encodingFor(accepted)).toBe(encoding);
});

test.each([
  ['W/"a"', true],
  ['"a"', true],
  ['"b", W/"a"', true],
  ['W/"ab"', false],
  [null, false],
])("a browser that has %j has the page: %j", (has, expected) => {
  expect(isSameAs(has, 'W/"a"')).toBe(expected);
});
