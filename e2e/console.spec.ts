import type { Locator, Page } from "playwright/test";
import { anSmsAccount } from "../db/testing-rows";
import { askForKey, balanceOf, fillTransfer, fits, makeApplication, tabTo, TEXTS } from "./api-pages";
import { expect, expectAccessible, picture } from "./fixtures";
import { test } from "./official-client";

for (const language of ["it", "en"] as const) {
  const texts = TEXTS[language];
  test.describe(`in ${language}`, () => {
    test.use({ locale: texts.locale });

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
      await expect(target.getByRole("option", { name: second })).toHaveText(
        `Account di prova (${second}), 0 ${texts.creditsOfNone}`,
      );

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
      await expect(answer.getByText("200", { exact: true })).toBeVisible({ timeout: 15_000 });
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
  });
}

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
