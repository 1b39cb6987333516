import { askForKey, makeApplication, TEXTS } from "./api-pages";
import { expect, expectAccessible, picture } from "./fixtures";
import { test } from "./official-client";

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
      await page.goto("/telecom");
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
      await expect(page.getByText(texts.sending, { exact: true })).toBeVisible();
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
