import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "playwright/test";
import { anSmsAccount } from "../db/testing-rows";
import { anApiKey, type Keys } from "./api-key";
import { expect } from "./fixtures";
import { test } from "./official-client";

const run = promisify(execFile);

/** The program that the console shows, in one of its languages. */
async function programIn(page: Page, language: string): Promise<string> {
  await page.getByRole("radio", { name: language }).check();
  return (await page.getByRole("region", { name: "Codice", exact: true }).textContent()) ?? "";
}

const environmentOf = ({ appKey, appSecret, consumerKey }: Keys) => ({
  ...process.env,
  NODE_OPTIONS: "",
  // The runner asks for colours, and Node prints null in one.
  FORCE_COLOR: "0",
  OVH_APPLICATION_KEY: appKey,
  OVH_APPLICATION_SECRET: appSecret,
  OVH_CONSUMER_KEY: consumerKey,
});

test("the programs that the console shows run as they stand", async ({
  page,
  pool,
  tls,
  baseURL,
  makeCustomer,
  signIn,
}) => {
  const customer = await makeCustomer({ balance: 100 });
  const { serviceName: second } = await anSmsAccount(pool.db, { customerId: customer.customerId });
  const env = environmentOf(await anApiKey(customer.customerId));
  await signIn(page, customer);
  await page.goto("/console");
  await page.getByLabel(/serviceName/).selectOption(customer.serviceName);
  await page.getByLabel(/^credits/).fill("10,125");
  await page.getByLabel(/smsAccountTarget/).selectOption(second);
  await page.locator("summary").filter({ hasText: "Codice" }).click();
  const curl = await programIn(page, "curl");
  expect((await run("bash", ["-c", curl], { env })).stdout).toBe("null");

  // The Node client speaks TLS and nothing else: the same program, at the TLS port before the product.
  const { port } = new URL(baseURL ?? "");
  const node = (await programIn(page, "Node.js")).replace(`port: ${port}`, `port: ${tls.port.toString()}`);
  const trusting = { ...env, NODE_EXTRA_CA_CERTS: tls.certificateFile };
  expect((await run(process.execPath, ["-e", node], { env: trusting })).stdout).toBe("null\n");

  await page.goto("/console?call=getAccount");
  await page.getByLabel(/serviceName/).selectOption(second);
  await page.locator("summary").filter({ hasText: "Codice" }).click();
  const read = await run("bash", ["-c", await programIn(page, "curl")], { env });
  expect(JSON.parse(read.stdout)).toMatchObject({ name: second, creditsLeft: 20.25 });
});
