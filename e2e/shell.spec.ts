import type { Page } from "playwright/test";
import { expect, expectAccessible, picture, test, WORDS } from "./fixtures";
import { takenOver } from "./translator";

/** Holds back what the router asks for. */
async function holdPages(page: Page): Promise<() => void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route("**/*", async (route) => {
    const headers = route.request().headers();
    if ("rsc" in headers && !("next-router-prefetch" in headers)) await held;
    await route.continue();
  });
  return letGo;
}

const line = (page: Page) => page.locator("#progress .progress");

for (const reader of [
  { words: WORDS.it, loading: "Caricamento", window: { width: 390, height: 844 }, scheme: "dark" },
  { words: WORDS.en, loading: "Loading", window: { width: 1280, height: 900 }, scheme: "light" },
] as const) {
  const { words } = reader;
  test.describe(`in ${words.locale}`, () => {
    test.use({ locale: words.locale, viewport: reader.window, colorScheme: reader.scheme });

    test("a press on a link is answered within 100 ms, and said when the page takes its time", async ({
      page,
      makeCustomer,
      signIn,
    }) => {
      const customer = await makeCustomer({ balance: 100 });
      await signIn(page, customer);
      const letGo = await holdPages(page);
      // The quickest of a few presses: what else the machine does delays each of them.
      const times: number[] = [];
      for (let press = 0; press < 5 && !times.some((ms) => ms <= 100); press += 1) {
        await page.goto(`/telecom/sms/${customer.serviceName}/options`);
        await takenOver(page);
        await page.evaluate(() => {
          const seen: number[] = [];
          Object.assign(window, { seen });
          window.addEventListener("click", () => seen.push(performance.now()), true);
          new MutationObserver(() => {
            if (document.querySelector(".progress") !== null) seen.push(performance.now());
          }).observe(document.body, { childList: true, subtree: true });
        });
        await page.getByRole("main").getByRole("link", { name: words.rule }).click();
        await expect(line(page)).toBeVisible();
        const [pressed = 0, drawn = Infinity] = await page.evaluate(
          () => Reflect.get(window, "seen") as number[],
        );
        times.push(drawn - pressed);
      }
      expect(Math.min(...times)).toBeLessThanOrEqual(100);
      await expect(page.locator("#progress")).toHaveText(new RegExp(reader.loading));
      await expectAccessible(page);
      await picture(page, `${words.locale}-progress`);
      letGo();
      await expect(page.getByRole("heading", { level: 1, name: words.rule })).toBeVisible();
      await expect(line(page)).toHaveCount(0);
      await expect(page.locator("#progress")).toHaveText("");
    });

    test("a page that fails keeps the frame around it, takes nothing back that was done, and can be asked for again", async ({
      page,
      makeCustomer,
      signIn,
    }) => {
      const customer = await makeCustomer({ balance: 100 });
      await signIn(page, customer);
      // What the page cannot do without.
      await page.addInitScript(() => {
        Object.defineProperty(window, "EventSource", {
          value: undefined,
          configurable: true,
          writable: true,
        });
      });
      await page.goto(`/telecom/sms/${customer.serviceName}/options`);
      const alert = page.getByRole("main").getByRole("alert");
      await expect(alert).toContainText(
        words === WORDS.it ? "può essere già fatto" : "it may be done already",
      );
      await expect(page.getByRole("banner")).toBeVisible();
      await expect(page.getByRole("main")).toHaveCount(1);
      await expect(
        page.locator(`aside a[href="/telecom/sms/${customer.serviceName}"]`).first(),
      ).toBeAttached();
      await expectAccessible(page);
      await picture(page, `${words.locale}-failed-page`);
      await page.evaluate(() => {
        // One that never says anything.
        class Silent extends EventTarget {
          close() {
            return undefined;
          }
        }
        Object.assign(window, { EventSource: Silent });
      });
      await page.getByRole("main").getByRole("button").click();
      await expect(page.getByRole("heading", { level: 1, name: words.options })).toBeVisible();
    });
  });
}

test("a question to a list and a press that sends are answered by the same line", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, customer);
  await page.goto(`/telecom/sms/${customer.serviceName}/history`);
  await takenOver(page);
  const letGo = await holdPages(page);
  await page.getByRole("search").getByRole("combobox").selectOption({ index: 1 });
  await page.getByRole("search").getByRole("button").click();
  await expect(line(page)).toBeVisible();
  letGo();
  await expect(page).toHaveURL(/\?kind=\w+$/);
  await expect(line(page)).toHaveCount(0);

  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/*", async (route) => {
    if ("next-action" in route.request().headers()) await held;
    await route.fallback();
  });
  await page.locator("summary").filter({ hasText: "Lingua" }).click();
  await page.getByRole("button", { name: "English" }).click();
  await expect(line(page)).toBeVisible();
  answer();
  await expect(page.getByRole("heading", { level: 1, name: WORDS.en.history })).toBeVisible();
  await expect(line(page)).toHaveCount(0);
});
