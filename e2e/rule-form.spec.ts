import { expect, expectAccessible, test, WORDS } from "./fixtures";

const rulePath = (serviceName: string) => `/telecom/sms/${serviceName}/options/automatic-recharge`;

const PROBLEMS = {
  "it-IT": { modify: "Modifica", confirm: "Conferma", negative: /negativo/i, decimals: /tre decimali/i },
  "fr-FR": { modify: "Modifier", confirm: "Valider", negative: /négatif/i, decimals: /trois décimales/i },
  "en-GB": { modify: "Modify", confirm: "Confirm", negative: /negative/i, decimals: /three decimals/i },
} as const;

for (const [locale, words] of Object.entries(PROBLEMS)) {
  test.describe(locale, () => {
    test.use({ locale });

    test("says at the field what is wrong with a threshold, and keeps what was typed", async ({
      page,
      makeCustomer,
      signIn,
    }) => {
      const customer = await makeCustomer({ balance: 100 });
      await signIn(page, customer);
      await page.goto(rulePath(customer.serviceName));
      await page.getByRole("button", { name: words.modify }).click();
      const dialog = page.getByRole("dialog");
      const threshold = dialog.getByRole("textbox");
      await dialog.getByRole("combobox").selectOption("100");
      const bad = ["-1", "abc", "1e9", locale === "en-GB" ? "0.0001" : "0,0001", "", "1000000"];
      for (const text of bad) {
        await threshold.fill(text);
        await dialog.getByRole("button", { name: words.confirm }).click();
        await expect(threshold).toHaveAttribute("aria-invalid", "true");
        await expect(threshold).toHaveAccessibleDescription(/\S+ \S+/);
        await expect(threshold).toHaveValue(text);
        await expect(threshold).toBeFocused();
        if (text === "-1") await expect(dialog.getByText(words.negative)).toBeVisible();
        if (text.endsWith("0001"))
          await expect(dialog.locator("#rule-threshold-error")).toHaveText(words.decimals);
      }
      await expectAccessible(page);
    });
  });
}

test("the rule is changed by keyboard alone, and the focus comes back to where it was", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(rulePath(customer.serviceName));
  const modify = page.getByRole("button", { name: WORDS.it.modify });
  await modify.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.getByLabel(WORDS.it.threshold).focus();
  await page.keyboard.type("20");
  await page.keyboard.press("Tab");
  await page.keyboard.type("250");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: WORDS.it.cancel })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: WORDS.it.saved })).toBeVisible();
  await expect(modify).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(modify).toBeFocused();
});

test("the back button closes the dialog, and a link opens it", async ({ page, makeCustomer, signIn }) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(rulePath(customer.serviceName));
  await page.getByRole("button", { name: WORDS.it.modify }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.goto(`${rulePath(customer.serviceName)}?modify=1`);
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("what Confirm buys at once is said before, several quantities where one is not enough", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 50 });
  await signIn(page, customer);
  await page.goto(rulePath(customer.serviceName));
  await page.getByRole("button", { name: WORDS.it.modify }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(WORDS.it.quantity).selectOption("250");
  await dialog.getByLabel(WORDS.it.threshold).fill("49,999");
  await expect(dialog.getByText(/per ora non viene acquistato nulla/)).toBeVisible();
  await dialog.getByLabel(WORDS.it.threshold).fill("50");
  await expect(dialog.getByText(/acquistati subito 250 crediti per 10,34\s€ \+ IVA/)).toBeVisible();
  await dialog.getByLabel(WORDS.it.threshold).fill("600");
  await expect(dialog.getByText(/acquistati subito 750 crediti \(3 × 250\)/)).toBeVisible();
  await dialog.getByRole("button", { name: WORDS.it.confirm }).click();
  await expect(page.getByText(/Ricarica arrivata: 750 crediti/).last()).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Accreditata" })).toHaveCount(1);
});

test("a lost network is said, nothing is lost, and pressing again saves", async ({
  page,
  context,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(rulePath(customer.serviceName));
  await page.getByRole("button", { name: WORDS.it.modify }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(WORDS.it.threshold).fill("12,5");
  await dialog.getByLabel(WORDS.it.quantity).selectOption("500");
  await context.setOffline(true);
  await dialog.getByRole("button", { name: WORDS.it.confirm }).click();
  await expect(dialog.getByRole("alert")).toContainText("raggiungere il server");
  await expect(dialog.getByLabel(WORDS.it.threshold)).toHaveValue("12,5");
  await expectAccessible(page);
  await context.setOffline(false);
  await dialog.getByRole("button", { name: WORDS.it.confirm }).click();
  await expect(page.getByRole("status").filter({ hasText: WORDS.it.saved })).toBeVisible();
});

test("pressing twice in one moment saves once, and going back afterwards opens nothing", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(rulePath(customer.serviceName));
  await page.getByRole("button", { name: WORDS.it.modify }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(WORDS.it.threshold).fill("10");
  await dialog.getByLabel(WORDS.it.quantity).selectOption("100");
  let saves = 0;
  page.on("request", (asked) => {
    if ("next-action" in asked.headers()) saves += 1;
  });
  await dialog.getByRole("button", { name: WORDS.it.confirm }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await expect(page.getByRole("status").filter({ hasText: WORDS.it.saved })).toBeVisible();
  expect(saves).toBe(1);
  await page.goBack();
  await expect(dialog).toBeHidden();
});

test("a window that has not heard of a change does not write over it, and says so", async ({
  page,
  context,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  const deaf = await context.newPage();
  await deaf.route("**/live", (route) => route.abort());
  for (const [window, threshold] of [
    [deaf, "30"],
    [page, "40"],
  ] as const) {
    await window.goto(`${rulePath(customer.serviceName)}?modify=1`);
    await window.getByLabel(WORDS.it.threshold).fill(threshold);
    await window.getByLabel(WORDS.it.quantity).selectOption("100");
  }
  await page.getByRole("button", { name: WORDS.it.confirm }).click();
  await expect(page.getByRole("status").filter({ hasText: WORDS.it.saved })).toBeVisible();

  const confirm = deaf.getByRole("button", { name: WORDS.it.confirm });
  await confirm.click();
  await expect(deaf.getByRole("alert").filter({ hasText: /Non è stato salvato nulla/ })).toBeVisible();
  await expect(deaf.getByText(/modificata nel frattempo in un’altra finestra/)).toBeVisible();
  await expect(deaf.getByLabel(WORDS.it.threshold)).toHaveValue("30");
  await expectAccessible(deaf);
  await confirm.click();
  await expect(deaf.getByRole("status").filter({ hasText: WORDS.it.saved })).toBeVisible();
  await expect(page.getByText(/Quando il saldo arriva a 30 crediti/)).toBeVisible();
});

test("a rule is turned off", async ({ page, makeCustomer, signIn }) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(rulePath(customer.serviceName));
  for (const quantity of ["100", "off"]) {
    await page.getByRole("button", { name: WORDS.it.modify }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(WORDS.it.threshold).fill("10");
    await dialog.getByLabel(WORDS.it.quantity).selectOption(quantity);
    await dialog.getByRole("button", { name: WORDS.it.confirm }).click();
    await expect(page.getByRole("status").filter({ hasText: WORDS.it.saved })).toBeVisible();
  }
  await expect(page.getByText(/La ricarica automatica è disattivata/)).toBeVisible();
  await expectAccessible(page);
});
