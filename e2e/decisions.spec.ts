import { decisions } from "../db/schema/recharge";
import { expect, expectAccessible, expectToFit, picture, test } from "./fixtures";

for (const [locale, viewport, words] of [
  [
    "it-IT",
    { width: 1280, height: 900 },
    { all: "Tutte le decisioni", older: "Decisioni precedenti", day: "1 gen 2025" },
  ],
  [
    "en-GB",
    { width: 390, height: 844 },
    { all: "All decisions", older: "Earlier decisions", day: "1 Jan 2025" },
  ],
] as const) {
  test.describe(locale, () => {
    test.use({ locale, viewport });

    test("every decision of a rule can be read, back to the first", async ({
      page,
      pool,
      makeCustomer,
      signIn,
    }) => {
      const { email, customerId, serviceName } = await makeCustomer({ balance: 100 });
      const of = (quantity: number) => ({
        customerId,
        serviceName,
        outcome: "changed",
        at: new Date(Date.UTC(2025, 0, 1, 0, quantity)),
        quantity,
        thresholdThousandths: 5000n,
        balanceThousandths: 100_000n,
        ruleVersion: quantity,
      });
      await pool.db.insert(decisions).values(Array.from({ length: 120 }, (_, index) => of(1001 + index)));
      await signIn(page, { email });
      await page.goto(`/telecom/sms/${serviceName}/options/automatic-recharge`);
      await page.getByRole("link", { name: words.all }).click();
      await expect(page.getByRole("heading", { level: 1, name: words.all })).toBeVisible();
      const seen: string[] = [];
      for (let pages = 0; pages < 3; pages += 1) {
        if (pages > 0) await page.getByRole("link", { name: words.older }).click();
        await expect(page.getByText((1120 - pages * 50).toString(), { exact: false }).first()).toBeVisible();
        const text = await page.getByRole("main").innerText();
        seen.push(...(text.match(/\b1[01]\d\d\b/g) ?? []));
      }
      expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => (1120 - index).toString()));
      await expect(page.getByRole("link", { name: words.older })).toHaveCount(0);
      await expect(page.getByText(words.day).first()).toBeVisible();
      await expectToFit(page);
      await expectAccessible(page);
      await picture(page, `decisions-${locale}`);
      await page.goto(`/telecom/sms/${serviceName}/options/automatic-recharge/decisions?before=abc`);
      await expect(page.getByText("1120", { exact: false }).first()).toBeVisible();
    });
  });
}
