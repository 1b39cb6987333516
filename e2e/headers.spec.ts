import { createHash } from "node:crypto";
import type { APIResponse } from "playwright/test";
import { expect, test } from "./fixtures";

/** What each answer carries, pages, files, the API and refusals alike. */
const ALWAYS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
};
const KEPT = ["/sign-in", "/packs", "/destinations", "/destinations?list=fr&sort=credits"];
const DRAWN_ANEW = ["/nowhere", "/telecom/sms/sms-nobody-1", "/destinations?q=it", "/packs?quantity=abc"];
const PAGES = [...KEPT, ...DRAWN_ANEW];

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

/** What holds of every page, however its scripts are let in. */
function expectStrict(policy: Map<string, string>, html: string, path: string): void {
  expect(policy.get("default-src"), path).toBe("'none'");
  for (const name of ["base-uri", "frame-ancestors"]) expect(policy.get(name), path).toBe("'none'");
  for (const name of ["style-src", "form-action"]) expect(policy.get(name), path).toBe("'self'");
  expect(html.match(/<style\b|<[a-z][^>]*\s(?:style|on[a-z]+)=/gi), path).toBeNull();
}

test("scripts run by a nonce of one answer alone, and none is without it", async ({ request }) => {
  const nonces = new Set<string>();
  for (const path of [...DRAWN_ANEW, "/nowhere"]) {
    const answer = await request.get(path);
    const policy = directives(answer);
    const [, nonce = ""] = /^'nonce-([^']{24})' 'strict-dynamic'$/.exec(policy.get("script-src") ?? "") ?? [];
    expect(nonce, path).not.toBe("");
    nonces.add(nonce);
    const html = await answer.text();
    expectStrict(policy, html, path);
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length, path).toBeGreaterThan(1);
    expect(
      scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      path,
    ).toEqual([]);
  }
  expect(nonces.size).toBe(DRAWN_ANEW.length + 1);
});

test("of a page that is kept for all strangers each script is a file of ours, or has its hash in the policy", async ({
  request,
}) => {
  for (const path of KEPT) {
    const answer = await request.get(path);
    const policy = directives(answer);
    const [self, ...allowed] = (policy.get("script-src") ?? "").split(" ");
    expect(self, path).toBe("'self'");
    const html = await answer.text();
    expectStrict(policy, html, path);
    expect(html, path).not.toMatch(/ nonce=|"nonce\\?":\\?"(?!\$undefined)/);
    const scripts = [...html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)];
    const written = scripts.filter(([, attributes = ""]) => !attributes.includes("src="));
    const hashes = written.map(([, , text = ""]) => {
      return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    });
    expect(hashes.length, path).toBeGreaterThan(1);
    // As many as stand in it, and no other.
    expect(new Set(allowed), path).toEqual(new Set(hashes));
    const files = scripts.flatMap(([, attributes]) => /src="([^"]*)"/.exec(attributes ?? "")?.[1] ?? []);
    expect(files.length, path).toBeGreaterThan(1);
    for (const file of files) expect(file, path).toMatch(/^\/_next\/static\//);
  }
});

test("no page does what its policy forbids", async ({ page, makeCustomer, signIn }) => {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/content.security.policy/i.test(message.text())) refused.push(`${page.url()}: ${message.text()}`);
  });
  const customer = await makeCustomer({ balance: 500 });
  const account = `/telecom/sms/${customer.serviceName}`;
  for (const path of KEPT) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    // The page's scripts run: React has taken it over.
    await page.waitForFunction(() => Object.keys(document.body).some((key) => key.startsWith("__react")));
  }
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
