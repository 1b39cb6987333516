import type { Page } from "playwright/test";
import { expect, expectAccessible, picture, test } from "./fixtures";

const COMES = { timeout: 15_000 };
const packsOf = (serviceName: string) => `/telecom/sms/${serviceName}/packs`;
const buyButton = (page: Page) => page.getByRole("button", { name: /^Acquista 100 crediti per 5,12\s€$/ });
const rowsOf = (page: Page) => page.getByRole("table", { name: /Costo di un SMS/ }).getByRole("rowheader");

async function expectToFit(page: Page): Promise<void> {
  const isTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  expect(isTooWide, page.url()).toBe(false);
}

test.describe("packs, for anyone", () => {
  test("say what a quantity costs and sends, and offer the larger one that costs no more", async ({
    page,
  }) => {
    await page.goto("/packs?list=it&to=IT&quantity=100");
    await expect(page.getByText("142 SMS verso Italia, 0,6 crediti di resto")).toBeVisible();
    await page.getByLabel("Crediti", { exact: true }).fill("249");
    await expect(page.getByText(/250 crediti costano meno di 249: 12,62\s€ in tutto/)).toBeVisible();
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
        await page.goto("/destinations");
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectToFit(page);
        await expectAccessible(page);
      });
    });
  }
});

test.describe("buying", () => {
  test("a double click, a reload, the way back and a second window buy once", async ({
    page,
    pool,
    context,
    makeCustomer,
    signIn,
  }) => {
    const customer = await makeCustomer({ balance: 10 });
    await signIn(page, customer);
    await page.goto(`${packsOf(customer.serviceName)}?quantity=100&to=IT`);
    const other = await context.newPage();
    await other.goto(`${packsOf(customer.serviceName)}?quantity=100&to=IT`);
    await expectAccessible(page);

    await buyButton(page).dblclick();
    await expect(page).toHaveURL(/\/orders\/\d+/, COMES);
    await expect(page.getByText("100 crediti sono sul tuo account.")).toBeVisible(COMES);
    await expectAccessible(page);
    await page.reload();
    // The other window has heard of the purchase by itself, and still was open before it.
    await expect(other.getByText("Saldo attuale: 110 crediti")).toBeVisible(COMES);
    await buyButton(other).click();
    await expect(other.getByText(/non è stato comprato nulla una seconda volta/)).toBeVisible(COMES);
    await page.goBack();
    await expect(buyButton(page)).toBeVisible();

    const orders = await pool.sql`select order_id from orders where customer_id = ${customer.customerId}`;
    expect(orders).toHaveLength(1);
    await page.goto(`/telecom/sms/${customer.serviceName}`);
    await expect(page.getByRole("main").getByText("110", { exact: true }).first()).toBeVisible();
  });

  test("a second window that asks for another quantity is told first, and buys when asked again", async ({
    page,
    pool,
    context,
    makeCustomer,
    signIn,
  }) => {
    const customer = await makeCustomer({ balance: 10 });
    await signIn(page, customer);
    await page.goto(`${packsOf(customer.serviceName)}?quantity=100&to=IT`);
    const other = await context.newPage();
    await other.goto(`${packsOf(customer.serviceName)}?quantity=200&to=IT`);
    await buyButton(page).click();
    await expect(page.getByText("100 crediti sono sul tuo account.")).toBeVisible(COMES);
    await expect(other.getByText("Saldo attuale: 110 crediti")).toBeVisible(COMES);
    const buyOther = other.getByRole("button", { name: /^Acquista 200 crediti/ });
    await buyOther.click();
    await expect(other.getByText(/Nulla è stato comprato adesso/)).toBeVisible(COMES);
    await buyOther.click();
    await expect(other.getByText("200 crediti sono sul tuo account.")).toBeVisible(COMES);
    const orders = await pool.sql`select order_id from orders where customer_id = ${customer.customerId}`;
    expect(orders).toHaveLength(2);
  });

  test("a declined payment says why and what to do, and charges nothing", async ({
    page,
    makeCustomer,
    signIn,
  }) => {
    const customer = await makeCustomer({ balance: 10, card: "sandbox_expired" });
    await signIn(page, customer);
    await page.goto(`${packsOf(customer.serviceName)}?quantity=100&to=IT`);
    await buyButton(page).click();
    await expect(page.getByText(/Il pagamento è stato rifiutato: la carta è scaduta/)).toBeVisible(COMES);
    await expect(page.getByRole("link", { name: "Cambia metodo di pagamento" })).toBeVisible();
    await expectAccessible(page);
    await picture(page, "it-order-declined");
  });

  test("an order goes to paper without what is only for a screen", async ({ page, makeCustomer, signIn }) => {
    const customer = await makeCustomer({ balance: 10 });
    await signIn(page, customer);
    await page.goto(`${packsOf(customer.serviceName)}?quantity=100&to=IT`);
    await buyButton(page).click();
    await expect(page.getByText("100 crediti sono sul tuo account.")).toBeVisible(COMES);
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("navigation").filter({ visible: true })).toHaveCount(0);
    await expect(page.getByRole("button").filter({ visible: true })).toHaveCount(0);
    await expect(page.getByText("Totale, IVA inclusa")).toBeVisible();
    await picture(page, "it-order-print");
  });
});

test.describe("destinations", () => {
  for (const [query, country] of [
    ["germania", "Germania"],
    ["Allemagne", "Germania"],
    ["DE", "Germania"],
    ["+49", "Germania"],
  ] as const) {
    test(`${query} finds ${country} while it is typed`, async ({ page }) => {
      await page.goto("/destinations?list=it");
      await page.getByRole("searchbox").fill(query);
      await expect(page).toHaveURL(new RegExp(`q=${encodeURIComponent(query).replace("%2B", "(%2B|\\+)")}`));
      await expect(rowsOf(page).filter({ visible: true, hasText: country })).toHaveCount(1);
      await expect(rowsOf(page).filter({ visible: true, hasText: "Francia" })).toHaveCount(0);
    });
  }

  test("a pasted number finds its country, and search and order stay in the address", async ({ page }) => {
    await page.goto("/destinations?list=it");
    await page.getByRole("searchbox").fill("0039 333 123 4567");
    await expect(page.getByText("Il numero è di Italia.")).toBeVisible();
    await page.getByRole("searchbox").fill("gua");
    await expect(rowsOf(page).filter({ visible: true })).not.toHaveCount(1);
    await page.getByRole("columnheader", { name: "Crediti per SMS" }).getByRole("link").click();
    await expect(page).toHaveURL(/sort=credits/);
    const shown = await rowsOf(page).filter({ visible: true }).allTextContents();
    await page.goto(page.url());
    expect(await rowsOf(page).filter({ visible: true }).allTextContents()).toEqual(shown);
    await expect(page.getByRole("columnheader", { name: "Crediti per SMS" })).toHaveAttribute(
      "aria-sort",
      "ascending",
    );
    await expectAccessible(page);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Scarica CSV" }).click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  });

  test("two dates show what changed between them", async ({ page }) => {
    await page.goto("/destinations?list=it&date=2026-11-20&against=2026-11-01");
    await expect(page.getByText(/Tra il .* nessuna destinazione cambia|Che cosa cambia dal/)).toBeVisible();
    await expectAccessible(page);
  });

  test("the estimate says why a text is Unicode, and what it costs in credits and money", async ({
    page,
  }) => {
    await page.goto("/destinations?list=it");
    await page.getByText("Quanto costa un messaggio?").click();
    await page.getByLabel("Numeri o paesi").fill("+39 333 1234567, Francia");
    await page.getByLabel("Testo", { exact: true }).fill("L’appuntamento è alle 10");
    await expect(page.getByText(/«’» \(U\+2019\)/).first()).toBeVisible();
    const costs = page.getByRole("table", { name: "Costo per destinazione" });
    await expect(costs.getByRole("row")).toHaveCount(3);
    await expect(costs.getByRole("row", { name: /Italia 1 0,7 0,0294\s€/ })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Sostituisci con i caratteri semplici" }).click();
    await expect(page.getByText("GSM a 7 bit")).toBeVisible();
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("destinations are found, sorted and all there", async ({ page }) => {
    await page.goto("/destinations?list=it");
    await expect(rowsOf(page)).toHaveCount(207);
    await page.getByRole("searchbox").fill("germania");
    await page.getByRole("button", { name: "Mostra" }).click();
    await expect(rowsOf(page).filter({ visible: true })).toHaveCount(1);
    await page.getByRole("columnheader", { name: "Crediti per SMS" }).getByRole("link").click();
    await expect(page).toHaveURL(/q=germania.*sort=credits|sort=credits.*q=germania/);
  });

  test("a pack is priced and bought", async ({ page, makeCustomer, pool, signIn }) => {
    const customer = await makeCustomer({ balance: 10 });
    await signIn(page, customer);
    await page.goto(packsOf(customer.serviceName));
    await page.getByLabel("Crediti", { exact: true }).fill("100");
    await page.getByRole("button", { name: "Calcola" }).click();
    await buyButton(page).click();
    await expect(page).toHaveURL(/\/orders\/\d+/, COMES);
    const orders = await pool.sql`select order_id from orders where customer_id = ${customer.customerId}`;
    expect(orders).toHaveLength(1);
  });
});
