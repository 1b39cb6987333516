import { readFileSync } from "node:fs";
import { expect, expectAccessible, expectToFit, picture, test, WORDS } from "./fixtures";

test("a message is followed from the send to its last recipient, without reloading", async ({
  page,
  pool,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(`/telecom/sms/${customer.serviceName}/send`);
  await page.getByText("Gestore di prova: nessun telefono").click();
  await expect(page.getByText("non consegnato: numero inesistente")).toBeVisible();
  await page.getByLabel(WORDS.it.recipients).fill("+393990000001 +393990009901 +393990009905");
  await page.getByLabel(WORDS.it.text).fill("Ciao");
  await page.getByRole("main").getByRole("button", { name: WORDS.it.send }).click();
  await page.getByRole("link", { name: "Segui la consegna" }).click();

  const delivery = page.getByRole("region", { name: "Consegna" });
  const of = (number: string) => delivery.getByRole("row").filter({ hasText: number });
  await expect(
    delivery.getByText("Consegnato a 1 di 3 destinatari, 1 non raggiunto;", { exact: false }),
  ).toBeVisible({ timeout: 30_000 });
  await expect(of("+393990009901")).toContainText("Numero inesistente");
  await expect(of("+393990009905")).toContainText("In corso");
  await expectAccessible(page);
  await picture(page, "it-delivery-under-way");

  // The last number never answers, so that the page stays as it is until more than two days are over.
  await pool.sql`update deliveries set handed_at = handed_at - interval '51 hours', due_at = now()
    where customer_id = ${customer.customerId}`;
  await expect(delivery.getByText("Consegnato a 1 di 3 destinatari.")).toBeVisible({ timeout: 30_000 });
  await expect(of("+393990009905")).toContainText("Nessun esito");

  const download = page.waitForEvent("download");
  await delivery.getByRole("link", { name: "Scarica tutti i destinatari (CSV)" }).click();
  const file = readFileSync(await (await download).path(), "utf8");
  expect(file.split("\r\n").map((line) => line.replace(/,[^,]*$/, ""))).toEqual([
    `\ufeff"Numero","Paese","Crediti","Esito","Codice"`,
    `+393990000001,"IT",0.7,"Consegnato",""`,
    `+393990009901,"IT",0.7,"Non consegnato","unknown_number"`,
    `+393990009905,"IT",0.7,"Non consegnato","no_receipt"`,
    "",
  ]);
});

for (const [name, locale, colorScheme, viewport] of [
  ["phone-dark", "en-GB", "dark", { width: 390, height: 844 }],
  ["wide-light", "fr-FR", "light", { width: 1280, height: 900 }],
] as const) {
  test.describe(name, () => {
    test.use({ locale, colorScheme, viewport });

    test("the way of a message reads well and is in nobody's way", async ({ page, makeCustomer, signIn }) => {
      const customer = await makeCustomer({ balance: 100 });
      await signIn(page, customer);
      await page.goto(`/telecom/sms/${customer.serviceName}/send`);
      await page.locator("#recipients").fill("+393990000001 +393990009903");
      await page.locator("#text").fill("Ciao");
      await page.locator("main form button[type=submit]").click();
      await page.locator("a[href*='/history/messages/']").click();
      await expect(page.getByText(/Delivered to 1 of 2|Remis : 1 sur 2 destinataires/)).toBeVisible({
        timeout: 14_000,
      });
      await expectToFit(page);
      await expectAccessible(page);
      await picture(page, `delivery-${name}`);
    });
  });
}
