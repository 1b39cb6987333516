import { once } from "node:events";
import type { Page } from "playwright/test";
import { type Customer, expect, test, WORDS } from "./fixtures";
import { takenOver } from "./translator";

const words = WORDS.it;
const optionsPath = ({ serviceName }: Customer) => `/telecom/sms/${serviceName}/options`;
const rulePath = (customer: Customer) => `${optionsPath(customer)}/automatic-recharge`;
const savedNotice = (page: Page) => page.getByRole("status").filter({ hasText: words.saved });

/** Asks for a rule, whose save is on its way until it is let go. */
async function askSlowly(page: Page, customer: Customer, threshold: string): Promise<() => void> {
  const hold = new AbortController();
  const held = once(hold.signal, "abort");
  await page.route("**/automatic-recharge*", async (route) => {
    if ("next-action" in route.request().headers()) await held;
    await route.continue();
  });
  await page.goto(optionsPath(customer));
  await page.goto(rulePath(customer));
  await page.getByRole("button", { name: words.modify }).click();
  await page.getByLabel(words.threshold).fill(threshold);
  await page.getByLabel(words.quantity).selectOption("100");
  await Promise.all([
    page.waitForRequest((asked) => "next-action" in asked.headers()),
    page.getByRole("button", { name: words.confirm }).click(),
  ]);
  return () => {
    hold.abort();
  };
}

test("going back during a slow save closes the dialog only, and the rule's page says that it is saved", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  const letGo = await askSlowly(page, customer, "10");
  await page.goBack();
  await expect(page.getByRole("dialog")).toBeHidden();
  letGo();
  await expect(savedNotice(page)).toBeVisible();
  await expect(page).toHaveURL(rulePath(customer));
});

test("a page opened during a slow save keeps its own address", async ({ page, makeCustomer, signIn }) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  const letGo = await askSlowly(page, customer, "10");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.getByRole("link", { name: words.history }).click();
  await expect(page.getByRole("heading", { name: words.history })).toBeVisible();
  const history = page.url();
  // The page asks for itself again once it has the answer to the save.
  const asked = page.waitForRequest((request) => "rsc" in request.headers());
  letGo();
  await (await asked).response();
  await expect(page).toHaveURL(history);
  await page.reload();
  await expect(page.getByRole("heading", { name: words.history })).toBeVisible();
});

test("the word that a rule is saved goes when another window changes the rule", async ({
  page,
  context,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  const other = await context.newPage();
  for (const [window, threshold] of [
    [page, "40"],
    [other, "30"],
  ] as const) {
    await window.goto(`${rulePath(customer)}?modify=1`);
    await window.getByLabel(words.threshold).fill(threshold);
    await window.getByLabel(words.quantity).selectOption("100");
    await window.getByRole("button", { name: words.confirm }).click();
    await expect(savedNotice(window)).toBeVisible();
  }
  await expect(page.getByText(/Quando il saldo arriva a 30 crediti/)).toBeVisible();
  await expect(savedNotice(page)).toHaveCount(0);
  await expect(savedNotice(other)).toBeVisible();
});

test("a save of one's own is never taken for somebody else's", async ({ page, makeCustomer, signIn }) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(rulePath(customer));
  await takenOver(page);
  // Also what stands on the page for no longer than a moment is read out.
  await page.evaluate(() => {
    const alarms: string[] = [];
    Object.assign(window, { alarms });
    new MutationObserver(() => {
      const text = document.querySelector("dialog")?.textContent ?? "";
      if (/nel frattempo/.test(text)) alarms.push(text);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  for (const threshold of ["10", "20", "30"]) {
    await page.getByRole("button", { name: words.modify }).click();
    await page.getByLabel(words.threshold).fill(threshold);
    await page.getByLabel(words.quantity).selectOption("100");
    await page.getByRole("button", { name: words.confirm }).click();
    await expect(savedNotice(page)).toContainText(threshold);
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  expect(await page.evaluate(() => Reflect.get(window, "alarms") as string[])).toEqual([]);
});
