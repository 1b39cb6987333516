import type { Page } from "playwright/test";
import { gatewayInstructions } from "../db/schema/payments";
import { unique } from "../db/testing-rows";
import { type Customer, expect, expectAccessible, picture, test as base } from "./fixtures";

/** A payment is made by a sandbox that takes its time, and credited by a worker. */
const COMES = { timeout: 15_000 };
const packsOf = ({ serviceName }: Customer) => `/telecom/sms/${serviceName}/packs`;
const buyButton = (page: Page, quantity = 100) =>
  page.getByRole("button", { name: new RegExp(`^Acquista ${quantity.toString()} crediti per`) });

const test = base.extend<{
  /** A customer of the test's own with 10 credits, signed in. */
  buyer: Customer;
  /** Opens the page that buys a quantity, and waits for its button. */
  ask: (page: Page, quantity?: number) => Promise<void>;
  ordersOf: (customer: Customer) => Promise<string[]>;
}>({
  buyer: async ({ page, makeCustomer, signIn }, use) => {
    const customer = await makeCustomer({ balance: 10 });
    await signIn(page, customer);
    await use(customer);
  },
  ask: async ({ buyer }, use) => {
    await use(async (page, quantity = 100) => {
      await page.goto(`${packsOf(buyer)}?quantity=${quantity.toString()}&to=IT`);
      await expect(buyButton(page, quantity)).toBeVisible();
    });
  },
  ordersOf: async ({ pool }, use) => {
    await use(async ({ customerId }) => {
      const orders = await pool.sql`select order_id from orders where customer_id = ${customerId}`;
      return orders.map((order) => String(order["order_id"]));
    });
  },
});

test.describe("buying", () => {
  test("a double click, a reload, the way back and a second window buy once", async ({
    page,
    context,
    buyer,
    ask,
    ordersOf,
  }) => {
    await ask(page);
    const other = await context.newPage();
    await ask(other);
    await expectAccessible(page);

    await expect(buyButton(page)).toHaveText(/per 5,12\s€$/);
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

    expect(await ordersOf(buyer)).toHaveLength(1);
    await page.goto(`/telecom/sms/${buyer.serviceName}`);
    await expect(page.getByRole("main").getByText("110", { exact: true }).first()).toBeVisible();
  });

  test("a second window that asks for another quantity is told first, and buys when asked again", async ({
    page,
    context,
    buyer,
    ask,
    ordersOf,
  }) => {
    await ask(page);
    const other = await context.newPage();
    await ask(other, 200);
    await buyButton(page).click();
    await expect(page.getByText("100 crediti sono sul tuo account.")).toBeVisible(COMES);
    await expect(other.getByText("Saldo attuale: 110 crediti")).toBeVisible(COMES);
    await buyButton(other, 200).click();
    await expect(other.getByText(/Nulla è stato comprato adesso/)).toBeVisible(COMES);
    await buyButton(other, 200).click();
    await expect(other.getByText("200 crediti sono sul tuo account.")).toBeVisible(COMES);
    expect(await ordersOf(buyer)).toHaveLength(2);
  });

  test("a total that is no longer the price buys nothing, and the new one is asked for", async ({
    page,
    buyer,
    ask,
    ordersOf,
  }) => {
    await ask(page);
    // As if the page had been drawn before the operator changed the price.
    await page
      .locator("input[name=agreedTotal]")
      .evaluate((field: HTMLInputElement) => (field.value = "511"));
    await buyButton(page).click();
    await expect(page.getByRole("alert").filter({ hasText: "Il prezzo è cambiato" })).toBeVisible(COMES);
    await expectAccessible(page);
    expect(await ordersOf(buyer)).toHaveLength(0);
    await expect(page.locator("input[name=agreedTotal]")).toHaveValue("512");
    await buyButton(page).click();
    await expect(page.getByText("100 crediti sono sul tuo account.")).toBeVisible(COMES);
    expect(await ordersOf(buyer)).toHaveLength(1);
  });

  test("a payment under way says so, and the page finds out how it ended even where no news reach it", async ({
    page,
    pool,
    makeCustomer,
    signIn,
  }) => {
    // A card of the test's own, whose payment takes long enough to look at it.
    const card = `sandbox_visa:${unique()}`;
    await pool.db.insert(gatewayInstructions).values({ token: card, behaviour: "delay:8000" });
    const customer = await makeCustomer({ balance: 10, card });
    await page.route(/\/live(\?|$)/, (route) => route.abort());
    await signIn(page, customer);
    await page.goto(`${packsOf(customer)}?quantity=100&to=IT`);
    await buyButton(page).click();
    await expect(page.getByText("Il pagamento è in corso. Questa pagina si aggiorna da sola.")).toBeVisible(
      COMES,
    );
    await expect(page.getByRole("progressbar")).toBeVisible();
    await page.goto(`${packsOf(customer)}?quantity=100&to=IT`);
    await expect(page.getByText(/Il pagamento dell’ordine \d+ è in corso: 100 crediti\./)).toBeVisible();
    await page.getByRole("link", { name: "Vedi l’ordine" }).click();
    await expect(page.getByText("100 crediti sono sul tuo account.")).toBeVisible({ timeout: 25_000 });
  });

  test("the page of a payment under way is in nobody's way", async ({ page, pool, makeCustomer, signIn }) => {
    const card = `sandbox_visa:${unique()}`;
    await pool.db.insert(gatewayInstructions).values({ token: card, behaviour: "delay:8000" });
    const customer = await makeCustomer({ balance: 10, card });
    await signIn(page, customer);
    await page.goto(`${packsOf(customer)}?quantity=100&to=IT`);
    await buyButton(page).click();
    await expect(page.getByRole("progressbar")).toBeVisible(COMES);
    await expectAccessible(page);
  });

  test("a declined payment says why and what to do, and charges nothing", async ({
    page,
    makeCustomer,
    signIn,
  }) => {
    const customer = await makeCustomer({ balance: 10, card: "sandbox_expired" });
    await signIn(page, customer);
    await page.goto(`${packsOf(customer)}?quantity=100&to=IT`);
    await buyButton(page).click();
    await expect(page.getByText(/Il pagamento è stato rifiutato: la carta è scaduta/)).toBeVisible(COMES);
    await expect(page.getByRole("link", { name: "Cambia metodo di pagamento" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Poi acquista di nuovo" })).toBeVisible();
    await expectAccessible(page);
    await picture(page, "it-order-declined");
    await page.goto(`${packsOf(customer)}/orders`);
    await expect(page.getByRole("row", { name: /Acquisto 100 5,12\s€ pagamento rifiutato/ })).toBeVisible();
    await page.goto(`/telecom/sms/${customer.serviceName}`);
    await expect(page.getByRole("main").getByText("10", { exact: true }).first()).toBeVisible();
  });

  test("an order stands in the list, newest first, and goes to one sheet of paper without what is only for a screen", async ({
    page,
    buyer,
    ask,
  }) => {
    for (const quantity of [100, 200]) {
      await ask(page, quantity);
      await buyButton(page, quantity).click();
      await expect(page.getByText(`${quantity.toString()} crediti sono sul tuo account.`)).toBeVisible(COMES);
    }
    await page.goto(`${packsOf(buyer)}/orders`);
    const rows = page.getByRole("table", { name: "I tuoi ordini" }).getByRole("row");
    await expect(rows).toHaveText([
      /Ordine/,
      /Acquisto.*200.*10,15\s€.*pagato e accreditato/,
      /Acquisto.*100.*5,12\s€.*pagato e accreditato/,
    ]);
    await expectAccessible(page);
    await rows.last().getByRole("link").click();
    await expect(page.getByText("100 crediti sono sul tuo account.")).toBeVisible();

    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("navigation")).toHaveCount(0);
    await expect(page.getByRole("button")).toHaveCount(0);
    await expect(page.getByRole("main").getByText("Ricarica", { exact: true })).toBeVisible();
    await expect(page.getByRole("heading")).toHaveText([/^Ordine \d+$/]);
    await expect(page.getByRole("row", { name: /^Totale, IVA inclusa 5,12\s€$/ })).toBeVisible();
    await picture(page, "it-order-print");
    const sheet = await page.pdf({ format: "A4" });
    expect(sheet.toString("latin1").match(/\/Type ?\/Page\b/g)).toHaveLength(1);
  });

  test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });

    test("a pack is priced and bought", async ({ page, buyer, ordersOf }) => {
      await page.goto(packsOf(buyer));
      await page.getByLabel("Crediti", { exact: true }).fill("100");
      await page.getByRole("button", { name: "Calcola" }).click();
      await buyButton(page).click();
      await expect(page).toHaveURL(/\/orders\/\d+/, COMES);
      expect(await ordersOf(buyer)).toHaveLength(1);
    });
  });
});
