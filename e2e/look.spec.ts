import { expect, expectAccessible, picture, test } from "./fixtures";

const SIZES = [
  { name: "wide", viewport: { width: 1280, height: 900 } },
  { name: "phone", viewport: { width: 390, height: 844 } },
] as const;

for (const { name, viewport } of SIZES) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const locale of ["it-IT", "en-GB"]) {
      test.describe(`${name}, ${colorScheme}, ${locale}`, () => {
        test.use({ viewport, colorScheme, locale });

        test("every page fits its window and is in nobody's way", async ({ page, makeCustomer, signIn }) => {
          test.slow();
          const customer = await makeCustomer({ balance: 100 });
          await signIn(page, customer);
          const account = `/telecom/sms/${customer.serviceName}`;
          const pages = {
            telecom: "/telecom",
            accounts: "/telecom/sms",
            overview: account,
            send: `${account}/send`,
            history: `${account}/history`,
            options: `${account}/options`,
            rule: `${account}/options/automatic-recharge`,
            dialog: `${account}/options/automatic-recharge?modify=1`,
          };
          for (const [title, path] of Object.entries(pages)) {
            await page.goto(path);
            await page.getByRole("heading", { level: 1 }).waitFor();
            if (title === "dialog") await expect(page.getByRole("dialog")).toBeVisible();
            const isTooWide = await page.evaluate(
              () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
            );
            expect(isTooWide, path).toBe(false);
            await expectAccessible(page);
            await picture(page, `${title}-${name}-${colorScheme}-${locale.slice(0, 2)}`);
          }
        });
      });
    }
  }
}
