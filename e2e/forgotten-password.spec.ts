import { expect, expectAccessible, test } from "./fixtures";

const WORDS_OF = {
  "it-IT": {
    forgotten: "Password dimenticata?",
    email: "Indirizzo e-mail",
    send: "Invia il link",
    sent: /è in arrivo un messaggio con un link/,
    outbox: "Posta della demo",
    subject: "Scegli una nuova password",
    html: "Come HTML",
    password: "Nuova password",
    show: "Mostra la password",
    save: "Salva la password",
    short: /almeno 12 caratteri\.$/,
    changed: /La password è cambiata/,
    used: /Questo link non vale più/,
    told: "La tua password è cambiata",
  },
  "en-GB": {
    forgotten: "Forgotten password?",
    email: "Mail address",
    send: "Send the link",
    sent: /a mail with a link is on its way/,
    outbox: "Mail of the demo",
    subject: "Choose a new password",
    html: "As HTML",
    password: "New password",
    show: "Show the password",
    save: "Save the password",
    short: /at least 12 characters\.$/,
    changed: /The password has changed/,
    used: /This link is not valid any more/,
    told: "Your password has changed",
  },
} as const;

for (const [locale, words] of Object.entries(WORDS_OF)) {
  test(`whoever forgot the password chooses a new one by the link of a mail, once (${locale})`, async ({
    browser,
    makeCustomer,
  }) => {
    const { email } = await makeCustomer({ balance: 10 });
    const page = await (await browser.newContext({ locale })).newPage();
    await page.goto("/sign-in");
    await page.getByRole("link", { name: words.forgotten }).click();
    await page.locator("#email").fill(email);
    await expectAccessible(page);
    await page.getByRole("button", { name: words.send }).click();
    await expect(page.getByRole("status")).toHaveText(words.sent);

    await page.getByRole("link", { name: words.outbox }).click();
    const letter = page.getByRole("region", { name: words.subject }).filter({ hasText: email });
    await letter.getByText(words.html).click();
    const shown = letter.frameLocator("iframe");
    await expect(shown.getByRole("link", { name: words.subject })).toBeVisible();
    await expectAccessible(page);
    const link = letter.getByRole("link", { name: /\/new-password\?token=/ });
    const address = (await link.getAttribute("href")) ?? "";
    await link.click();

    await page.locator("#password").fill("too short");
    await page.getByRole("button", { name: words.save }).click();
    await expect(page.locator("#password-error")).toHaveText(words.short);
    await page.locator("#password").fill("four random words here");
    await page.getByRole("button", { name: words.show }).click();
    await expect(page.locator("#password")).toHaveAttribute("type", "text");
    await expectAccessible(page);
    await page.getByRole("button", { name: words.save }).click();
    await expect(page).toHaveURL(/\/sign-in\?changed=password$/);
    await expect(page.getByText(words.changed)).toBeVisible();
    await page.locator("#email").fill(email);
    await page.locator("#password").fill("four random words here");
    await page.locator("#password").press("Enter");
    await page.waitForURL(/\/telecom$/);

    await page.goto(address);
    await page.locator("#password").fill("five random words are here");
    await page.getByRole("button", { name: words.save }).click();
    await expect(page.getByRole("alert").filter({ hasText: words.used })).toBeVisible();
    await page.goto("/outbox");
    await expect(page.getByRole("region", { name: words.told }).filter({ hasText: email })).toBeVisible();
    await page.context().close();
  });
}
