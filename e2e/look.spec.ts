import type { Page } from "playwright/test";
import { type Customer, expect, expectAccessible, expectToFit, picture, test } from "./fixtures";

const SIZES = [
  { name: "wide", viewport: { width: 1280, height: 900 } },
  { name: "phone", viewport: { width: 390, height: 844 } },
] as const;

const SCHEMES = ["light", "dark"] as const;

/** The pages of an account by a title of their own, in two halves. */
const accountPages = ({ serviceName }: Customer) => {
  const account = `/telecom/sms/${serviceName}`;
  return {
    "about credits": {
      telecom: "/telecom",
      accounts: "/telecom/sms",
      overview: account,
      send: `${account}/send`,
    },
    "about the rule": {
      history: `${account}/history`,
      options: `${account}/options`,
      rule: `${account}/options/automatic-recharge`,
      dialog: `${account}/options/automatic-recharge?modify=1`,
    },
  };
};

const cataloguePages = ({ serviceName }: Customer, order: string) => ({
  packs: "/packs?list=it&to=IT&quantity=249",
  destinations: "/destinations?list=it&q=gua&sort=credits",
  "not-served": "/destinations?list=it&q=vatican&date=2026-11-20&against=2026-11-01",
  buy: `/telecom/sms/${serviceName}/packs?quantity=99&to=IT`,
  orders: `/telecom/sms/${serviceName}/packs/orders`,
  order,
});

/** Each page is loaded once, and looked at in each of the schemes. */
async function expectToLookRight(
  page: Page,
  pages: Record<string, string>,
  schemes: readonly (typeof SCHEMES)[number][],
  size: string,
): Promise<void> {
  const language = (await page.evaluate(() => navigator.language)).slice(0, 2);
  for (const [title, path] of Object.entries(pages)) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    if (title === "dialog") await expect(page.getByRole("dialog")).toBeVisible();
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await expectToFit(page);
      await expectAccessible(page);
      await picture(page, `${title}-${size}-${colorScheme}-${language}`);
    }
  }
}

for (const { name, viewport } of SIZES) {
  for (const locale of ["it-IT", "en-GB"]) {
    for (const part of ["about credits", "about the rule"] as const) {
      test.describe(`${name}, ${locale}, ${part}`, () => {
        test.use({ viewport, locale });

        test("every page of an account, light and dark, fits its window and is in nobody's way", async ({
          page,
          makeCustomer,
          signIn,
        }) => {
          test.slow();
          const customer = await makeCustomer({ balance: 100 });
          await signIn(page, customer);
          await expectToLookRight(page, accountPages(customer)[part], SCHEMES, name);
        });
      });
    }
  }

  for (const colorScheme of SCHEMES) {
    // Each language in half of the cases: the longest words on the phone, both schemes in either.
    const locale = (name === "wide") === (colorScheme === "light") ? "it-IT" : "fr-FR";
    test.describe(`${name}, ${colorScheme}, ${locale}`, () => {
      test.use({ viewport, colorScheme, locale });

      test("every page of the catalogue fits its window and is in nobody's way", async ({
        page,
        makeCustomer,
        signIn,
      }) => {
        test.slow();
        const customer = await makeCustomer({ balance: 100 });
        await signIn(page, customer);
        await page.goto(`/telecom/sms/${customer.serviceName}/packs?quantity=100&to=IT`);
        await page.getByRole("button", { name: /100 .* 5,12\s€$/ }).click();
        await expect(page).toHaveURL(/\/orders\/\d+/, { timeout: 15_000 });
        await expectToLookRight(
          page,
          cataloguePages(customer, new URL(page.url()).pathname),
          [colorScheme],
          name,
        );
      });
    });
  }
}
