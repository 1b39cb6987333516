import type { Page } from "playwright/test";
import { expect, test, WORDS, type Customer } from "./fixtures";

// Who may open which page and call which action at all is in every-route.spec.ts.

test("a stranger who signs in comes to the page that he asked for", async ({
  page,
  makeCustomer,
  signInByPage,
}) => {
  const customer = await makeCustomer();
  const history = `/telecom/sms/${customer.serviceName}/history`;
  await page.goto(history);
  expect(new URL(page.url()).pathname).toBe("/sign-in");
  const asked = page.url();
  await signInByPage(page, customer);
  // Signed in already, the same address of the sign-in page leads on at once.
  await page.goto(asked);
  await expect(page).toHaveURL(history);
  await expect(page.getByRole("heading", { name: WORDS.it.history })).toBeVisible();
});

test("support reads balances of any account", async ({ page, makeCustomer, makeSupport, signInByPage }) => {
  const customer = await makeCustomer({ balance: 123 });
  await signInByPage(page, await makeSupport());
  await expect(page).toHaveURL(/\/support$/);
  await page.goto(`/support/customers/${customer.customerId}`);
  await expect(page.getByRole("row").filter({ hasText: customer.serviceName })).toContainText("123");
  await expect(page.getByRole("row")).toHaveCount(2);
});

/** What the browser sends when a rule is saved, taken from a real save. */
async function aSavedRule(page: Page, customer: Customer) {
  await page.goto(`/telecom/sms/${customer.serviceName}/options/automatic-recharge`);
  await page.getByRole("button", { name: WORDS.it.modify }).click();
  await page.getByLabel(WORDS.it.threshold).fill("10");
  await page.getByLabel(WORDS.it.quantity).selectOption("100");
  const [request] = await Promise.all([
    page.waitForRequest((asked) => asked.method() === "POST" && "next-action" in asked.headers()),
    page.getByRole("button", { name: WORDS.it.confirm }).click(),
  ]);
  await expect(page.getByRole("status").filter({ hasText: WORDS.it.saved })).toBeVisible();
  return { url: request.url(), headers: await request.allHeaders(), body: request.postData() ?? "" };
}

test("an action called by hand changes nothing that is not the caller's, and takes no nonsense", async ({
  page,
  browser,
  pool,
  makeCustomer,
  makeSupport,
  signIn,
}) => {
  const owner = await makeCustomer({ balance: 100 });
  const other = await makeCustomer({ balance: 100 });
  await signIn(page, other);
  const saved = await aSavedRule(page, other);
  expect(saved.body).toContain(other.serviceName);
  const call = (from: Page, data: string) =>
    from.request.post(saved.url, { headers: withoutSession(saved.headers), data, failOnStatusCode: false });

  const stolen = await call(page, saved.body.replaceAll(other.serviceName, owner.serviceName));
  expect(await stolen.text()).toContain("not_found");

  // Another rule than the one that stands, so that a save that is let through is seen below.
  const another = saved.body.replace('"threshold":"10"', '"threshold":"11"');
  expect(another).not.toBe(saved.body);
  const visitor = await (await browser.newContext()).newPage();
  const visited = await call(visitor, another);
  expect(visited.status()).toBeLessThan(500);
  expect(await visited.text()).not.toContain('"ok":true');

  const support = await (await browser.newContext()).newPage();
  await signIn(support, await makeSupport());
  expect(await (await call(support, another)).text()).toContain("not_allowed");

  const wrong: unknown[] = [
    null,
    7,
    [],
    { threshold: { a: 1 }, quantity: [] },
    { threshold: "-1", quantity: "99" },
  ];
  for (const input of wrong) {
    const answer = await call(page, JSON.stringify([other.serviceName, input]));
    expect(answer.status(), JSON.stringify(input)).toBeLessThan(500);
    const text = await answer.text();
    expect(text).toContain("invalid_input");
    expect(text).not.toMatch(/select |at \S+\.ts|stack/i);
  }
  const { sql } = pool;
  const rules = await sql<{ customer_id: string; threshold_thousandths: bigint }[]>`
    select customer_id, threshold_thousandths from recharge_rules
    where customer_id in (${owner.customerId}, ${other.customerId})`;
  expect([...rules]).toEqual([{ customer_id: other.customerId, threshold_thousandths: 10_000n }]);
});

/** The headers of the call itself: each caller adds its own session. */
const withoutSession = (headers: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !name.startsWith(":") && name !== "cookie" && name !== "content-length",
    ),
  );
