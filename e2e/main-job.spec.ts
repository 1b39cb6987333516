import { expect, expectAccessible, picture, test, WORDS } from "./fixtures";

for (const language of ["it", "en"] as const) {
  const words = WORDS[language];
  test.describe(`in ${language}`, () => {
    test.use({ locale: words.locale });

    test("a rule is set, messages use credits up, and the credits it buys arrive without reloading", async ({
      page,
      browser,
      makeCustomer,
      signInByPage,
    }) => {
      test.slow();
      const customer = await makeCustomer({ balance: 61 });
      await signInByPage(page, customer);
      await picture(page, `${language}-1-telecom`);
      await page.getByRole("main").getByRole("link", { name: "SMS", exact: true }).click();
      await page.getByRole("main").getByRole("link", { name: "Account di prova" }).click();
      await expect(page.getByText(/87 SMS/)).toBeVisible();
      await expectAccessible(page);
      await picture(page, `${language}-2-overview`);

      await page.getByRole("link", { name: words.options, exact: true }).click();
      await page.getByRole("main").getByRole("link", { name: words.rule }).click();
      await page.getByRole("heading", { name: words.rule, level: 1 }).waitFor();
      const state = await page.context().storageState();
      const window = await browser.newContext({ locale: words.locale, storageState: state });
      const second = await window.newPage();
      await second.goto(page.url());

      await page.getByRole("button", { name: words.modify }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(words.threshold).fill(words.decimal);
      await dialog.getByLabel(words.quantity).selectOption("250");
      await expect(dialog.getByText(/10[.,]34/)).toBeVisible();
      await expect(dialog.getByRole("row")).toHaveCount(4);
      await expectAccessible(page);
      await picture(page, `${language}-3-rule-dialog`);
      await dialog.getByRole("button", { name: words.confirm }).click();
      await expect(page.getByRole("status").filter({ hasText: words.saved })).toBeVisible();
      await expect(page.getByText(words.sentence)).toBeVisible();
      await expect(second.getByText(words.sentence)).toBeVisible();
      await expectAccessible(page);

      await page.getByRole("link", { name: words.send, exact: true }).click();
      await page.getByLabel(words.recipients).fill("+39 333 123 4567");
      await page.getByLabel(words.text).fill("Ciao");
      await expect(page.getByRole("row").filter({ hasText: /0[.,]7/ })).toBeVisible();
      await expect(page.getByText(/60[.,]3/)).toBeVisible();
      await expectAccessible(page);
      await picture(page, `${language}-4-send`);
      await page.getByRole("main").getByRole("button", { name: words.send }).click();
      await expect(page.getByText(words.sentTo)).toBeVisible();
      await expect(page.getByText(words.arrived).last()).toBeVisible();
      await expect(second.getByText(words.arrived).last()).toBeVisible();
      await expect(
        page
          .getByText(/310[.,]3/)
          .filter({ visible: true })
          .first(),
      ).toBeVisible();
      await expectAccessible(page);
      await picture(page, `${language}-5-arrived`);
      await page.getByRole("button", { name: words.close, exact: true }).click();
      await expect(page.locator("#main")).toBeFocused();

      await page.getByRole("link", { name: words.history, exact: true }).click();
      await expect(page.getByRole("table").getByRole("row")).toHaveCount(4);
      const [recharge, message] = [page.getByRole("row").nth(1), page.getByRole("row").nth(2)];
      for (const [row, amount, balance] of [
        [recharge, "+250", words.balanceAfter],
        [message, words.used, words.left],
      ] as const) {
        await expect(row.getByRole("cell", { name: amount, exact: true })).toBeVisible();
        await expect(row.getByRole("cell", { name: balance, exact: true })).toBeVisible();
      }
      await expectAccessible(page);
      await picture(page, `${language}-6-history`);
      await window.close();
    });
  });
}
