import { anSmsAccount } from "../db/testing-rows";
import { balanceOf, TEXTS } from "./api-pages";
import { expect, expectAccessible } from "./fixtures";
import { test } from "./official-client";

for (const language of ["it", "en"] as const) {
  const texts = TEXTS[language];
  test.describe(`in ${language}`, () => {
    test.use({ locale: texts.locale });

    test("the panel's own form transfers too, and both histories show it", async ({
      page,
      pool,
      makeCustomer,
      signIn,
    }) => {
      const customer = await makeCustomer({ balance: 100 });
      const { serviceName: second } = await anSmsAccount(pool.db, { customerId: customer.customerId });
      await signIn(page, customer);
      await page.goto(`/telecom/sms/${customer.serviceName}/transfer`);
      const submit = page.getByRole("button", { name: texts.transfer, exact: true });
      await submit.click();
      await expect(page.getByLabel(texts.target)).toHaveAccessibleDescription(texts.targetMissing);
      await expectAccessible(page);
      await page.getByLabel(texts.target).selectOption(second);
      await page.getByLabel(texts.credits).fill(texts.amount);
      await expect(page.getByText(texts.preview).filter({ hasText: second })).toBeVisible();
      await expectAccessible(page);
      await submit.click();
      await expect(page.getByRole("status").filter({ hasText: texts.transferred })).toBeVisible({
        timeout: 15_000,
      });
      await expect(page.locator(":focus")).toContainText(texts.transferred);
      await expectAccessible(page);
      expect(await balanceOf(pool, second)).toBe(10_500n);
      await expect(page.getByRole("link", { name: texts.history })).toBeVisible();
      await page.getByRole("button", { name: texts.again }).click();
      await expect(page.getByLabel(texts.target)).toBeFocused();
      await page.goto(`/telecom/sms/${customer.serviceName}/history`);
      await expect(page.getByRole("row").nth(1)).toContainText(texts.left);
      await page.goto(`/telecom/sms/${second}/history`);
      await expect(page.getByRole("row").nth(1)).toContainText(`+${texts.amount}`);
    });
  });
}
