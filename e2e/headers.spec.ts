import type { APIResponse } from "playwright/test";
import { expect, test } from "./fixtures";

/** What each answer carries, pages, files, the API and refusals alike. */
const ALWAYS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
};
const PAGES = ["/sign-in", "/packs", "/destinations", "/nowhere", "/telecom/sms/sms-nobody-1"];

function directives(answer: APIResponse): Map<string, string> {
  const policy = answer.headers()["content-security-policy"] ?? "";
  return new Map(
    policy.split("; ").map((directive) => {
      const [name = "", ...values] = directive.split(" ");
      return [name, values.join(" ")];
    }),
  );
}

test("every answer says how little a browser may do with it", async ({ request }) => {
  for (const path of [...PAGES, "/healthz", "/icon.svg", "/api/1.0/auth/time", "/api/1.0/nowhere"]) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.headers(), path).toMatchObject(ALWAYS);
    expect(answer.headers(), path).not.toHaveProperty("x-powered-by");
  }
});

test("scripts run by a nonce of one answer alone, and none is without it", async ({ request }) => {
  const nonces = new Set<string>();
  for (const path of [...PAGES, "/sign-in"]) {
    const answer = await request.get(path);
    const policy = directives(answer);
    const [, nonce = ""] = /^'nonce-([^']{24})' 'strict-dynamic'$/.exec(policy.get("script-src") ?? "") ?? [];
    expect(nonce, path).not.toBe("");
    nonces.add(nonce);
    expect(policy.get("default-src"), path).toBe("'none'");
    for (const name of ["base-uri", "frame-ancestors"]) expect(policy.get(name), path).toBe("'none'");
    for (const name of ["style-src", "form-action"]) expect(policy.get(name), path).toBe("'self'");
    const html = await answer.text();
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length, path).toBeGreaterThan(1);
    expect(
      scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      path,
    ).toEqual([]);
    expect(html.match(/<style\b|<[a-z][^>]*\s(?:style|on[a-z]+)=/gi), path).toBeNull();
  }
  expect(nonces.size).toBe(PAGES.length + 1);
});

test("no page does what its policy forbids", async ({ page, makeCustomer, signIn }) => {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/content.security.policy/i.test(message.text())) refused.push(`${page.url()}: ${message.text()}`);
  });
  const customer = await makeCustomer({ balance: 500 });
  const account = `/telecom/sms/${customer.serviceName}`;
  await signIn(page, customer);
  for (const path of ["", "/send", "/history", "/packs", "/options", "/options/automatic-recharge"]) {
    await page.goto(account + path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  expect(refused).toEqual([]);
  // What is forbidden would have been heard.
  await page.evaluate(() =>
    document.body.insertAdjacentHTML("beforeend", "<style>body { color: red }</style>"),
  );
  await expect.poll(() => refused.length).toBe(1);
});
