import type { Page } from "playwright/test";
import { anSmsAccount } from "../db/testing-rows";
import { expect, test, WORDS } from "./fixtures";
import { addressesOf } from "./pages";

/* What is typed into a form is nobody's but the reader's: an address is kept in histories and logs. */

/** What a question to a page may carry in its address. */
const QUESTIONS = (
  "kind from to person customer ticket at q quantity list account pack date against country filter sort dir " +
  "order entry decision before after"
).split(" ");
const SECRET = "segreto-333";

/** Fills the n-th form of a page and sends it as a reader would, by its first button, or by Enter where that is shut. */
async function sendForm(page: Page, index: number): Promise<void> {
  const form = page.locator("form").nth(index);
  for (const field of await form.locator("input:visible, textarea:visible").all()) {
    if (["checkbox", "radio"].includes((await field.getAttribute("type")) ?? "")) continue;
    await field.fill(SECRET, { timeout: 2000 }).catch(() => undefined);
  }
  const button = form.locator("button[type=submit]:visible").first();
  if ((await button.count()) > 0 && (await button.isEnabled())) await button.click();
  else
    await form
      .locator("input:visible")
      .first()
      .press("Enter", { timeout: 2000 })
      .catch(() => undefined);
  await page.waitForLoadState();
}

/** Keeps the scripts of the next page away until they are let go. */
async function holdScripts(page: Page): Promise<() => void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route("**/_next/static/**/*.js", async (route) => {
    await held;
    await route.continue();
  });
  return () => {
    letGo();
  };
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("no form of any page writes what was typed into the address, but a question to a list, and no button waits open for a script", async ({
    page,
    pool,
    makeCustomer,
    makeStaff,
    signIn,
  }) => {
    test.slow();
    const customer = await makeCustomer({ balance: 100 });
    await anSmsAccount(pool.db, { customerId: customer.customerId });
    let sent = 0;
    for (const [person, pages] of [
      [
        customer,
        [...addressesOf("(panel)", "page.tsx", customer), ...addressesOf("(public)", "page.tsx", customer)],
      ],
      [await makeStaff("billing"), addressesOf("(support)", "page.tsx", customer)],
    ] as const) {
      await page.context().clearCookies();
      await signIn(page, person);
      for (const address of pages) {
        if (address === "/auth-validate") continue;
        await page.goto(address);
        expect(await page.locator("button:not([type=submit]):enabled").allTextContents(), address).toEqual(
          [],
        );
        const forms = await page.locator("form").evaluateAll((all) =>
          all.map((form) => ({
            method: form.getAttribute("method")?.toLowerCase() ?? "get",
            fields: [...(form as HTMLFormElement).elements].flatMap(
              (field) => field.getAttribute("name") ?? [],
            ),
            isTyped: form.querySelector("input:not([type=hidden]):not([type=radio]), textarea") !== null,
          })),
        );
        for (const [index, { method, fields, isTyped }] of forms.entries()) {
          if (method === "get") {
            const told = `${address}: ${fields.join()}`;
            expect(
              fields.filter((name) => !QUESTIONS.includes(name)),
              told,
            ).toEqual([]);
            continue;
          }
          if (!isTyped) continue;
          await page.goto(address);
          await sendForm(page, index);
          expect(page.url(), address).not.toContain(SECRET);
          sent += 1;
        }
      }
    }
    // Send, transfer, the console and a correction, at the least.
    expect(sent).toBeGreaterThanOrEqual(4);
  });
});

test("what is typed and pressed before the scripts are there stays, and is sent by the next press alone", async ({
  page,
  pool,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  const path = `/telecom/sms/${customer.serviceName}/send`;
  const letGo = await holdScripts(page);
  await page.goto(path, { waitUntil: "commit" });
  await page.getByLabel(WORDS.it.recipients).fill("+39 333 123 4567");
  await page.getByLabel(WORDS.it.text).fill("Ciao");
  const send = page.getByRole("main").getByRole("button", { name: WORDS.it.send });
  await expect(send).toBeDisabled();
  await send.click({ force: true });
  expect(new URL(page.url()).search).toBe("");
  letGo();
  await expect(send).toBeEnabled({ timeout: 30_000 });
  await expect(page.getByLabel(WORDS.it.recipients)).toHaveValue("+39 333 123 4567");
  await expect(page.getByLabel(WORDS.it.text)).toHaveValue("Ciao");
  await expect(page.getByText(/restano 99,3/)).toBeVisible();
  await send.click();
  await expect(page.getByText(WORDS.it.sentTo)).toBeVisible();
  expect(await pool.sql`select 1 from messages where customer_id = ${customer.customerId}`).toHaveLength(1);
});

test("a button that opens a dialog is shut until the scripts are there, and then opens it by the first press", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  const letGo = await holdScripts(page);
  await page.goto(`/telecom/sms/${customer.serviceName}/options/automatic-recharge`, { waitUntil: "commit" });
  const modify = page.getByRole("button", { name: WORDS.it.modify });
  await expect(modify).toBeDisabled();
  letGo();
  await modify.click();
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("what is chosen in a list that follows its filter is followed, if it was before the scripts were there", async ({
  page,
  makeSupport,
  signIn,
}) => {
  await signIn(page, await makeSupport());
  const letGo = await holdScripts(page);
  await page.goto("/support", { waitUntil: "commit" });
  const sort = page.getByRole("main").getByRole("combobox").last();
  await sort.selectOption("last_desc");
  letGo();
  await expect(page).toHaveURL(/sort=last_desc/);
  await expect(sort).toHaveValue("last_desc");
});
