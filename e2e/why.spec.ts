import type { Page } from "playwright/test";
import type { Pool } from "../db/client";
import { expect, expectAccessible, test, WORDS, type Customer } from "./fixtures";

const whyOf = ({ serviceName }: Customer, question = "") => `/support/accounts/${serviceName}/why${question}`;

/** Turns a rule on that is due at once: what is bought is the customer's first recharge, entry 2. */
async function buyByRule(page: Page, pool: Pool, customer: Customer) {
  await page.goto(`/telecom/sms/${customer.serviceName}/options/automatic-recharge?modify=1`);
  await page.getByLabel(WORDS.it.threshold).fill("100");
  await page.getByLabel(WORDS.it.quantity).selectOption("250");
  await page.getByRole("button", { name: WORDS.it.confirm }).click();
  await expect(page.getByRole("status").filter({ hasText: WORDS.it.saved })).toBeVisible();
  const balance = async () => {
    const [account] = await pool.sql<{ balance: bigint }[]>`
      select balance from ledger_accounts where customer_id = ${customer.customerId}`;
    return account?.balance;
  };
  await expect.poll(balance, { timeout: 15_000 }).toBe(350_000n);
}

test("support tells a French customer, in French and by keyboard alone, why a card was charged", async ({
  page,
  browser,
  context,
  pool,
  makeCustomer,
  makeSupport,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100, priceList: "fr" });
  const customers = await (await browser.newContext({ locale: "it-IT" })).newPage();
  await signIn(customers, customer);
  await buyByRule(customers, pool, customer);

  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(page, await makeSupport());
  await page.goto(whyOf(customer, "?movement=2"));
  await expect(page.getByRole("heading", { name: "Perché è stato addebitato, o no" })).toBeVisible();
  await expect(page.getByText("Sola lettura", { exact: true })).toBeVisible();
  // The answer first, and in the reader's own language.
  await expect(page.getByRole("main")).toContainText(/È stato addebitato un importo di .* per 250 crediti/);
  const steps = page.getByRole("region", { name: "Che cosa è successo" }).getByRole("listitem");
  await expect(steps.first()).toContainText(
    "La ricarica automatica è stata attivata: a 100 o meno, 250 crediti.",
  );
  await expect(steps.last()).toContainText("Sono stati aggiunti 250 crediti: il saldo è diventato 350.");
  await expect(steps.first().locator("time")).toHaveAttribute("datetime", /^\d{4}-\d\d-\d\dT.*Z$/);

  const letter = page.getByRole("region", { name: "Da mandare al cliente" });
  await expect(letter.locator("[lang=fr]")).toContainText(
    /Un montant de .* a été débité le .* pour 250 crédits/,
  );
  const copy = letter.getByRole("button", { name: "Copia" });
  await copy.focus();
  await page.keyboard.press("Enter");
  await expect(letter.getByRole("status")).toHaveText("Copiato.");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("250 crédits ont été ajoutés : le solde est devenu 350.");
  // The answer stands before the story.
  expect(copied.split("\n\n")[0]).toMatch(/^Un montant de /);
  await expectAccessible(page);

  const looks = await pool.sql<{ what: string; service_name: string; address: string }[]>`
    select what, service_name, address from access_log
    where customer_id = ${customer.customerId} and what = 'explanation'`;
  expect(looks[0]).toMatchObject({ what: "explanation", service_name: customer.serviceName });
  expect(looks[0]?.address).not.toBe("");
});

test("from a customer's mail to why, by keyboard: two steps, for one ticket, and a decision leads there too", async ({
  page,
  browser,
  pool,
  makeCustomer,
  makeSupport,
  signIn,
}) => {
  test.slow();
  const customer = await makeCustomer({ balance: 100 });
  const customers = await (await browser.newContext({ locale: "it-IT" })).newPage();
  await signIn(customers, customer);
  await buyByRule(customers, pool, customer);

  await signIn(page, await makeSupport());
  await page.goto("/support");
  const field = page.getByRole("combobox", { name: "Cerca" });
  await expect(field).toBeFocused();
  await expect(async () => {
    await field.fill("");
    await page.keyboard.type(customer.email);
    await expect(page.getByRole("listbox").getByRole("option", { selected: true })).toContainText(
      customer.email,
      {
        timeout: 3000,
      },
    );
  }).toPass({ timeout: 20_000 });
  await page.keyboard.press("Enter");
  const order = page.getByRole("link", { name: /^\d+ Perché\?$/ });
  await expect(order).toHaveCount(1);
  await expectAccessible(page);
  await order.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/È stato addebitato un importo di/).first()).toBeVisible();

  const asked = new URL(page.url()).searchParams.get("order");
  await page.getByLabel("Ticket (facoltativo)").fill("T-42");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/ticket=T-42/);
  expect(new URL(page.url()).searchParams.get("order")).toBe(asked);
  await page.getByLabel("Istante").fill("2026-01-02T03:04");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/ticket=T-42.*at=2026-01-02/);
  const looks = await pool.sql<{ what: string; ticket: string | null }[]>`
    select what, ticket from access_log where customer_id = ${customer.customerId} and what = 'explanation'
    order by access_id`;
  expect(looks.map(({ ticket }) => ticket)).toEqual([null, "T-42", "T-42"]);

  await page.getByRole("link", { name: "Come lo vede il cliente" }).click();
  await page
    .getByRole("link", { name: /Perché\? della decisione/ })
    .first()
    .click();
  await expect(page).toHaveURL(/decision=\d+.*ticket=T-42/);
  await expect(page.getByText(/È stato addebitato un importo di/).first()).toBeVisible();
});

test("an instant is chosen in the address, and what is not there is said", async ({
  page,
  makeCustomer,
  makeSupport,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 40 });
  await signIn(page, await makeSupport());
  await page.goto(whyOf(customer));
  await expect(page.getByText("Non è stato addebitato nulla.", { exact: true })).toBeVisible();
  await page.getByLabel("Istante").fill("2026-01-02T03:04");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/[?&]at=2026-01-02T03%3A04$/);
  await expect(page.getByText("prima del primo movimento")).toBeVisible();
  await expect(page.getByText("2 gennaio 2026 alle ore 03:04:59").first()).toBeVisible();

  await page.goto(whyOf(customer, "?movement=99"));
  await expect(page.getByText(/In questo account non c’è/)).toBeVisible();
  await page.goto(whyOf(customer, "?at=yesterday"));
  await expect(page.getByLabel("Istante")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
});

test("to customers, and for names that are none, the page does not exist", async ({
  page,
  browser,
  makeCustomer,
  makeSupport,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 40 });
  await page.goto(whyOf(customer));
  expect(new URL(page.url()).pathname).toBe("/sign-in");
  await signIn(page, customer);
  expect((await page.goto(whyOf(customer)))?.status()).toBe(404);
  const support = await (await browser.newContext()).newPage();
  await signIn(support, await makeSupport());
  expect((await support.goto("/support/accounts/sms-nobody-1/why"))?.status()).toBe(404);
});
