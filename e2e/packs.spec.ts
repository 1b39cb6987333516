import { expect, expectAccessible, expectToFit, picture, test } from "./fixtures";

test.describe("packs, for anyone", () => {
  test("say what a quantity costs and sends, and offer the larger one that costs no more", async ({
    page,
  }) => {
    await page.goto("/packs?list=it&to=IT&quantity=100");
    await expect(page.getByText("142 SMS verso Italia, 0,6 crediti di resto")).toBeVisible();
    await page.getByLabel("Crediti", { exact: true }).fill("249");
    await expect(page.getByText(/250 crediti costano meno di 249: 12,61\s€ in tutto/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Passa a 250 crediti" }).click();
    await expect(page).toHaveURL(/quantity=250/);
    await expect(page.getByLabel("Crediti", { exact: true })).toHaveValue("250");
  });

  for (const asked of ["99", "abc", "1000001", "-5", "100,5"]) {
    test(`keep ${asked} and say at the field what is wrong`, async ({ page }) => {
      await page.goto(`/packs?list=it&to=IT&quantity=${encodeURIComponent(asked)}`);
      const field = page.getByLabel("Crediti", { exact: true });
      await expect(field).toHaveValue(asked);
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByText("Totale con IVA")).toHaveCount(0);
      await expectAccessible(page);
    });
  }

  test("keep a country of the address that is not served, and say so", async ({ page }) => {
    await page.goto("/packs?list=it&to=VA&quantity=100");
    await expect(page.getByLabel("SMS verso")).toHaveValue("VA");
    await expect(page.getByText("Il listino non serve Città del Vaticano.")).toBeVisible();
  });

  for (const [locale, reach] of [
    ["en-GB", "142 SMS to Italy, 0.6 credits left"],
    ["fr-FR", /142 SMS vers Italie, reste 0,6 crédit/],
  ] as const) {
    test.describe(`in ${locale}, on a phone`, () => {
      test.use({ locale, viewport: { width: 390, height: 844 } });
      test("fit their window and read as the language writes", async ({ page }) => {
        await page.goto("/packs?list=it&to=IT&quantity=100");
        await expect(page.getByText(reach)).toBeVisible();
        await expectToFit(page);
        await expectAccessible(page);
        await picture(page, `packs-phone-${locale.slice(0, 2)}`);
      });
    });
  }
});
