import fs from "node:fs";
import type { BrowserContextOptions } from "playwright/test";
import { openGate } from "./database-gate";
import { expect, expectAccessible, expectToFit, picture, test, WORDS } from "./fixtures";
import { urlOfProduct } from "./product-database";
import { makeDataDirectory, startProduct } from "./product-process";

const READERS = [
  {
    words: WORDS.it,
    title: "Servizio momentaneamente non disponibile",
    text: /I tuoi dati sono al sicuro\. Riprova tra poco/,
    retry: "Riprova",
    window: { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
  },
  {
    words: WORDS.en,
    title: "Temporarily unavailable",
    text: /Your data is safe\. Try again shortly/,
    retry: "Try again",
    window: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  },
] as const satisfies readonly { window: BrowserContextOptions; [name: string]: unknown }[];

test("while the database is stopped the rule's page says so, and comes back by itself when asked again", async ({
  browser,
  makeCustomer,
  signIn,
}) => {
  test.slow();
  const gate = await openGate(urlOfProduct());
  const copy = startProduct(makeDataDirectory(), { DATABASE_URL: gate.url });
  try {
    const origin = await copy.ready;
    for (const { words, title, text, retry, window } of READERS) {
      const customer = await makeCustomer({ balance: 100 });
      const options = { ...window, baseURL: origin, locale: words.locale };
      const page = await (await browser.newContext(options)).newPage();
      await signIn(page, customer);
      await page.goto(`/telecom/sms/${customer.serviceName}/options/automatic-recharge`);
      await expect(page.getByRole("heading", { level: 1, name: words.rule })).toBeVisible();
      gate.shut();
      const failed = await page.reload();
      await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
      await expect(page.getByText(text)).toBeVisible();
      expect(await failed?.text()).not.toMatch(/ECONN|CONNECTION_|postgres|select |\bat \S+\.[jt]s/);
      await expectToFit(page);
      await expectAccessible(page);
      await picture(page, `stopped-database-${words.locale}`);
      await gate.open();
      await page.getByRole("button", { name: retry }).click();
      await expect(page.getByRole("heading", { level: 1, name: words.rule })).toBeVisible();
      await page.context().close();
    }
  } finally {
    copy.signal("SIGTERM");
    await copy.ended;
    fs.rmSync(copy.dataDirectory, { recursive: true });
    gate.shut();
  }
});
