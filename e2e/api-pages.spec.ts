import type { Locator, Page } from "playwright/test";
import type { Pool } from "../db/client";
import { anSmsAccount } from "../db/testing-rows";
import { expect, expectAccessible, picture, type Customer } from "./fixtures";
import { test } from "./official-client";

const TEXTS = {
  it: {
    locale: "it-IT",
    menu: /Il tuo account/,
    keys: "Chiavi API",
    newApplication: "Nuova applicazione",
    name: "Nome",
    nameMissing: "Scrivi un nome.",
    description: "Descrizione",
    createApplication: "Crea l’applicazione",
    secret: "Copia Application secret",
    copied: "Le ho copiate",
    asks: "Negozio chiede di agire a tuo nome",
    sending: "Inviare un messaggio",
    spends: "Potrà spendere i tuoi crediti o il tuo denaro.",
    allow: "Consenti",
    active: "Attiva",
    revoke: "Revoca",
    revoked: "Revocata",
    execute: "Esegui",
    really: "Eseguire davvero?",
    missing: "Compila questo campo.",
    moved: /^10,5 crediti passeranno/,
    done: "Riuscita",
    refused: "Rifiutata",
    headers: "Intestazioni",
    code: "Codice",
    target: "Account che riceve",
    credits: "Crediti da trasferire",
    amount: "10,5",
    transfer: "Trasferisci",
    targetMissing: /Scegli l’account/,
    preview: /89,5/,
    transferred: "Trasferiti 10,5 crediti",
    again: "Altro trasferimento",
    history: "Vedi lo storico",
    left: "-10,5",
  },
  en: {
    locale: "en-GB",
    menu: /Your account/,
    keys: "API keys",
    newApplication: "New application",
    name: "Name",
    nameMissing: "Write a name.",
    description: "Description",
    createApplication: "Create the application",
    secret: "Copy Application secret",
    copied: "I have copied them",
    asks: "Negozio asks to act in your name",
    sending: "Send a message",
    spends: "It will be able to spend your credits or your money.",
    allow: "Allow",
    active: "Active",
    revoke: "Revoke",
    revoked: "Revoked",
    execute: "Execute",
    really: "Really execute?",
    missing: "Fill in this field.",
    moved: /^10\.5 credits will go/,
    done: "Done",
    refused: "Refused",
    headers: "Headers",
    code: "Code",
    target: "Account that receives",
    credits: "Credits to transfer",
    amount: "10.5",
    transfer: "Transfer",
    targetMissing: /Choose the account/,
    preview: /89\.5/,
    transferred: "10.5 credits transferred",
    again: "Another transfer",
    history: "See the history",
    left: "-10.5",
  },
} as const;

/** Tab, as a reader without a mouse would, until the control has the focus. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${control.toString()}`);
}

async function makeApplication(page: Page, texts: (typeof TEXTS)["it" | "en"]) {
  await page.getByRole("button", { name: texts.newApplication }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(texts.name).fill("Negozio");
  await dialog.getByLabel(texts.description).fill("Avvisa i clienti");
  await dialog.getByRole("button", { name: texts.createApplication }).click();
  await expect(dialog.getByRole("button", { name: texts.secret })).toBeVisible({ timeout: 15_000 });
  const [appKey = "", appSecret = ""] = await dialog
    .getByRole("definition")
    .locator("code")
    .allTextContents();
  return { appKey, appSecret };
}

/** As a program asks for a key; answers where the customer decides. */
async function askForKey(page: Page, appKey: string, redirection?: string) {
  const rules = [
    { method: "GET", path: "/sms" },
    { method: "POST", path: "/sms/*/jobs" },
  ];
  const asked = await page.request.post("/api/1.0/auth/credential", {
    headers: { "X-Ovh-Application": appKey },
    data: { accessRules: rules, ...(redirection !== undefined && { redirection }) },
  });
  return (await asked.json()) as { consumerKey: string; validationUrl: string };
}

const fits = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

for (const language of ["it", "en"] as const) {
  const texts = TEXTS[language];
  test.describe(`in ${language}`, () => {
    test.use({ locale: texts.locale });

    test("an application's secret is shown once; what a customer allows works until it is revoked", async ({
      page,
      baseURL,
      makeCustomer,
      signIn,
      startClient,
    }) => {
      test.slow();
      const customer = await makeCustomer({ balance: 10 });
      await signIn(page, customer);
      await page.getByText(texts.menu).locator("..").click();
      await page.getByRole("link", { name: texts.keys }).click();
      await expect(page.getByRole("heading", { level: 1, name: texts.keys })).toBeVisible();
      await expectAccessible(page);

      await page.getByRole("button", { name: texts.newApplication }).click();
      await page.getByRole("button", { name: texts.createApplication }).click();
      await expect(page.getByRole("dialog").getByLabel(texts.name)).toHaveAccessibleDescription(
        texts.nameMissing,
      );
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      const { appKey, appSecret } = await makeApplication(page, texts);
      expect(appSecret).toMatch(/^\w{32}$/);
      await expectAccessible(page);
      await page.getByRole("button", { name: texts.copied }).click();
      await expect(page.getByRole("cell", { name: appKey })).toBeVisible();
      await page.reload();
      await expect(page.getByRole("cell", { name: appKey })).toBeVisible();
      expect(await page.content()).not.toContain(appSecret);

      const asked = await askForKey(page, appKey, `${baseURL ?? ""}/packs?allowed=1`);
      const keys = { appKey, appSecret, consumerKey: asked.consumerKey };
      const call = startClient("@ovhcloud/node-ovh");
      expect(await call(keys, "GET", "/sms")).toMatchObject({ ok: false, status: 403 });
      await page.goto(asked.validationUrl);
      await expect(page.getByText(texts.asks)).toBeVisible();
      await expect(page.getByText("Avvisa i clienti")).toBeVisible();
      await expect(page.getByRole("listitem").filter({ hasText: texts.sending })).toBeVisible();
      await expect(page.getByText("POST /sms/*/jobs")).toBeVisible();
      await expect(page.getByText(texts.spends)).toBeVisible();
      await expectAccessible(page);
      await picture(page, `${language}-api-validate`);
      await page.getByRole("button", { name: texts.allow }).click();
      await page.waitForURL(/\/packs\?allowed=1$/, { timeout: 15_000 });
      expect(await call(keys, "GET", "/sms")).toMatchObject({ ok: true, answer: [customer.serviceName] });
      expect(await call(keys, "GET", `/sms/${customer.serviceName}`)).toMatchObject({
        status: 403,
        message: "This call has not been granted",
      });

      await page.goto("/api-keys");
      const row = page.getByRole("row").filter({ hasText: "POST /sms/*/jobs" });
      await expect(row).toContainText(texts.active);
      await row.getByRole("button").click();
      await expectAccessible(page);
      await page.getByRole("dialog").getByRole("button", { name: texts.revoke }).click();
      await expect(row).toContainText(texts.revoked, { timeout: 15_000 });
      await picture(page, `${language}-api-keys`);
      expect(await call(keys, "GET", "/sms")).toMatchObject({
        status: 403,
        message: "This credential is not valid",
      });
    });

    test("the guide's own transfer is made in the console by keyboard alone", async ({
      page,
      pool,
      makeCustomer,
      signIn,
    }) => {
      test.slow();
      const customer = await makeCustomer({ balance: 100 });
      const { serviceName: second } = await anSmsAccount(pool.db, { customerId: customer.customerId });
      await signIn(page, customer);
      await page.goto("/console");
      const execute = page.getByRole("main").getByRole("button", { name: texts.execute });
      const [source, credits, target] = [/serviceName/, /^credits/, /smsAccountTarget/].map((name) =>
        page.getByLabel(name),
      ) as [Locator, Locator, Locator];
      await expectAccessible(page);

      await tabTo(page, execute);
      await page.keyboard.press("Enter");
      await expect(credits).toBeFocused();
      await expect(credits).toHaveAccessibleDescription(new RegExp(texts.missing));
      await expectAccessible(page);

      await page.keyboard.type(texts.amount);
      await tabTo(page, target);
      await page.keyboard.press("ArrowDown");
      // The accounts stand in the order of their names, which are random here.
      if ((await target.inputValue()) !== second) await page.keyboard.press("ArrowDown");
      await expect(target).toHaveValue(second);
      if ((await source.inputValue()) !== customer.serviceName) {
        await source.focus();
        await page.keyboard.press("ArrowDown");
        await expect(source).toHaveValue(customer.serviceName);
      }
      await tabTo(page, execute);
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: texts.really });
      await expect(dialog.getByText(texts.moved)).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      expect(await balanceOf(pool, customer.serviceName)).toBe(100_000n);
      await page.keyboard.press("Enter");
      await tabTo(page, dialog.getByRole("button", { name: texts.execute }));
      await page.keyboard.press("Enter");

      const answer = page.getByRole("region", { name: language === "it" ? "Risposta" : "Answer" });
      await expect(answer.getByText("200")).toBeVisible({ timeout: 15_000 });
      await expect(answer.getByText(texts.done, { exact: true })).toBeVisible();
      await expect(answer.getByText(/\d+ ms/)).toBeVisible();
      expect(await balanceOf(pool, customer.serviceName)).toBe(89_500n);
      expect(await balanceOf(pool, second)).toBe(10_500n);
      await tabTo(page, answer.getByText(texts.headers, { exact: true }));
      await page.keyboard.press("Enter");
      await expect(answer.getByText(/x-ovh-queryid: IT\./)).toBeVisible();
      await tabTo(page, page.locator("summary").filter({ hasText: texts.code }));
      await page.keyboard.press("Enter");
      const program = page.getByRole("region", { name: texts.code, exact: true });
      await expect(program).toContainText(`BODY='{"credits":10.5,"smsAccountTarget":"${second}"}'`);
      await expect(program).toContainText("X-Ovh-Signature");
      await tabTo(page, page.getByRole("radio", { name: "curl" }));
      await page.keyboard.press("ArrowRight");
      await expect(program).toContainText('require("@ovhcloud/node-ovh")');
      await page.keyboard.press("ArrowRight");
      await expect(program).toContainText("client.post(");
      await expectAccessible(page);
      await picture(page, `${language}-api-console`);

      await credits.fill("5000");
      await execute.click();
      await dialog.getByRole("button", { name: texts.execute }).click();
      await expect(answer.getByText("409", { exact: true })).toBeVisible({ timeout: 15_000 });
      await expect(answer.getByText(texts.refused, { exact: true })).toBeVisible();
      await expect(answer.getByText(/Not enough credits: 89\.5 left, 5000 asked for/)).toBeVisible();
      await expectAccessible(page);
    });

    test("the panel's own form transfers too, and both histories show it", async ({
      page,
      pool,
      makeCustomer,
      signIn,
    }) => {
      const customer = await makeCustomer({ balance: 100 });
      const { serviceName: second } = await anSmsAccount(pool.db, { customerId: customer.customerId });
      await signIn(page, customer);
      await page.goto(`/telecom/sms/${customer.serviceName}/transfer`);
      const submit = page.getByRole("button", { name: texts.transfer, exact: true });
      await submit.click();
      await expect(page.getByLabel(texts.target)).toHaveAccessibleDescription(texts.targetMissing);
      await expectAccessible(page);
      await page.getByLabel(texts.target).selectOption(second);
      await page.getByLabel(texts.credits).fill(texts.amount);
      await expect(page.getByText(texts.preview).filter({ hasText: second })).toBeVisible();
      await expectAccessible(page);
      await submit.click();
      await expect(page.getByRole("status").filter({ hasText: texts.transferred })).toBeVisible({
        timeout: 15_000,
      });
      await expect(page.locator(":focus")).toContainText(texts.transferred);
      await expectAccessible(page);
      expect(await balanceOf(pool, second)).toBe(10_500n);
      await expect(page.getByRole("link", { name: texts.history })).toBeVisible();
      await page.getByRole("button", { name: texts.again }).click();
      await expect(page.getByLabel(texts.target)).toBeFocused();
      await page.goto(`/telecom/sms/${customer.serviceName}/history`);
      await expect(page.getByRole("row").nth(1)).toContainText(texts.left);
      await page.goto(`/telecom/sms/${second}/history`);
      await expect(page.getByRole("row").nth(1)).toContainText(`+${texts.amount}`);
    });
  });
}

test("a refused request is over, and a stranger signs in before he sees one", async ({
  page,
  browser,
  makeCustomer,
  signIn,
  startClient,
}) => {
  const customer = await makeCustomer();
  await signIn(page, customer);
  await page.goto("/api-keys");
  const { appKey, appSecret } = await makeApplication(page, TEXTS.it);
  const { consumerKey, validationUrl } = await askForKey(page, appKey);
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(validationUrl);
  await expect(stranger).toHaveURL(/\/sign-in\?return=.*credentialToken/);
  await page.goto(validationUrl);
  await page.getByRole("button", { name: "Rifiuta" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Accesso rifiutato" })).toBeVisible({
    timeout: 15_000,
  });
  await expectAccessible(page);
  await page.goto(validationUrl);
  await expect(page.getByText("Questa richiesta non è più valida")).toBeVisible();
  await expect(page.getByRole("button", { name: "Consenti" })).toHaveCount(0);
  await page.goto("/auth-validate?credentialToken=nothing");
  await expect(page.getByText("Questa richiesta non esiste")).toBeVisible();
  await expectAccessible(page);
  const call = startClient("ovh");
  expect(await call({ appKey, appSecret, consumerKey }, "GET", "/sms")).toMatchObject({ status: 403 });
});

test("a key with rules of one's own is refused while a rule is none, and works at once when it is made", async ({
  page,
  makeCustomer,
  signIn,
  startClient,
}) => {
  const customer = await makeCustomer();
  await signIn(page, customer);
  await page.goto("/api-keys");
  await page.getByRole("button", { name: "Nuova chiave" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Nome").fill("Contabilità");
  await dialog.getByLabel("Regole scritte da me").check();
  const rules = dialog.getByRole("textbox", { name: "Regole" });
  await rules.fill("GET /sms\nleggere tutto");
  await dialog.getByRole("button", { name: "Crea la chiave" }).click();
  await expect(rules).toHaveAccessibleDescription(/leggere tutto/);
  await expectAccessible(page);
  await rules.fill("GET /sms");
  await dialog.getByRole("button", { name: "Crea la chiave" }).click();
  await expect(dialog.getByRole("button", { name: "Copia Consumer key" })).toBeVisible({ timeout: 15_000 });
  await expectAccessible(page);
  const [appKey = "", appSecret = "", consumerKey = ""] = await dialog
    .getByRole("definition")
    .locator("code")
    .allTextContents();
  await dialog.getByRole("button", { name: "Le ho copiate" }).click();
  await expect(page.getByRole("row").filter({ hasText: "GET /sms" })).toContainText("Contabilità");
  const keys = { appKey, appSecret, consumerKey };
  const call = startClient("ovh");
  expect(await call(keys, "GET", "/sms")).toMatchObject({ answer: [customer.serviceName] });
  await page.reload();
  await expect(page.getByRole("row").filter({ hasText: "GET /sms" })).not.toContainText("mai");
});

test("a call whose answer is lost is not made twice by pressing again", async ({
  page,
  pool,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  const { serviceName: second } = await anSmsAccount(pool.db, { customerId: customer.customerId });
  await signIn(page, customer);
  await page.goto("/console");
  await fillTransfer(page, customer, second);
  await page.route(
    "**/console/call",
    async (route) => {
      // The server does its work, and the browser never hears of it.
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  for (const seen of [
    page.getByRole("alert").filter({ hasText: "non viene eseguita due volte" }),
    page.getByText("Riuscita"),
  ]) {
    await page.getByRole("main").getByRole("button", { name: "Esegui" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Esegui" }).click();
    await expect(seen).toBeVisible({ timeout: 15_000 });
  }
  expect(await balanceOf(pool, customer.serviceName)).toBe(99_000n);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`on a phone, ${colorScheme}`, () => {
    test.use({ viewport: { width: 390, height: 844 }, colorScheme, hasTouch: true });

    test("the pages of the API fit, and a transfer is made in the console", async ({
      page,
      pool,
      makeCustomer,
      signIn,
    }) => {
      test.slow();
      const customer = await makeCustomer({ balance: 100 });
      const { serviceName: second } = await anSmsAccount(pool.db, { customerId: customer.customerId });
      await signIn(page, customer);
      await page.goto("/api-keys");
      const { appKey } = await makeApplication(page, TEXTS.it);
      expect(await fits(page)).toBe(true);
      await page.getByRole("button", { name: "Le ho copiate" }).click();
      const { validationUrl } = await askForKey(page, appKey);
      const account = `/telecom/sms/${customer.serviceName}`;
      for (const path of [
        "/api-keys",
        validationUrl,
        `${account}/transfer`,
        "/console?call=changeAccount",
        "/console",
      ]) {
        await page.goto(path);
        await page.getByRole("heading", { level: 1 }).waitFor();
        expect(await fits(page), path).toBe(true);
        await expectAccessible(page);
      }
      await fillTransfer(page, customer, second);
      await page.getByRole("main").getByRole("button", { name: "Esegui" }).tap();
      await page.getByRole("dialog").getByRole("button", { name: "Esegui" }).tap();
      await expect(page.getByText("Riuscita")).toBeInViewport({ timeout: 15_000 });
      expect(await fits(page)).toBe(true);
      await expectAccessible(page);
      await picture(page, `api-console-phone-${colorScheme}`);
    });
  });
}

test("staff act with nobody's accounts, and a visitor with none, whatever the call", async ({
  page,
  browser,
  makeCustomer,
  makeSupport,
  signIn,
}) => {
  await signIn(page, await makeSupport());
  await page.goto("/console");
  await expect(page.getByText("il personale non ne ha")).toBeVisible();
  await expect(page.getByRole("button", { name: "Esegui" })).toHaveCount(0);
  expect((await page.goto("/api-keys"))?.status()).toBe(404);
  const headers = { "x-ricarica-console": "1" };
  const visitor = await (await browser.newContext()).newPage();
  const { serviceName } = await makeCustomer({ balance: 5 });
  const described = (await (await visitor.request.get("/api/1.0/openapi.json")).json()) as {
    paths: Record<string, object>;
  };
  const calls = Object.entries(described.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => ({ path, method: method.toUpperCase() })),
  );
  expect(calls.length).toBeGreaterThan(10);
  for (const { method, path } of calls) {
    const below = path.replace("{serviceName}", serviceName).replace("{id}", "1");
    const data = { method, below, body: "{}", applicationKey: null, idempotencyKey: null };
    const askedBy = async ({ request }: Page, more: object) =>
      (await request.post("/console/call", { data, ...more })).status();
    expect(await askedBy(page, { headers }), below).toBe(403);
    expect(await askedBy(visitor, { headers }), below).toBe(401);
    expect(await askedBy(visitor, {}), below).toBe(403);
  }
});

async function fillTransfer(page: Page, { serviceName }: Customer, target: string): Promise<void> {
  await page.getByLabel(/serviceName/).selectOption(serviceName);
  await page.getByLabel(/^credits/).fill("1");
  await page.getByLabel(/smsAccountTarget/).selectOption(target);
}

async function balanceOf(pool: Pool, serviceName: string): Promise<bigint> {
  const [row] = await pool.sql<{ balance: bigint }[]>`
    select balance from ledger_accounts where service_name = ${serviceName}`;
  return row?.balance ?? -1n;
}
