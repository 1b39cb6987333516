import { expect, test } from "vitest";
import { belowBase, routedTarget } from "./base-path";

test.each([
  ["https://panel.example/1.0", "/1.0/sms/a%2Db/jobs", "/api/1.0/sms/a%2Db/jobs"],
  ["https://panel.example/1.0", "/1.0/sms?tag=a%20b+c'(d),e:/f", "/api/1.0/sms?tag=a%20b+c'(d),e:/f"],
  ["https://panel.example/ovh/v1/", "/ovh/v1/auth/time", "/api/1.0/auth/time"],
  ["https://panel.example/api", "/api/sms", "/api/1.0/sms"],
  ["https://panel.example/api", "/api/1.0/sms", "/api/1.0/sms"],
  ["https://panel.example/api/1.0/ovh", "/api/1.0/ovh/sms", "/api/1.0/sms"],
  ["https://panel.example/1.0", "/1.0", "/1.0"],
  ["https://panel.example/1.0", "/1.01/sms", "/1.01/sms"],
  ["https://panel.example/1.0", "/telecom/1.0/sms", "/telecom/1.0/sms"],
  ["https://panel.example/api/1.0", "/api/1.0/sms", "/api/1.0/sms"],
  ["https://api.example", "/sms", "/sms"],
  ["https://api.example", "/api/1.0/sms", "/api/1.0/sms"],
  ["https://panel.example/1.0", "/api/1.0/sms/", "/api/1.0/sms"],
  ["https://panel.example/1.0", "/1.0//sms///x/?tag=a//b/", "/api/1.0/sms/x?tag=a//b/"],
  ["https://panel.example/1.0", "/1.0/sms?a=?//", "/api/1.0/sms?a=?//"],
  ["https://panel.example/1.0", "/1.0/", "/api/1.0"],
  ["https://panel.example/1.0", "/telecom//sms/", "/telecom//sms/"],
  ["https://panel.example/1.0", "/1.0/cgi-bin/sms/http2sms.cgi?&to=+39", "/cgi-bin/sms/http2sms.cgi?&to=+39"],
  ["https://panel.example/1.0", "/cgi-bin/sms/http2sms.cgi?&to=+39", "/cgi-bin/sms/http2sms.cgi?&to=+39"],
  ["https://api.example", "/api/1.0/cgi-bin/sms/http2sms.cgi", "/cgi-bin/sms/http2sms.cgi"],
])("below %s the target %s is routed as %s", (publicUrl, target, expected) => {
  expect(routedTarget(publicUrl, target)).toBe(expected);
});

test.each([
  ["https://panel.example/1.0", "/api/1.0/sms/x?tag=a%20b%2Bc", "/sms/x?tag=a%20b%2Bc"],
  ["https://panel.example/1.0", "/1.0/sms/x?tag=a%20b", "/sms/x?tag=a%20b"],
  ["https://panel.example/1.0", "/1.0//sms/", "//sms/"],
  ["https://panel.example/1.0", "http://panel.example/1.0/sms", null],
  ["https://panel.example/1.0", "", null],
])("below %s of the target %s the API is asked %s", (publicUrl, target, expected) => {
  expect(belowBase(publicUrl, target)).toBe(expected);
});
