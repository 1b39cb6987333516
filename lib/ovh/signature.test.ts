import { describe, expect, test } from "vitest";
import { formsOfBaseUrl, isSignedBy, isTimely, signatureOf, type SignedRequest } from "./signature";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function aRequest(over: Partial<SignedRequest> = {}): SignedRequest {
  return {
    applicationSecret: "EXEgWIz07P0HYwtQDs7cNIqCiQaWSuHF",
    consumerKey: "MtSwSrPpNjqfVSmJhLbPyr2i45lSwPU1",
    method: "GET",
    body: bytes(""),
    timestamp: "1366560945",
    ...over,
  };
}

describe("signature", () => {
  test("is the one of the worked example in the public documentation", () => {
    // sha1("EXEg…+MtSw…+GET+https://eu.api.ovh.com/1.0/domains/++1366560945"), computed with sha1sum.
    expect(signatureOf(aRequest(), "https://eu.api.ovh.com/1.0/domains/")).toBe(
      "$1$d3705e8afb27a0d2970a322b96550abfc67bb798",
    );
  });

  test("changes with every part of the request", () => {
    const url = "https://api.example/1.0/sms";
    const base = signatureOf(aRequest(), url);
    const others = [
      signatureOf(aRequest({ applicationSecret: "x" }), url),
      signatureOf(aRequest({ consumerKey: "x" }), url),
      signatureOf(aRequest({ method: "PUT" }), url),
      signatureOf(aRequest({ body: bytes("{}") }), url),
      signatureOf(aRequest({ timestamp: "1366560946" }), url),
      signatureOf(aRequest(), `${url}?a=1`),
    ];
    expect(new Set([base, ...others]).size).toBe(7);
  });

  test("is refused in any other form, without a comparison that throws", () => {
    const url = "https://api.example/1.0/sms";
    const right = signatureOf(aRequest(), url);
    expect(isSignedBy(aRequest(), [url], right)).toBe(true);
    for (const wrong of [
      "",
      "$1$",
      right.slice(0, -1),
      `${right}0`,
      right.toUpperCase(),
      "$1$é".padEnd(43),
    ]) {
      expect(isSignedBy(aRequest(), [url], wrong), wrong).toBe(false);
    }
  });

  test("of another request or url is refused, and of any one of the urls it is accepted", () => {
    const urls = ["https://api.example/1.0/sms", "https://api.example:443/1.0/sms"];
    for (const url of urls) expect(isSignedBy(aRequest(), urls, signatureOf(aRequest(), url))).toBe(true);
    expect(isSignedBy(aRequest(), urls, signatureOf(aRequest({ method: "PUT" }), urls[0] ?? ""))).toBe(false);
    expect(isSignedBy(aRequest(), urls, signatureOf(aRequest(), "https://other.example/1.0/sms"))).toBe(
      false,
    );
    expect(isSignedBy(aRequest(), [], signatureOf(aRequest(), ""))).toBe(false);
  });
});

describe("forms of the public base url", () => {
  test("with and without the port, and https for http", () => {
    expect(formsOfBaseUrl("http://panel.example:3000/api/1.0/")).toEqual([
      "http://panel.example/api/1.0",
      "http://panel.example:3000/api/1.0",
      "https://panel.example/api/1.0",
      "https://panel.example:3000/api/1.0",
    ]);
    expect(formsOfBaseUrl("https://api.example/1.0")).toEqual([
      "https://api.example/1.0",
      "https://api.example:443/1.0",
    ]);
  });

  test("the port of http is 80, the end has no slash, and one address is taken apart once", () => {
    const forms = formsOfBaseUrl("http://panel.example/api/1.0//");
    expect(forms).toEqual([
      "http://panel.example/api/1.0",
      "http://panel.example:80/api/1.0",
      "https://panel.example/api/1.0",
      "https://panel.example:443/api/1.0",
    ]);
    expect(formsOfBaseUrl("http://panel.example/api/1.0//")).toBe(forms);
  });

  test("a loopback address stands for its other names, and no other name does", () => {
    const forms = formsOfBaseUrl("https://127.0.0.1:8443/api/1.0");
    expect(forms).toContain("https://localhost:8443/api/1.0");
    expect(forms).toContain("https://localhost/api/1.0");
    expect(
      forms.every((form) => /^https:\/\/(localhost|127\.0\.0\.1|\[::1\])(:8443)?\/api\/1\.0$/.test(form)),
    ).toBe(true);
  });
});

describe("time", () => {
  const now = new Date(1_700_000_000_900);
  test.each([
    ["1700000000", true],
    ["1699999970", true],
    ["1700000030", true],
    ["1699999969", false],
    ["1700000031", false],
    ["1.7e9", false],
    ["-1", false],
    [" 1700000000", false],
    ["", false],
    ["99999999999999999999", false],
  ])("%s is timely: %s", (timestamp, timely) => {
    expect(isTimely(timestamp, now, 30)).toBe(timely);
  });
});
