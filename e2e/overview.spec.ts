import { expect, expectAccessible, test, WORDS } from "./fixtures";

test("the overview of an account that was always at zero says so, and marks the pack that is bought then", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 7 });
  await signIn(page, customer);
  const account = `/telecom/sms/${customer.serviceName}`;
  const low = page.getByRole("link", { name: customer.serviceName }).locator("svg");
  await page.goto(`${account}/send`);
  await expect(low).toHaveCount(0);
  const ten = Array.from({ length: 10 }, (_, index) => `+39333123456${index.toString()}`);
  await page.getByLabel(WORDS.it.recipients).fill(ten.join("\n"));
  await page.getByLabel(WORDS.it.text).fill("Ciao");
  await page.getByRole("main").getByRole("button", { name: WORDS.it.send }).click();
  await expect(page.getByText(WORDS.it.sentTo)).toBeVisible();

  await page.goto(account);
  await expect(page.getByText("il saldo a fine giornata è sempre stato zero")).toBeVisible();
  // Said by a drawing too, for those who do not tell the colour of the number.
  await expect(low).toBeVisible();

  await page.goto(`${account}/packs?quantity=100&to=IT`);
  await page.getByRole("button", { name: /100 .* 5,12\s€$/ }).click();
  await expect(page).toHaveURL(/\/orders\/\d+/, { timeout: 15_000 });
  await page.goto(account);
  const plot = page.getByRole("img", { name: /nessuna ricarica, 1 acquisto\.$/ });
  await expect(plot).toBeVisible();
  await expect(plot.getByText(/100 crediti acquistati, saldo 100/)).toBeAttached();
  await expect(page.getByRole("listitem").filter({ hasText: /^acquisto$/ })).toBeVisible();
  await page.getByText("Mostra come tabella").click();
  await expect(page.getByRole("row").filter({ hasText: "100" }).first()).toHaveText(/—100100$/);
  await expectAccessible(page);
});

for (const locale of ["it-IT", "fr-FR", "en-GB"]) {
  test.describe(`in ${locale}, on a phone`, () => {
    test.use({ locale });

    test("every tab of an account is seen, for its customer and for staff", async ({
      page,
      makeCustomer,
      makeSupport,
      signIn,
    }) => {
      const { customerId, serviceName, email } = await makeCustomer({ balance: 100 });
      const account = `/telecom/sms/${serviceName}`;
      const asStaff = `/support/accounts/${serviceName}?customer=${customerId}`;
      for (const [person, path] of [
        [{ email }, account],
        [await makeSupport(), asStaff],
      ] as const) {
        await page.context().clearCookies();
        await signIn(page, person);
        await page.goto(path);
        for (const width of [390, 320]) {
          await page.setViewportSize({ width, height: 844 });
          const tabs = page.getByRole("navigation").filter({ has: page.locator("[aria-current=page]") });
          const links = tabs.last().getByRole("link");
          await expect(links).toHaveCount(5);
          for (const link of await links.all()) await expect(link).toBeInViewport({ ratio: 1 });
        }
      }
    });
  });
}
