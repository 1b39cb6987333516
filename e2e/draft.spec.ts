import type { Page } from "playwright/test";
import { expect, expectAccessible, expectToFit, picture, test, WORDS } from "./fixtures";

const KEPT = /Ritrovi quello che stavi scrivendo/;
const recipients = (page: Page) => page.getByLabel(WORDS.it.recipients);
const text = (page: Page) => page.getByLabel(WORDS.it.text);
const send = (page: Page) => page.getByRole("main").getByRole("button", { name: WORDS.it.send });
const kept = (page: Page) =>
  page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("draft:")));

test("what is being written is there again after leaving the page, until it is sent", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(`/telecom/sms/${customer.serviceName}/send`);
  await expect(page.getByText(KEPT)).toHaveCount(0);
  await recipients(page).fill("+393331234567");
  await text(page).fill("Domani alle 10");

  await page.getByRole("link", { name: WORDS.it.history, exact: true }).click();
  await page.waitForURL(/history/);
  await page.goBack();
  await expect(text(page)).toHaveValue("Domani alle 10");
  await page.reload();
  await expect(page.getByText(KEPT)).toBeVisible();
  await expect(recipients(page)).toHaveValue("+393331234567");
  await expect(text(page)).toHaveValue("Domani alle 10");
  await expect(page.getByText("0,7 crediti").first()).toBeVisible();
  await expectAccessible(page);
  await picture(page, "it-send-draft");

  await send(page).click();
  await expect(page.getByText(WORDS.it.sentTo)).toBeVisible();
  expect(await kept(page)).toEqual([]);
  await page.getByRole("button", { name: "Scrivi un altro messaggio" }).click();
  await expect(recipients(page)).toBeFocused();
  await expect(recipients(page)).toHaveValue("");
  await page.reload();
  await expect(page.getByText(KEPT)).toHaveCount(0);
  expect(troubles).toEqual([]);
});

test("a message whose answer was lost is not sent twice after coming back to the page", async ({
  page,
  pool,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(`/telecom/sms/${customer.serviceName}/send`);
  await recipients(page).fill("+393331234567");
  await text(page).fill("Una volta sola");
  await page.route(
    "**/send",
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await send(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "non parte due volte" })).toBeVisible();
  await page.reload();
  await expect(page.getByText(KEPT)).toBeVisible();
  await send(page).click();
  await expect(page.getByText(/non è stato ripetuto/)).toBeVisible();
  const sent = await pool.sql`select 1 from messages where customer_id = ${customer.customerId}`;
  expect(sent).toHaveLength(1);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("a draft is cleared on request, is nobody else’s, and goes with the sign-out", async ({
    page,
    context,
    makeCustomer,
    signIn,
    signInByPage,
  }) => {
    const customer = await makeCustomer({ balance: 100 });
    const path = `/telecom/sms/${customer.serviceName}/send`;
    await signIn(page, customer);
    await page.goto(path);
    await text(page).fill("Primo");
    await page.reload();
    await expect(page.getByText(KEPT)).toBeVisible();
    await expectToFit(page);
    await picture(page, "it-send-draft-phone");
    await page.getByRole("button", { name: "Cancella" }).click();
    await expect(text(page)).toHaveValue("");
    await expect(recipients(page)).toBeFocused();
    await expect(page.getByText(KEPT)).toHaveCount(0);
    expect(await kept(page)).toEqual([]);

    // A session that ends leaves the draft to its writer alone.
    await text(page).fill("Secondo");
    await context.clearCookies();
    const other = await makeCustomer({ balance: 100 });
    await signInByPage(page, other);
    await page.goto(`/telecom/sms/${other.serviceName}/send`);
    await expect(text(page)).toHaveValue("");
    await context.clearCookies();
    await signInByPage(page, customer);
    await page.goto(path);
    await expect(text(page)).toHaveValue("Secondo");

    await page.locator("summary").filter({ hasText: "Il tuo account" }).click();
    await page.getByRole("button", { name: "Esci" }).click();
    await page.waitForURL(/sign-in/);
    expect(await kept(page)).toEqual([]);
  });
});
