import { expect, expectAccessible, expectToFit, test } from "./fixtures";

test("the audit is filtered by day, and a link that takes the filter away takes it out of the fields", async ({
  page,
  makeCustomer,
  makeStaff,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 10 });
  await signIn(page, await makeStaff("lead"));
  await page.goto(`/support/accounts/${customer.serviceName}?customer=${customer.customerId}`);
  await page.goto(`/support/audit?customer=${customer.customerId}`);
  const table = page.getByRole("table");
  await expect(table).toContainText(customer.serviceName);
  const today = (await page.getByLabel("Al", { exact: true }).getAttribute("max")) ?? "";
  await page.getByLabel("Dal", { exact: true }).fill(today);
  await page.getByRole("button", { name: "Mostra" }).click();
  await expect(page).toHaveURL(new RegExp(`from=${today}`));
  await expect(table).toContainText(customer.serviceName);
  const file = page.getByRole("link", { name: "Scarica CSV" });
  const lines = (await (await page.request.get((await file.getAttribute("href")) ?? "")).text()).split(
    "\r\n",
  );
  expect(lines.filter((line) => line.includes(customer.serviceName))).toHaveLength(1);

  await page.goto(`/support/audit?customer=${customer.customerId}&to=2020-01-01`);
  await expect(table).toHaveCount(0);
  await page.getByRole("link", { name: "Togli i filtri" }).click();
  await expect(page).toHaveURL(/audit$/);
  await expect(page.getByLabel("Codice cliente")).toHaveValue("");
  await expect(page.getByLabel("Al", { exact: true })).toHaveValue("");

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/support/audit?from=0026-11-01");
  await expect(page.getByLabel("Dal", { exact: true })).toHaveAccessibleDescription(/Scrivi la data/);
  await expect(file).toHaveCount(0);
  expect((await page.request.get("/support/audit/export?from=0026-11-01")).status()).toBe(400);
  await expectToFit(page);
  await expectAccessible(page);
});
