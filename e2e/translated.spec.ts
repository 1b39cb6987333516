import { anSmsAccount } from "../db/testing-rows";
import { TEXTS } from "./api-pages";
import { expect, test, WORDS } from "./fixtures";
import { translate } from "./translator";

/* What a browser translates still says what happened: an error after a success makes people send and pay twice. */

const words = WORDS.it;
const COMES = { timeout: 20_000 };

test("a message that was sent says so on a translated page, and the next one too", async ({
  page,
  pool,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(`/telecom/sms/${customer.serviceName}/send`);
  const { errors } = await translate(page);
  for (const left of ["99,3", "98,6"]) {
    await page.getByLabel(words.recipients).fill("+39 333 123 4567, 12");
    await page.getByLabel(words.text).fill("L’appuntamento è alle 10");
    await expect(page.getByText(/1 numero non valido/).first()).toBeVisible();
    await page.getByLabel(words.recipients).fill("+39 333 123 4567");
    await page.getByRole("button", { name: "Sostituisci con i caratteri semplici" }).click();
    await expect(page.getByText(new RegExp(`restano ${left}`))).toBeVisible();
    await page.getByRole("main").getByRole("button", { name: words.send }).click();
    await expect(page.getByRole("status").filter({ hasText: words.sentTo })).toContainText(left, COMES);
    await expect(page.getByRole("navigation").getByText(left, { exact: true }).first()).toBeAttached(COMES);
    await page.getByRole("button", { name: "Scrivi un altro messaggio" }).click();
  }
  expect(errors).toEqual([]);
  expect(await pool.sql`select 1 from messages where customer_id = ${customer.customerId}`).toHaveLength(2);
});

test("credits that were transferred are said to be on a translated page", async ({
  page,
  pool,
  makeCustomer,
  signIn,
}) => {
  const texts = TEXTS.it;
  const customer = await makeCustomer({ balance: 100 });
  const { serviceName: second } = await anSmsAccount(pool.db, { customerId: customer.customerId });
  await signIn(page, customer);
  await page.goto(`/telecom/sms/${customer.serviceName}/transfer`);
  const { errors } = await translate(page);
  await page.getByRole("button", { name: texts.transfer, exact: true }).click();
  await expect(page.getByLabel(texts.target)).toHaveAccessibleDescription(texts.targetMissing);
  await page.getByLabel(texts.target).selectOption(second);
  for (const credits of ["5", "500", texts.amount]) await page.getByLabel(texts.credits).fill(credits);
  const preview = page.locator("form p").filter({ hasText: texts.preview });
  await expect(preview.filter({ hasText: second })).toBeVisible();
  await page.getByRole("button", { name: texts.transfer, exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: texts.transferred })).toBeVisible(COMES);
  await page.getByRole("button", { name: texts.again }).click();
  await expect(page.getByLabel(texts.target)).toBeFocused();
  expect(errors).toEqual([]);
});

test("a rule that was saved says so on a translated page, and what it buys arrives there", async ({
  page,
  browser,
  makeCustomer,
  signIn,
}) => {
  test.slow();
  const customer = await makeCustomer({ balance: 61 });
  await signIn(page, customer);
  await page.goto(`/telecom/sms/${customer.serviceName}/options/automatic-recharge`);
  const { errors } = await translate(page);
  for (const [threshold, quantity] of [
    ["60,5", "250"],
    ["50", "off"],
    ["60,5", "250"],
  ] as const) {
    await page.getByRole("button", { name: words.modify }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(words.threshold).fill("70");
    await dialog.getByLabel(words.quantity).selectOption("100");
    await dialog.getByLabel(words.threshold).fill(threshold);
    await dialog.getByLabel(words.quantity).selectOption(quantity);
    await dialog.getByRole("button", { name: words.confirm }).click();
    await expect(page.getByRole("status").filter({ hasText: words.saved })).toBeVisible(COMES);
    await expect(dialog).toBeHidden();
  }
  await expect(page.getByText(words.sentence)).toBeVisible();

  const state = await page.context().storageState();
  const overview = await (await browser.newContext({ locale: words.locale, storageState: state })).newPage();
  await overview.goto(`/telecom/sms/${customer.serviceName}`);
  const onOverview = await translate(overview);
  const sender = await (await browser.newContext({ locale: words.locale, storageState: state })).newPage();
  await sender.goto(`/telecom/sms/${customer.serviceName}/send`);
  await sender.getByLabel(words.recipients).fill("+39 333 123 4567");
  await sender.getByLabel(words.text).fill("Ciao");
  await sender.getByRole("main").getByRole("button", { name: words.send }).click();
  for (const window of [page, overview]) {
    await expect(window.getByText(words.arrived).last()).toBeVisible(COMES);
    await expect(window.getByRole("navigation").getByText("310,3", { exact: true }).first()).toBeAttached(
      COMES,
    );
  }
  await expect(overview.getByRole("region", { name: "Crediti disponibili" })).toContainText("310,3");
  await expect(overview.getByRole("row").nth(1)).toContainText("310,3");
  expect([...errors, ...onOverview.errors]).toEqual([]);
});

test("a pack that was bought and a call of the console that was made are said to be on a translated page", async ({
  page,
  pool,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 10 });
  await signIn(page, customer);
  await page.goto(`/telecom/sms/${customer.serviceName}/packs?quantity=100&to=IT`);
  const { errors } = await translate(page);
  await page.getByLabel("Crediti", { exact: true }).fill("200");
  await page.getByRole("button", { name: /^Acquista 200 crediti per/ }).click(COMES);
  await expect(page.getByText("200 crediti sono sul tuo account.")).toBeVisible(COMES);
  await page.goto("/console?call=listServices");
  await translate(page);
  await page.getByRole("button", { name: TEXTS.it.execute }).click();
  await expect(page.getByText(TEXTS.it.done)).toBeVisible(COMES);
  expect(errors).toEqual([]);
  expect(await pool.sql`select 1 from orders where customer_id = ${customer.customerId}`).toHaveLength(1);
});

test("a correction that was recorded, and its approval, are said to be on a translated page", async ({
  page,
  browser,
  makeCustomer,
  makeStaff,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  const path = `/support/accounts/${customer.serviceName}/corrections`;
  await signIn(page, await makeStaff("billing"));
  await page.goto(path);
  const { errors } = await translate(page);
  await page.getByRole("button", { name: "Registra la correzione" }).click();
  await expect(page.getByText("Controlla i campi segnati sotto.")).toBeVisible();
  await page.getByLabel("Crediti", { exact: true }).fill("50000");
  await page.getByLabel("Motivo").fill("Rimborso di un invio doppio");
  await page.getByRole("button", { name: "Registra la correzione" }).click();
  await expect(page.getByText(/attende l’approvazione/)).toBeVisible(COMES);
  await expect(page.getByRole("button", { name: "Ritira" })).toBeVisible();

  const other = await (await browser.newContext({ locale: words.locale })).newPage();
  await signIn(other, await makeStaff("billing"));
  await other.goto(path);
  const ofOther = await translate(other);
  await other.getByRole("button", { name: "Approva" }).click();
  await expect(other.getByRole("button", { name: "Approva" })).toHaveCount(0, COMES);
  expect([...errors, ...ofOther.errors]).toEqual([]);
});
