import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf, callerOf, deviceOf, networkOf, safeReturnPath } from "./rules";

describe("the way back after signing in stays on this site", () => {
  test.each([
    "/telecom",
    "/telecom/sms/sms-ab12345-1/history?kind=recharge&from=2026-01-01",
    "/account#sessions",
    "/a//b",
  ])("%s is gone to", (path) => {
    expect(safeReturnPath(path)).toBe(path);
  });

  test.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/a\\b",
    "/\t/evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "telecom",
    "",
    "/sign-in?return=/sign-in",
    "/./sign-in?return=/sign-in",
    "/.//evil.example",
    "/..//evil.example",
    "/%2e//evil.example",
    "/%2E%2e//evil.example",
    "/a/..//evil.example",
    "/a/%2e%2e//evil.example",
    "/.//",
    `/${"a".repeat(600)}`,
    null,
    undefined,
    7,
    ["/telecom"],
  ])("%j is not", (asked) => {
    expect(safeReturnPath(asked)).toBe("/");
  });

  test("no text at all leads to another origin, also where what a browser made of it is resolved again", () => {
    const base = "https://panel.example";
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.stringMatching(/^[/\\]{1,3}[a-z@:.\t\n/\\]{0,12}$/),
          fc.stringMatching(/^\/(\.|%2[eE]|a|\/){0,6}\/{0,2}evil\.example$/),
          fc.webUrl(),
        ),
        (asked) => {
          const once = new URL(safeReturnPath(asked), base);
          expect(once.origin).toBe(base);
          const path = once.pathname + once.search + once.hash;
          expect(new URL(path, base).href).toBe(once.href);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("an address is believed only from who vouches for it", () => {
  test.each([
    // Without proxies the header is what the visitor wrote.
    ["203.0.113.9", "1.2.3.4", 0, "203.0.113.9"],
    ["203.0.113.9", null, 0, "203.0.113.9"],
    // One proxy: what it appended stands last.
    ["10.0.0.1", "1.2.3.4, 198.51.100.7", 1, "198.51.100.7"],
    ["10.0.0.1", "1.2.3.4, 198.51.100.7, 10.0.0.2", 2, "198.51.100.7"],
    // Fewer entries than proxies: somebody came around them.
    ["10.0.0.1", "198.51.100.7", 2, "10.0.0.1"],
    [null, null, 1, "unknown"],
  ])("peer %s, header %s, %d proxies: %s", (peer, header, proxies, address) => {
    expect(addressOf(peer, header, proxies)).toBe(address);
  });

  test.each([
    ["203.0.113.9", "203.0.113.9"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:DB8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ])("%s is counted as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

test("staff never act as a customer, and a customer's user without a customer is nobody", () => {
  expect(callerOf({ userId: "u", role: "customer", customerId: "ab12345-ovh" })).toEqual({
    kind: "customer",
    customerId: "ab12345-ovh",
    userId: "u",
  });
  expect(callerOf({ userId: "u", role: "customer", customerId: null })).toBeNull();
  // Even if a row said so.
  expect(callerOf({ userId: "u", role: "support", customerId: "ab12345-ovh" })).toEqual({
    kind: "support",
    userId: "u",
    right: "support",
  });
});

test("a device is named by what its browser tells", () => {
  const chrome =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36";
  expect(deviceOf(chrome)).toBe("Chrome, Linux");
  expect(deviceOf("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1")).toBe(
    "Safari, iPhone",
  );
  expect(deviceOf("curl/8")).toBeNull();
  expect(deviceOf(null)).toBeNull();
});
