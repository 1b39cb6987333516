import http from "node:http";
import { expect, test } from "playwright/test";

const BELOW = [
  "%zz",
  "%F0%9F",
  "%",
  "%00",
  "%2e%2e/x",
  "a%2Fb",
  "x?%zz=%zz",
  "x?a=%F0",
  "[serviceName]",
  "..%2f",
  "x;y=1",
];
const TARGETS = [
  ...BELOW.map((text) => `/api/1.0/sms/${text}`),
  ...BELOW.map((text) => `/telecom/sms/${text}`),
  ...BELOW.map((text) => `/${text}`),
  // No address is sent elsewhere for its slashes: a signature does not hold there.
  "/api/1.0/",
  "/api/1.0/sms/",
  "/api/1.0//sms",
  "/api/1.0/auth/time//?a=//",
  "/api/1.0",
  "/api/1.0?x",
  `/api/1.0/${"x/".repeat(500)}x`,
  "/api/%zz",
  "/_next/%zz",
];

/** Pages whose address reaches the database, or comes before one of them that is kept. */
const WITH_NUL = [
  "/support?q=%00",
  "/support/search?q=a%00b",
  "/support/audit?person=%00",
  "/support/audit/export?customer=%00",
  "/support/accounts/sms-ab12345-1?customer=%00",
  "/telecom/sms/%00",
  "/destinations?q=%00",
  "/packs?quantity=%00",
  "/sign-in?return=%00",
];

/** As it is written, which no browser would do. */
function statusOf(method: string, path: string): Promise<{ status: number; type: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(process.env["E2E_ORIGIN"] ?? "");
    const asked = http.request({ hostname, port, method, path }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, type: answer.headers["content-type"] ?? "" });
    });
    asked.on("error", reject);
    asked.end(method === "POST" ? "{" : undefined);
  });
}

test("no address, however malformed, is answered with a 500, and the API answers in its own words", async () => {
  for (const method of ["GET", "POST", "TRACE", "OPTIONS"]) {
    for (const target of TARGETS) {
      const { status, type } = await statusOf(method, target);
      expect(status, `${method} ${target}`).toBeLessThan(500);
      if (target.startsWith("/api/1.0/")) expect(type, `${method} ${target}`).toMatch(/^application\/json/);
    }
  }
});

test("an address with a NUL is refused by every page, before it is known who asks", async () => {
  for (const target of WITH_NUL) expect((await statusOf("GET", target)).status, target).toBe(400);
});
