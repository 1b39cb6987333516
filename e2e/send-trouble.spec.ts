import { expect, expectAccessible, expectToFit, picture, test, WORDS } from "./fixtures";

test.use({ viewport: { width: 390, height: 700 } });

test("why a message was not sent is said at the button, also on a phone", async ({
  page,
  pool,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 1 });
  await signIn(page, customer);
  await page.goto(`/telecom/sms/${customer.serviceName}/send`);
  await page.getByLabel(WORDS.it.recipients).fill("+393331234567 +393331234568");
  await page.getByLabel(WORDS.it.text).fill("Ciao");
  await expect(page.getByText(/Mancano 0,4 crediti/)).toBeVisible();
  const send = page.getByRole("main").getByRole("button", { name: WORDS.it.send });
  const said = (text: string) => page.getByRole("alert").filter({ hasText: text });

  await send.click();
  await expect(said("servono 1,4 crediti e ce n’è 1.")).toBeInViewport({ ratio: 1 });
  await expectToFit(page);
  await expectAccessible(page);
  await picture(page, "it-send-refused-phone");

  await page.route("**/send", (route) => route.abort(), { times: 1 });
  await send.click();
  await expect(said("non parte due volte")).toBeInViewport({ ratio: 1 });

  await page.getByLabel(WORDS.it.recipients).fill("+393331234567");
  await pool.sql`update sms_accounts set status = 'disable' where customer_id = ${customer.customerId}`;
  await send.click();
  await expect(said("Questo account è disattivato: non invia messaggi.")).toBeInViewport({ ratio: 1 });
  await expect(page.locator("[aria-invalid]")).toHaveCount(0);
});

test("what is wrong with the text goes when the offered replacement mends it", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(`/telecom/sms/${customer.serviceName}/send`);
  const text = page.getByLabel(WORDS.it.text);
  await page.getByLabel(WORDS.it.recipients).fill("+393331234567");
  await text.fill(`’${"a".repeat(67 * 8)}`);
  await page.getByRole("main").getByRole("button", { name: WORDS.it.send }).click();
  await expect(text).toHaveAccessibleDescription(/9 parti/);
  await page.getByRole("button", { name: "Sostituisci con i caratteri semplici" }).click();
  await expect(text).not.toHaveAttribute("aria-invalid");
  await expect(text).toBeFocused();
});
