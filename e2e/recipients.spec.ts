import { expect, expectAccessible, expectToFit, picture, test } from "./fixtures";

for (const [locale, width] of [
  ["it-IT", 1280],
  ["en-GB", 390],
  ["fr-FR", 390],
] as const) {
  test.describe(`in ${locale}, ${width} wide`, () => {
    test.use({ locale, viewport: { width, height: 844 }, colorScheme: width === 390 ? "dark" : "light" });

    test("what may be two numbers is chosen by a press, and a plus and landlines are asked about", async ({
      page,
      makeCustomer,
      signIn,
    }) => {
      const customer = await makeCustomer({ balance: 100 });
      await signIn(page, customer);
      await page.goto(`/telecom/sms/${customer.serviceName}/send`);
      const recipients = page.locator("#recipients");
      await recipients.fill(
        "+39 (0)35 123 4567\n393386345416\n393386345417\n+39 06 123 4567\n+39 333 1234567 8",
      );
      await page.locator("#text").fill("Ciao");
      const choices = page.getByRole("button", { name: /\+39/ });
      await expect(choices).toHaveCount(2);
      await expectAccessible(page);
      await expectToFit(page);
      await picture(page, `recipients-asked-${locale.slice(0, 2)}-${width}`);

      await page.getByRole("button", { name: "+390351234567" }).click();
      await expect(recipients).toHaveValue(/^\+390351234567\n/);
      await expect(choices).toHaveCount(0);
      await page.getByRole("checkbox", { name: /\+393386345416/ }).check();
      await page.getByRole("checkbox", { name: /2 (numeri fissi|landlines|numéros fixes)/ }).check();
      await expect(page.getByText(/^4 (numeri validi|valid numbers|numéros valides)/)).toBeVisible();
      await page.getByRole("checkbox").last().check();
      await page.getByRole("main").locator("button[type=submit]").click();
      await expect(page.getByText(/(Inviato a|Sent to|Envoyé à) 4 /)).toBeVisible({ timeout: 15_000 });
    });
  });
}

const CRM = [
  "Nome;Partita IVA;Telefono casa;Cellulare",
  "Anna;00488410010;+39 06 1234567;+39 333 1234567",
  "Luca;00488410010;+39 06 1234568;+39 333 1234568",
  "Sara;00488410010;+39 06 1234569;",
].join("\n");

for (const [locale, width] of [
  ["it-IT", 390],
  ["fr-FR", 1280],
] as const) {
  test.describe(`in ${locale}, ${width} wide`, () => {
    test.use({ locale, viewport: { width, height: 844 }, colorScheme: width === 390 ? "light" : "dark" });

    test("a table that is pasted shows its column of phones, and the choice is remembered", async ({
      page,
      makeCustomer,
      signIn,
    }) => {
      const customer = await makeCustomer({ balance: 100 });
      await signIn(page, customer);
      await page.goto(`/telecom/sms/${customer.serviceName}/send`);
      const recipients = page.locator("#recipients");
      const column = page.locator("#phone-column");
      await recipients.fill(CRM);
      await expect(column).toHaveValue("3");
      await expect(page.getByText(/^2 (numeri validi|numéros valides)/)).toBeVisible();
      await expect(page.getByText(/(riga|ligne) 4\s?: «Sara/).first()).toBeVisible();
      await expectAccessible(page);
      await expectToFit(page);
      await picture(page, `recipients-table-${locale.slice(0, 2)}-${width}`);
      await column.selectOption("2");
      await expect(page.getByRole("checkbox", { name: /3 (numeri fissi|numéros fixes)/ })).toBeVisible();
      await recipients.fill("");
      await recipients.fill(CRM.replace("Anna", "Maria"));
      await expect(column).toHaveValue("2");
    });

    test("a file of a hundred thousand lines is read and taken part by part", async ({
      page,
      makeCustomer,
      signIn,
    }) => {
      test.slow();
      const customer = await makeCustomer({ balance: 10_000 });
      await signIn(page, customer);
      await page.goto(`/telecom/sms/${customer.serviceName}/send`);
      const rows = Array.from(
        { length: 99_999 },
        (_, index) => `Anna;00488410010;+39 333 ${2_000_000 + index}`,
      );
      const file = (name: string, content: string) => ({
        name,
        mimeType: "text/csv",
        buffer: Buffer.from(content),
      });
      const input = page.locator("input[type=file]");
      await input.setInputFiles(file("clienti.csv", ["Nome;Partita IVA;Cellulare", ...rows].join("\n")));
      await expect(page.getByText(/99999|99\D999/).first()).toBeVisible({ timeout: 45_000 });
      await expect(page.getByText(/^(10000|10\D000) (numeri validi|numéros valides)/)).toBeVisible({
        timeout: 45_000,
      });
      const estimated = page.waitForResponse((response) => response.url().includes("/send/estimate"));
      await page.locator("select").last().selectOption("9");
      await estimated;
      await expect(page.locator("#recipients")).toHaveValue(/^\+39 333 2090000\n/);
      // What is asked anew is drawn pale meanwhile.
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 30_000 });
      await expectAccessible(page);
      await picture(page, `recipients-file-${locale.slice(0, 2)}-${width}`);

      const contacts =
        "BEGIN:VCARD\nFN:Anna\nTEL;TYPE=HOME:+39061234567\nTEL;TYPE=CELL:+393331234567\nEND:VCARD\n";
      await input.setInputFiles(file("rubrica.vcf", contacts));
      await expect(page.locator("#recipients")).toHaveValue("+393331234567");
      await input.setInputFiles(file("clienti.xlsx", "PK\u0003\u0004"));
      await expect(page.getByText(/CSV e scegli|CSV et choisissez/)).toBeVisible();
    });
  });
}
