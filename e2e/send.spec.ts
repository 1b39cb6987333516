import { expect, expectAccessible, picture, test, WORDS } from "./fixtures";

const sendPath = (serviceName: string) => `/telecom/sms/${serviceName}/send`;

test("encoding, parts and cost follow the typing, and the offered replacement is made when asked", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(sendPath(customer.serviceName));
  await page.getByLabel(WORDS.it.recipients).fill("+39 333 123 4567; 0039 333 1234568\n+39 333 123 4567");
  await page.getByLabel(WORDS.it.text).fill("L’appuntamento è alle 10");
  await expect(page.getByText("Unicode", { exact: true })).toBeVisible();
  await expect(page.getByText(/«’» \(U\+2019\)/).first()).toBeVisible();
  await expect(page.getByText("2 numeri validi")).toBeVisible();
  await expect(page.getByText("1 ripetuto, contato una volta")).toBeVisible();
  await expectAccessible(page);
  await picture(page, "it-send-unicode");
  await page.getByRole("button", { name: "Sostituisci con i caratteri semplici" }).click();
  await expect(page.getByLabel(WORDS.it.text)).toHaveValue("L'appuntamento è alle 10");
  await expect(page.getByText("GSM a 7 bit")).toBeVisible();
  await expect(page.getByText("1,4 crediti")).toBeVisible();
  await expect(page.getByText(/restano 98,6 crediti/)).toBeVisible();
});

test("invalid numbers stop the message until they are skipped on purpose", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(sendPath(customer.serviceName));
  await page.getByLabel(WORDS.it.recipients).fill("+393331234567, 12, abc");
  await page.getByLabel(WORDS.it.text).fill("Ciao");
  await expect(page.getByText(/2 numeri non validi/).first()).toBeVisible();
  const send = page.getByRole("main").getByRole("button", { name: WORDS.it.send });
  await send.click();
  await expect(page.getByLabel(WORDS.it.recipients)).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel(WORDS.it.recipients)).toHaveValue("+393331234567, 12, abc");
  await expectAccessible(page);
  await page.getByRole("checkbox").check();
  await send.click();
  await expect(page.getByText("Inviato a 1 destinatario.")).toBeVisible();
});

test("what the balance does not cover is refused whole, and what was typed stays", async ({
  page,
  pool,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 1 });
  await signIn(page, customer);
  await page.goto(sendPath(customer.serviceName));
  await page.getByLabel(WORDS.it.recipients).fill("+393331234567 +393331234568");
  await page.getByLabel(WORDS.it.text).fill("Ciao");
  await expect(page.getByText(/Mancano 0,4 crediti/)).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: WORDS.it.send }).click();
  await expect(page.getByRole("alert").filter({ hasText: "1,4" })).toBeVisible();
  await expect(page.getByLabel(WORDS.it.text)).toHaveValue("Ciao");
  const sent = await pool.sql`select 1 from messages where customer_id = ${customer.customerId}`;
  expect(sent).toHaveLength(0);
});

test("an empty text, one of nine parts and missing recipients are told at their fields", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(sendPath(customer.serviceName));
  const send = page.getByRole("main").getByRole("button", { name: WORDS.it.send });
  await send.click();
  await expect(page.getByLabel(WORDS.it.recipients)).toHaveAccessibleDescription(/almeno un numero/);
  await expect(page.getByLabel(WORDS.it.text)).toHaveAccessibleDescription(/Scrivi il testo/);
  await expectAccessible(page);
  await page.getByLabel(WORDS.it.text).fill("a".repeat(153 * 8 + 1));
  await send.click();
  await expect(page.getByLabel(WORDS.it.text)).toHaveAccessibleDescription(/9 parti/);
});

test("ten thousand recipients, some invalid and some repeated, are counted and sent to", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 10_000 });
  await signIn(page, customer);
  await page.goto(sendPath(customer.serviceName));
  const numbers = Array.from({ length: 9_900 }, (_, index) => `+3933310${(10_000 + index).toString()}`);
  const pasted = [
    ...numbers,
    ...numbers.slice(0, 90),
    ...Array.from({ length: 10 }, (_, index) => `x${index}`),
  ];
  // Not one to a line: Chromium's way of filling a field by program takes the square of the lines, as pasting does not.
  await page.getByLabel(WORDS.it.recipients).fill(pasted.join("; "));
  await page.getByLabel(WORDS.it.text).fill("Ciao");
  await expect(page.getByText("9900 numeri validi")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("90 ripetuti, contati una volta")).toBeVisible();
  await page.getByRole("checkbox").check();
  await page.getByRole("main").getByRole("button", { name: WORDS.it.send }).click();
  await expect(page.getByText("Inviato a 9900 destinatari.")).toBeVisible({ timeout: 30_000 });
});

test("a spreadsheet of names is pasted as it is, and what is too long to be read is said at the field", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(sendPath(customer.serviceName));
  const recipients = page.getByLabel(WORDS.it.recipients);
  await recipients.fill("Nome\tCellulare\nAnna Bianchi\t+39 333 123 4567\nLuca Verdi\t0039 333 1234568");
  await page.getByLabel(WORDS.it.text).fill("Ciao");
  await expect(page.getByText("2 numeri validi")).toBeVisible();
  await expect(page.getByText(/non valid/)).toHaveCount(0);

  await recipients.fill("333 1234567");
  await expect(page.getByText(/Manca il prefisso del paese/)).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(0);

  await recipients.fill("+393331234567; ".repeat(40_000));
  const send = page.getByRole("main").getByRole("button", { name: WORDS.it.send });
  await send.click();
  await expect(recipients).toHaveAccessibleDescription(/troppi per essere letti/);
  await recipients.fill("+393331234567");
  await expect(page.getByText("1 numero valido")).toBeVisible();
  let sends = 0;
  page.on("request", (asked) => {
    if ("next-action" in asked.headers()) sends += 1;
  });
  await send.evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await expect(page.getByText("Inviato a 1 destinatario.")).toBeVisible();
  expect(sends).toBe(1);
});

test("a message whose answer is lost is not sent twice by pressing again", async ({
  page,
  pool,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(sendPath(customer.serviceName));
  await page.getByLabel(WORDS.it.recipients).fill("+393331234567");
  await page.getByLabel(WORDS.it.text).fill("Una volta sola");
  await page.route(
    "**/send",
    async (route) => {
      // The server does its work, and the browser never hears of it.
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  const send = page.getByRole("main").getByRole("button", { name: WORDS.it.send });
  await send.click();
  await expect(page.getByRole("alert").filter({ hasText: "non parte due volte" })).toBeVisible();
  await send.click();
  await expect(page.getByText(/non è stato ripetuto/)).toBeVisible();
  const sent = await pool.sql`select 1 from messages where customer_id = ${customer.customerId}`;
  expect(sent).toHaveLength(1);
});
