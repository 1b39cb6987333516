import { expect, test } from "vitest";
import { publicPageOf } from "./public-page";

function pageOf(target: string, headers: Record<string, string> = {}, method = "GET") {
  return publicPageOf({ method, target, headerOf: (name) => headers[name] ?? null });
}
const pathOf = (address: string) => pageOf(address)?.path ?? null;

test.each([
  ["/destinations", "/destinations"],
  ["/destinations?list=it&date=2026-10-01", "/destinations?list=it&date=2026-10-01"],
  ["/destinations?date=2026-10-01&list=it", "/destinations?list=it&date=2026-10-01"],
  ["/destinations?list=it&list=fr", "/destinations?list=it"],
  ["/destinations?q=&sort=credits&x=1&x=2", "/destinations?sort=credits"],
  ["/destinations?sort=nonsense&date=2026-02-31&pack=-1&account=sms-ab12345-1", "/destinations"],
  ["/packs?to=IT&quantity=1.000&utm_source=letter", "/packs?quantity=1000&to=IT"],
  ["/packs?to=FR?&to=IT", "/packs"],
  ["/sign-in?x=1", "/sign-in"],
])("%s is the page %s", (address, path) => {
  expect(pathOf(address)).toBe(path);
});

test.each([
  "/destinations?q=fr",
  "/packs?quantity=abc",
  "/sign-in?return=%2Ftelecom",
  "/destinations/export",
  "/telecom",
  "/",
  "/destinations/",
  "/packs?to=%00",
  "//destinations",
  "http://elsewhere.example/packs",
  "*",
])("%s is drawn for whoever asks", (address) => {
  expect(pathOf(address)).toBeNull();
});

test("addresses without end are few pages", () => {
  const paths = new Set(
    Array.from({ length: 1000 }, (_, index) =>
      pathOf(`/destinations?n${index.toString()}=${index.toString()}`),
    ),
  );
  expect(paths).toEqual(new Set(["/destinations"]));
});

test.each<[string, Record<string, string>, string]>([
  ["somebody who may be signed in", { cookie: "a=1; ricarica.session_token=x" }, "GET"],
  ["somebody who may be signed in, over https", { cookie: "__Secure-ricarica.session_token=x" }, "GET"],
  ["the framework's scripts", { rsc: "1" }, "GET"],
  ["a form", {}, "POST"],
  ["an action", { "next-action": "x" }, "POST"],
])("%s gets no kept page", (_who, headers, method) => {
  expect(pageOf("/destinations", headers, method)).toBeNull();
});

test("the language is the one chosen, else the browser's", () => {
  const localeOf = (headers: Record<string, string>) => pageOf("/packs", headers)?.locale;
  expect(localeOf({})).toBe("it");
  expect(localeOf({ "accept-language": "fr" })).toBe("fr");
  expect(localeOf({ "accept-language": "fr", cookie: "xlocale=it; locale=en" })).toBe("en");
  expect(localeOf({ "accept-language": "fr", cookie: "locale=../en" })).toBe("fr");
});
