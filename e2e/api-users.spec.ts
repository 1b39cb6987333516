import { expect, expectAccessible, test } from "./fixtures";

const PASSWORD = "Xk3-pR9s.w2Q";

test("a customer makes an API user, an old program sends by it, and is refused once it is deleted", async ({
  page,
  pool,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 10 });
  const { customerId, serviceName } = customer;
  await signIn(page, customer);
  await page.goto(`/telecom/sms/${serviceName}/options`);
  await page.getByRole("link", { name: "Utenti API" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Utenti API" })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Nuovo utente" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Nome").fill("a b");
  await dialog.getByLabel("Password").fill("corta");
  await dialog.getByRole("button", { name: "Crea l’utente" }).click();
  await expect(dialog.getByText("Da 1 a 64 lettere senza accento")).toBeVisible();
  await expect(dialog.getByText("senza spazi")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Nome").fill("contabilita");
  await dialog.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("rowheader", { name: "contabilita" })).toBeVisible();
  expect(await page.content()).not.toContain(PASSWORD);

  const script = "/cgi-bin/sms/http2sms.cgi";
  const auth = `?&account=${serviceName}&login=contabilita&password=${PASSWORD}`;
  const query = `${auth}&to=00393331234567&message=Perch%E9%0dno+%2B&contentType=text/json`;
  const answer = await page.request.get(script + query);
  expect(answer.headers()["content-type"]).toBe("text/json; charset=utf-8");
  expect(await answer.json()).toEqual({
    status: 100,
    creditLeft: "9.3",
    SmsIds: [expect.stringMatching(/^\d+$/)],
  });
  const form = {
    account: serviceName,
    login: "contabilita",
    password: PASSWORD,
    to: "+393331234567,+393331234568",
    message: "Ciao\rdi nuovo",
  };
  const second = await page.request.post(script, { form });
  expect(await second.text()).toMatch(/^OK\n7.9\n\d+\n\d+$/);
  // The framework answers a HEAD by a GET where it is let, and this one would send.
  expect((await page.request.head(script + query)).status()).toBe(405);
  const messages = await pool.sql`select text from messages where customer_id = ${customerId}
    order by message_number`;
  expect(messages.map((row) => row["text"] as unknown)).toEqual(["Perché\nno +", "Ciao\ndi nuovo"]);

  await page.reload();
  await page.getByRole("button", { name: "Elimina l’utente contabilita" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Elimina" }).click();
  await expect(page.getByText("Nessun utente")).toBeVisible();
  expect(await (await page.request.get(script + query)).json()).toEqual({
    status: 401,
    message: "Invalid account, login or password",
  });
});
