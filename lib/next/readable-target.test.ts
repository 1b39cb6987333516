import { expect, test } from "vitest";
import { readableTarget } from "./readable-target";

test.each([
  ["/telecom/sms/a%20b?x=%zz", "/telecom/sms/a%20b?x=%zz"],
  ["/sms/%zz?y=1", "/sms/%25zz?y=1"],
  ["/sms/%2F%F0%9F", "/sms/%252F%25F0%259F"],
  ["/%", "/%25"],
  ["*", "*"],
])("%s is asked of the framework as %s", (target, expected) => {
  expect(readableTarget(target)).toBe(expected);
});
