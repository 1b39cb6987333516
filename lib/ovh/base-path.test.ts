import { expect, test } from "vitest";
import { belowBase, routePathOf, withoutStraySlashes } from "./base-path";

test.each([
  ["https://panel.example/1.0", "/1.0/sms/a%2Db/jobs", "/api/1.0/sms/a%2Db/jobs"],
  ["https://panel.example/ovh/v1/", "/ovh/v1/auth/time", "/api/1.0/auth/time"],
  ["https://panel.example/1.0", "/1.0", null],
  ["https://panel.example/1.0", "/1.01/sms", null],
  ["https://panel.example/1.0", "/telecom/1.0/sms", null],
  ["https://panel.example/api/1.0", "/api/1.0/sms", null],
  ["https://api.example", "/sms", null],
])("below %s the path %s is the route's %s", (publicUrl, pathname, expected) => {
  expect(routePathOf(publicUrl, pathname)).toBe(expected);
});

test.each([
  ["/api/1.0/sms/x?tag=a%20b%2Bc", "/sms/x?tag=a%20b%2Bc"],
  ["/1.0/sms/x?tag=a%20b", "/sms/x?tag=a%20b"],
  ["http://panel.example/1.0/sms", null],
  ["", null],
])("of the target %s the API is asked %s", (target, expected) => {
  expect(belowBase("https://panel.example/1.0", target)).toBe(expected);
});

test.each([
  ["/api/1.0/sms/", "/api/1.0/sms"],
  ["/api/1.0//sms///x/?tag=a//b/", "/api/1.0/sms/x?tag=a//b/"],
  ["/api/1.0/sms?a=?//", "/api/1.0/sms?a=?//"],
  ["/1.0/", "/1.0"],
  ["/telecom//sms/", "/telecom//sms/"],
])("the target %s is routed as %s", (target, expected) => {
  expect(withoutStraySlashes("https://panel.example/1.0", target)).toBe(expected);
});
