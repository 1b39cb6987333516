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
