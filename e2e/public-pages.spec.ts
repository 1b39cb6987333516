import { once } from "node:events";
import http from "node:http";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { APIRequestContext } from "playwright/test";
import { rateLimits } from "../db/schema/access";
import { expect, test } from "./fixtures";
import { importPrices } from "./operator";

const PATHS = ["/destinations", "/packs", "/sign-in"];

/** A GET of a stranger, in Italian unless it says otherwise. */
const ask = (request: APIRequestContext, path: string, headers: Record<string, string> = {}) =>
  request.get(path, { headers: { "accept-language": "it", ...headers } });

test.describe("pages that all strangers see alike", () => {
  test("hold nothing of a reader, who sees his own page while they are kept", async ({
    page,
    playwright,
    baseURL,
    makeCustomer,
    signIn,
  }) => {
    const stranger = await playwright.request.newContext({ baseURL: baseURL ?? "" });
    const customer = await makeCustomer({ balance: 4321, priceList: "fr" });
    await signIn(page, customer);
    for (const path of ["/destinations", "/packs"]) {
      const before = await ask(stranger, path);
      await page.goto(path);
      await expect(page.getByText(customer.email)).toHaveCount(1);
      await expect(page.getByRole("link", { name: "Accedi" })).toHaveCount(0);
      const own = await page.request.get(path);
      expect(own.headers()["cache-control"]).toBe("private, no-store");
      expect(own.headers()["etag"]).toBeUndefined();
      // He cannot be given the kept page by saying that he has it already.
      const again = await page.request.get(path, {
        headers: { "if-none-match": before.headers()["etag"] ?? "" },
      });
      expect(again.status()).toBe(200);
      expect(await again.text()).toContain(customer.email);

      const after = await ask(stranger, path);
      const html = await after.text();
      expect(html).toBe(await before.text());
      for (const text of [customer.email, customer.customerId, customer.serviceName]) {
        expect(html).not.toContain(text);
      }
      const session = (await page.context().cookies()).find(({ name }) => name.endsWith("session_token"));
      expect(session?.value.length).toBeGreaterThan(20);
      expect(html).not.toContain(session?.value);
      expect(after.headers()["set-cookie"]).toBeUndefined();
      expect(after.headers()["x-request-id"]).not.toBe(before.headers()["x-request-id"]);
    }
    await stranger.dispose();
  });

  test("carry nothing that a stranger sent, in his address or his headers", async ({ request }) => {
    const plain = await (await ask(request, "/destinations?date=2031-03-04")).text();
    const strange = await ask(
      request,
      "/destinations?utm_source=MARK1&date=2031-03-04&MARK2=1&account=sms-mark3",
      {
        "user-agent": "MARK4",
        "x-request-id": "MARK5-5555",
        "x-forwarded-host": "mark6.example",
        "x-ricarica-render": "MARK7",
        referer: "https://mark8.example/",
        cookie: "other=MARK9",
      },
    );
    expect(await strange.text()).toBe(plain);
  });

  test("are in the language of each reader", async ({ request }) => {
    const languageOf = async (headers: Record<string, string>) => {
      const answer = await ask(request, "/packs", headers);
      expect(answer.headers()["vary"]).toMatch(/Cookie, Accept-Language, Accept-Encoding$/);
      return /<html lang="(..)"/.exec(await answer.text())?.[1];
    };
    for (let time = 0; time < 2; time += 1) {
      expect(await languageOf({})).toBe("it");
      expect(await languageOf({ "accept-language": "fr-CH, de" })).toBe("fr");
      expect(await languageOf({ "accept-language": "fr", cookie: "locale=en" })).toBe("en");
      expect(await languageOf({ "accept-language": "fr", cookie: "a=locale; locale=xx" })).toBe("fr");
    }
  });

  test("work at an address with more in it than they know, which stays as it is", async ({ page }) => {
    await page.goto("/packs?utm_source=letter&list=it&to=IT");
    await page.getByLabel("Crediti", { exact: true }).fill("249");
    await expect(page).toHaveURL(/quantity=249/);
    await page.getByRole("link", { name: "Passa a 250 crediti" }).click();
    await expect(page).toHaveURL(/quantity=250/);
    await page.goBack();
    await expect(page).toHaveURL(/quantity=249/);
    await page.goto("/destinations?utm_source=letter");
    await page.getByRole("navigation").getByRole("link", { name: "Pack" }).click();
    await expect(page).toHaveURL(/\/packs$/);
    await page.goBack();
    await expect(page).toHaveURL(/\/destinations\?utm_source=letter$/);
    await expect(page.getByRole("table").first()).toBeVisible();
  });

  test("are kept by browsers and asked for again: unchanged is 304, and in each encoding the same page", async ({
    request,
  }) => {
    for (const path of PATHS) {
      const first = await ask(request, path);
      const etag = first.headers()["etag"] ?? "";
      expect(etag, path).toMatch(/^W\/"[\w-]{22}"$/);
      expect(first.headers()["cache-control"], path).toBe("private, no-cache");
      const second = await ask(request, path, { "if-none-match": `"other", ${etag}` });
      expect(second.status(), path).toBe(304);
      expect(second.headers()["content-security-policy"]).toBe(first.headers()["content-security-policy"]);
      expect((await second.body()).byteLength).toBe(0);
      expect((await ask(request, path, { "if-none-match": '"other"' })).status()).toBe(200);
      const other = await ask(request, path, { "accept-language": "fr", "if-none-match": etag });
      expect(other.status(), path).toBe(200);
    }
  });

  test("are compressed as the browser takes them", async ({ baseURL }) => {
    // Not through a client that takes each encoding away by itself.
    const bytesOf = async (encoding: string) => {
      const headers = { "accept-language": "it", "accept-encoding": encoding };
      const [answer] = (await once(http.get(`${baseURL ?? ""}/destinations`, { headers }), "response")) as [
        http.IncomingMessage,
      ];
      return { encoding: answer.headers["content-encoding"], body: await buffer(answer) };
    };
    const [plain, brotli, gzip] = [
      await bytesOf("identity"),
      await bytesOf("gzip, br"),
      await bytesOf("gzip, br;q=0"),
    ];
    expect([plain.encoding, brotli.encoding, gzip.encoding]).toEqual([undefined, "br", "gzip"]);
    expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
  });

  test("show what another process imported, long before they are too old to be kept", async ({ request }, {
    outputDir,
  }) => {
    const path = "/destinations?list=it&date=2091-07-01";
    const priceOf = async () =>
      /Islanda[^]*?<b>([^<]*)<\/b>/.exec(await (await ask(request, path)).text())?.[1];
    const before = await priceOf();
    await importPrices(outputDir, [
      "country,calling_code,price_list,valid_from,credits,source",
      "IS,354,it,2091-07-01,1.357,a test",
    ]);
    expect(before).not.toBe("1,357");
    await expect.poll(priceOf, { intervals: [50] }).toBe("1,357");
  });

  test("sign a stranger in, and without JavaScript too", async ({ browser, baseURL, makeCustomer, pool }) => {
    const { email } = await makeCustomer();
    const context = await browser.newContext({ baseURL: baseURL ?? "", javaScriptEnabled: false });
    const page = await context.newPage();
    await pool.db.delete(rateLimits);
    await page.goto("/sign-in");
    await page.locator("#email").fill(email);
    await page.locator("#password").fill("a-password-of-the-tests");
    await page.locator("#password").press("Enter");
    await page.waitForURL(/\/telecom$/);
    await context.close();
  });
});

test("no page that strangers read is heavier than it need be", async ({ request }) => {
  const MAX_KB = { "/destinations": 160, "/packs": 100, "/sign-in": 30 };
  for (const [path, most] of Object.entries(MAX_KB)) {
    const { byteLength } = await (await ask(request, path)).body();
    expect(byteLength / 1000, path).toBeLessThanOrEqual(most);
  }
});
