import { expect, expectAccessible, picture, test } from "./fixtures";

test("updates that stop are said above the page, and a session that ended offers the sign-in", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  const path = `/telecom/sms/${customer.serviceName}/history`;
  await signIn(page, customer);
  let status = 503;
  await page.route(/\/live(\?|$)/, (route) => route.fulfill({ status }));
  await page.goto(path);
  const lost = page.getByRole("status").filter({ hasText: "Aggiornamenti interrotti" });
  await expect(lost).toBeInViewport({ timeout: 30_000 });
  await expectAccessible(page);

  status = 401;
  const ended = page.getByRole("status").filter({ hasText: "La sessione è scaduta" });
  await expect(ended).toBeInViewport({ timeout: 30_000 });
  await expect(lost).toHaveCount(0);
  await expectAccessible(page);
  await picture(page, "it-live-signed-out");
  await expect(ended.getByRole("link", { name: "Accedi di nuovo" })).toHaveAttribute(
    "href",
    `/sign-in?return=${encodeURIComponent(path)}`,
  );
});
