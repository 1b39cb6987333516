import { describe, expect, test } from "vitest";
import { ALL_RULES, coversPath, isGranted, isRedirection, parseAccessRule, stateAt } from "./rules";

describe("access rules", () => {
  test.each([
    ["/sms", "/sms", true],
    ["/sms", "/sms/", false],
    ["/sms/*", "/sms", false],
    ["/sms/*", "/sms/sms-ab12345-1", true],
    ["/sms/*", "/sms/sms-ab12345-1/jobs", true],
    ["/sms*", "/sms", true],
    ["/*", "/", true],
    ["/*", "/sms/x/jobs", true],
    ["*", "/anything", true],
    ["/sms/*/jobs", "/sms/a/jobs", true],
    ["/sms/*/jobs", "/sms/a/b/jobs", true],
    ["/sms/*/jobs", "/sms/a/jobs/1", false],
    ["/sms/a", "/SMS/a", false],
    ["", "/sms", false],
    ["/sms/**", "/sms/x", true],
    ["/s?s", "/sms", false],
  ])("%s over %s is %s", (pattern, path, covered) => {
    expect(coversPath(pattern, path)).toBe(covered);
  });

  test("a rule for one method grants no other", () => {
    const rules = [{ method: "GET", path: "/sms/*" }] as const;
    expect(isGranted(rules, "GET", "/sms/x")).toBe(true);
    expect(isGranted(rules, "PUT", "/sms/x")).toBe(false);
    expect(isGranted([], "GET", "/sms")).toBe(false);
    expect(isGranted(ALL_RULES, "DELETE", "/sms/x/y")).toBe(true);
  });

  test.each([
    ["/sms/", "/sms", true],
    ["/sms/*/jobs/", "/sms/a/jobs", true],
    ["/sms/", "/sms/a", false],
    ["/sms/*", "/sms", false],
    ["/", "/sms", false],
  ])("a slash at the end of %s stands for nothing: over %s it is %s", (path, called, granted) => {
    expect(isGranted([{ method: "GET", path }], "GET", called)).toBe(granted);
  });

  // To one that tries every way, the number of ways here is past counting: it would never end.
  test("a pattern of many stars does not try every way in which they could stand", () => {
    expect(coversPath("/" + "*a".repeat(99), "/" + "a".repeat(5000) + "b")).toBe(false);
  });

  test("rules are read from the command line's form", () => {
    expect(parseAccessRule("GET /sms")).toEqual({ method: "GET", path: "/sms" });
    expect(parseAccessRule("put /sms/*")).toEqual({ method: "PUT", path: "/sms/*" });
    expect(parseAccessRule("* /*")).toEqual({ method: "*", path: "/*" });
    for (const bad of ["GET", "/sms", "HEAD /sms", "GET sms", "GET /a b", "GET /a?x=1", ""]) {
      expect(parseAccessRule(bad), bad).toBeNull();
    }
  });
});

describe("credentials", () => {
  const now = new Date("2026-01-02T03:04:05Z");
  test("expire at their end, to the instant", () => {
    expect(stateAt("validated", null, now)).toBe("validated");
    expect(stateAt("validated", new Date(now.getTime() + 1), now)).toBe("validated");
    expect(stateAt("validated", now, now)).toBe("expired");
    expect(stateAt("revoked", new Date(0), now)).toBe("revoked");
  });

  test.each([
    ["https://shop.example/back?x=1", true],
    ["http://localhost:8000/", true],
    ["http://127.0.0.1/", true],
    ["http://shop.example/", false],
    ["javascript:alert(1)", false],
    ["https://user:secret@shop.example/", false],
    ["//shop.example", false],
    ["", false],
  ])("redirection to %s is %s", (address, allowed) => {
    expect(isRedirection(address)).toBe(allowed);
  });
});
