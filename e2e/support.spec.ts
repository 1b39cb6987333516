import type { Page } from "playwright/test";
import { expect, expectAccessible, test, type Customer } from "./fixtures";

const accountOf = ({ serviceName }: Customer, part = "") => `/support/accounts/${serviceName}${part}`;

const TEXTS = {
  it: {
    locale: "it-IT",
    search: "Cerca",
    readOnly: "Sola lettura",
    modify: "Modifica",
    history: "Storico",
    zero: "A zero",
    checked: /Ultima verifica|non è ancora stato verificato/,
    amount: "Crediti",
    reason: "Motivo",
    record: "Registra la correzione",
    asked: /attende l’approvazione/,
    mend: "Controlla i campi segnati sotto.",
    approve: "Approva",
    takeBack: "Ritira",
    sessions: "Sessioni attive del cliente",
    looks: "Consultazioni dello staff",
  },
  en: {
    locale: "en-GB",
    search: "Search",
    readOnly: "To look at only",
    modify: "Modify",
    history: "History",
    zero: "At zero",
    checked: /Checked|has not been checked yet/,
    amount: "Credits",
    reason: "Reason",
    record: "Record the correction",
    asked: /waits for the approval/,
    mend: "Check the fields marked below.",
    approve: "Approve",
    takeBack: "Take back",
    sessions: "The customer’s active sessions",
    looks: "Looks by staff",
  },
} as const;

/** Moves on by Tab until the focus is where it is wanted. */
async function tabTo(page: Page, wanted: ReturnType<Page["getByRole"]>) {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("the keyboard does not reach it");
}

for (const words of Object.values(TEXTS)) {
  test.describe(words.locale, () => {
    test.use({ locale: words.locale });

    test("by keyboard alone: from a few letters to the account, and the customer sees that staff looked", async ({
      page,
      browser,
      pool,
      makeCustomer,
      makeSupport,
      signIn,
      signInByPage,
    }) => {
      test.slow();
      const customer = await makeCustomer({ balance: 123 });
      // So that the customer and the account answer to the same letters, the customer first.
      await pool.sql`update sms_accounts set name = ${`${customer.customerId} ordini`}
        where customer_id = ${customer.customerId}`;
      await signInByPage(page, await makeSupport());
      await expectAccessible(page);
      const field = page.getByRole("combobox", { name: words.search });
      await tabTo(page, field);
      const first = page.getByRole("listbox").getByRole("option").first();
      // What is typed before the script runs is followed by nothing: then it is typed again.
      await expect(async () => {
        await field.fill("");
        await page.keyboard.type(customer.customerId);
        await expect(first).toContainText(customer.customerId, { timeout: 3000 });
      }).toPass({ timeout: 20_000 });
      await expect(first).toHaveAttribute("aria-selected", "true");
      await expectAccessible(page);
      await page.keyboard.press("ArrowDown");
      await expect(page.getByRole("listbox").getByRole("option", { selected: true })).toContainText(
        customer.serviceName,
      );
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(new RegExp(accountOf(customer)));
      await expect(page.getByText(words.readOnly, { exact: true })).toBeVisible();
      await expect(page.getByText("123", { exact: true }).first()).toBeVisible();
      await expect(page.getByText(words.checked)).toBeVisible();
      await expect(page.getByRole("button", { name: words.modify })).toHaveCount(0);
      await expectAccessible(page);

      await page.goto(accountOf(customer, "/dossier?ticket=T-77"));
      await expect(page.getByRole("heading", { name: words.sessions })).toBeVisible();
      await expectAccessible(page);
      const looks = await pool.sql<{ what: string; ticket: string | null }[]>`
        select what, ticket from access_log where customer_id = ${customer.customerId} order by access_id`;
      expect([...looks]).toContainEqual({ what: "overview", ticket: null });
      expect([...looks]).toContainEqual({ what: "dossier", ticket: "T-77" });

      const own = await (await browser.newContext({ locale: words.locale })).newPage();
      await signIn(own, customer);
      await own.goto("/account");
      await expect(own.getByRole("region", { name: words.looks })).toContainText("T-77");
      await expectAccessible(own);
      await own.goto(`/telecom/sms/${customer.serviceName}`);
      await expect(own.getByText(words.checked)).toBeVisible();
    });

    test("four eyes, by keyboard: who asks cannot approve, somebody else can, and the customer reads why", async ({
      page,
      browser,
      makeCustomer,
      makeStaff,
      signIn,
    }) => {
      test.slow();
      const customer = await makeCustomer({ balance: 100 });
      await signIn(page, await makeStaff("billing"));
      await page.goto(accountOf(customer, "/corrections"));
      await tabTo(page, page.getByRole("button", { name: words.record }));
      await page.keyboard.press("Enter");
      await expect(page.getByRole("alert").filter({ hasText: words.mend })).toBeVisible();
      await expectAccessible(page);
      const amount = page.getByLabel(words.amount, { exact: true });
      await amount.focus();
      await page.keyboard.type("50000");
      await page.getByLabel(words.reason).focus();
      await page.keyboard.type("Rimborso di un invio doppio");
      await tabTo(page, page.getByRole("button", { name: words.record }));
      await page.keyboard.press("Enter");
      await expect(page.getByRole("status").filter({ hasText: words.asked })).toBeVisible();
      await expect(page.getByRole("button", { name: words.takeBack })).toBeVisible();
      await expect(page.getByRole("button", { name: words.approve })).toHaveCount(0);

      const other = await (await browser.newContext({ locale: words.locale })).newPage();
      await signIn(other, await makeStaff("billing"));
      await other.goto(accountOf(customer, "/corrections"));
      await expectAccessible(other);
      await tabTo(other, other.getByRole("button", { name: words.approve }));
      await other.keyboard.press("Enter");
      await expect(other.getByRole("button", { name: words.approve })).toHaveCount(0);
      await other.goto(accountOf(customer));
      await expect(other.getByText(/^50[.,\s\u202f]?100$/).first()).toBeVisible();

      const own = await (await browser.newContext({ locale: words.locale })).newPage();
      await signIn(own, customer);
      await own.goto(`/telecom/sms/${customer.serviceName}/history`);
      await expect(own.getByText("Rimborso di un invio doppio")).toBeVisible();
    });

    test("the list is filtered and sorted by its address, and comes as a file", async ({
      page,
      makeCustomer,
      makeSupport,
      signInByPage,
    }) => {
      const empty = await makeCustomer();
      await signInByPage(page, await makeSupport());
      await tabTo(page, page.getByRole("link", { name: words.zero, exact: true }));
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(/filter=zero/);
      const sort = page.getByRole("combobox").last();
      // As above: a choice before the script runs changes no address.
      await expect(async () => {
        await sort.selectOption("balance");
        await sort.selectOption("last_desc");
        await expect(page).toHaveURL(/sort=last_desc/, { timeout: 3000 });
      }).toPass({ timeout: 20_000 });
      await expect(page).toHaveURL(/filter=zero/);
      await expect(page.getByRole("table")).toContainText(/sms-/);
      await expectAccessible(page);
      const file = await page.request.get("/support/export?filter=zero");
      expect(file.headers()["content-type"]).toContain("text/csv");
      expect(await file.text()).toContain(empty.serviceName);
    });
  });
}

test("each page of staff is there for whom it is, and for nobody else", async ({
  browser,
  makeCustomer,
  makeStaff,
  signIn,
}) => {
  test.slow();
  const customer = await makeCustomer({ balance: 10 });
  const everyStaff = [
    "/support",
    "/support?q=a",
    `/support/customers/${customer.customerId}`,
    ...["", "/history", "/dossier", "/corrections", "/why"].map((part) => accountOf(customer, part)),
    "/support/corrections",
    "/support/search?q=a",
    "/support/export",
  ];
  const leadOnly = ["/support/audit", "/support/audit/export"];
  const people = {
    customer,
    support: await makeStaff("support"),
    billing: await makeStaff("billing"),
    lead: await makeStaff("lead"),
  };
  for (const [role, person] of Object.entries(people)) {
    const page = await (await browser.newContext()).newPage();
    await signIn(page, person);
    for (const path of [...everyStaff, ...leadOnly]) {
      const isTheirs = role !== "customer" && (role === "lead" || !leadOnly.includes(path));
      expect((await page.request.get(path)).status(), `${role} ${path}`).toBe(isTheirs ? 200 : 404);
    }
    if (role !== "customer") {
      await page.goto(accountOf(customer, "/corrections"));
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("#correction-amount")).toHaveCount(role === "billing" ? 1 : 0);
    }
    if (role === "lead") {
      await page.goto("/support/audit");
      await page.getByLabel("Codice cliente").fill(customer.customerId);
      await page.getByRole("button", { name: "Mostra" }).click();
      // The list before it may name the customer too, so that its row does not say that the next page is there.
      await expect(page).toHaveURL(new RegExp(`customer=${customer.customerId}`));
      await expect(page.getByRole("table")).toContainText(customer.serviceName);
      await expectAccessible(page);
    }
  }
  const stranger = await (await browser.newContext()).newPage();
  for (const path of [...everyStaff, ...leadOnly]) {
    const answer = await stranger.request.get(path, { maxRedirects: 0 });
    expect([307, 401], path).toContain(answer.status());
  }
});
