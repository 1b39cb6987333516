import fs from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { expect, expectAccessible, test, WORDS, type Customer } from "./fixtures";
import type { Page } from "playwright/test";

async function sendOne(page: Page, { serviceName }: Customer): Promise<void> {
  await page.goto(`/telecom/sms/${serviceName}/send`);
  await page.getByLabel(WORDS.it.recipients).fill("+393331234567, +919876543210");
  await page.getByLabel(WORDS.it.text).fill("Ciao");
  await page.getByRole("main").getByRole("button", { name: WORDS.it.send }).click();
  await expect(page.getByText(WORDS.it.sentTo)).toBeVisible();
}

test("the history is filtered by its address, and explains what a message cost", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await sendOne(page, customer);
  await page.getByRole("link", { name: "Vedi nello storico" }).click();
  await expect(page.getByRole("row")).toHaveCount(3);
  await page.getByLabel("Tipo").selectOption("message");
  await page.getByRole("button", { name: "Applica" }).click();
  await expect(page).toHaveURL(/kind=message/);
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("link", { name: "2 destinatari" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Perché è costato 0,8 crediti");
  // The table before tells of the delivery to each recipient.
  await expect(page.getByRole("table").last().getByRole("row").filter({ hasText: "India" })).toContainText(
    "0,1",
  );
  await expectAccessible(page);

  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(/history$/);
  await expect(page.getByRole("row")).toHaveCount(3);
  await expect(page.getByLabel("Tipo")).toHaveValue("");

  await page.goto(`/telecom/sms/${customer.serviceName}/history?from=2026-13-01`);
  await expect(page.getByLabel("Dal")).toHaveAccessibleDescription(/Scrivi la data/);
  await expectAccessible(page);
  await page.goto(`/telecom/sms/${customer.serviceName}/history?kind=recharge`);
  await expect(page.getByText("Nessun movimento corrisponde")).toBeVisible();
});

test("the CSV of a period stands between its opening and its closing balance", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await sendOne(page, customer);
  await page.goto(`/telecom/sms/${customer.serviceName}/history`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Scarica il CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`movimenti-${customer.serviceName}.csv`);
  const text = await fs.readFile(await download.path(), "utf8");
  expect(text.startsWith("\ufeff")).toBe(true);
  expect(text.endsWith("\r\n")).toBe(true);
  const rows: string[][] = parse(text, { bom: true });
  expect(rows.map((row) => row.slice(2, 5))).toEqual([
    ["Tipo", "Crediti", "Saldo dopo"],
    ["Saldo di apertura", "", "0"],
    ["Correzione", "100", "100"],
    ["Messaggio", "-0.8", "99.2"],
    ["Saldo di chiusura", "", "99.2"],
  ]);
  const sheet = await page.request.get(`/telecom/sms/${customer.serviceName}/history/export?style=sheet`);
  const shown = await page.locator("tbody time").first().textContent();
  const time = /\d{2}:\d{2}/.exec(shown ?? "")?.[0] ?? "none";
  expect(await sheet.text()).toMatch(
    new RegExp(`"\\d{4}-\\d{2}-\\d{2} ${time}:\\d{2}";2;"Messaggio";-0,8;99,2;`),
  );
});

test("a link that takes the filters away takes them out of the fields as well", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(`/telecom/sms/${customer.serviceName}/history?kind=message&from=2026-11-01`);
  await expect(page.getByLabel("Tipo")).toHaveValue("message");
  await page.getByRole("link", { name: "Togli i filtri" }).click();
  await expect(page).toHaveURL(/history$/);
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByLabel("Tipo")).toHaveValue("");
  await expect(page.getByLabel("Dal")).toHaveValue("");
});

test("a period that makes no sense is told of at its field, and offers no file", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  const history = `/telecom/sms/${customer.serviceName}/history`;
  const file = page.getByRole("link", { name: "Scarica" });
  await page.goto(history);
  await expect(file).toHaveCount(2);
  for (const [query, label, text] of [
    // What a browser makes of a year that is typed as "26".
    ["?from=0026-11-01", "Dal", /Scrivi la data/],
    ["?to=9999-12-31", "Al", /Scrivi la data/],
    ["?from=2026-11-02&to=2026-11-01", "Al", /viene prima dell’inizio/],
  ] as const) {
    await page.goto(history + query);
    await expect(page.getByLabel(label, { exact: true })).toHaveAccessibleDescription(text);
    await expect(file).toHaveCount(0);
    expect((await page.request.get(`${history}/export${query}`)).status()).toBe(400);
  }
  await expectAccessible(page);
});

test("who asks for a file after the session ended signs in, and comes back to the page that offers it", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  const history = `/telecom/sms/${customer.serviceName}/history?kind=correction`;
  await page.goto(history);
  await page.context().clearCookies();
  await page.getByRole("link", { name: "Scarica il CSV" }).click();
  await expect(page).toHaveURL(`/sign-in?return=${encodeURIComponent(history)}`);
});

test("every page can be read without JavaScript", async ({ page, browser, makeCustomer, signIn }) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: "it-IT",
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  const account = `/telecom/sms/${customer.serviceName}`;
  await plain.goto("/telecom/sms");
  await expect(plain.getByRole("main").getByRole("link", { name: "Account di prova" })).toBeVisible();
  await plain.goto(account);
  await expect(plain.getByText("142 SMS")).toBeVisible();
  await expect(plain.getByRole("img", { name: /Saldo dal/ })).toBeVisible();
  await plain.getByText("Mostra come tabella").click();
  await plain.getByRole("link", { name: "Saldo di ogni giorno" }).click();
  await expect(plain.getByRole("table", { name: "Saldo di ogni giorno" })).toBeVisible();
  await plain.goto(`${account}/options/automatic-recharge`);
  await expect(plain.getByText(/La ricarica automatica è disattivata/)).toBeVisible();
  await plain.goto(`${account}/history`);
  await plain.getByLabel("Tipo").selectOption("correction");
  await plain.getByRole("button", { name: "Applica" }).click();
  await expect(plain.getByRole("row")).toHaveCount(2);
  await context.close();
});
