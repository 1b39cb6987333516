import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { expect, type Page, test } from "playwright/test";
import { openDatabase } from "../db/client";
import { customers } from "../db/schema/accounts";
import { aCustomer } from "../db/testing-rows";
import { urlOfEmbedded, urlOfProduct } from "./product-database";
import { makeDataDirectory, processesOf, type ProductProcess, startProduct } from "./product-process";

// How the product starts and stops, and what it survives: one story, in which each test finds what the one before left.

test.describe.configure({ mode: "serial", timeout: 240_000 });
test.skip(process.platform !== "linux", "reads /proc");

const PATIENCE = { timeout: 120_000 };
const ACCOUNT = "/telecom/sms/sms-ab12345-1";

let data: string;
let otherData: string;
const started: ProductProcess[] = [];
/** The one whose embedded database lies in `data`. */
let product: ProductProcess;
let origin: string;

async function start(...given: Parameters<typeof startProduct>): Promise<ProductProcess> {
  const one = startProduct(...given);
  started.push(one);
  await one.ready;
  return one;
}

test.beforeAll(() => {
  data = makeDataDirectory();
  otherData = makeDataDirectory();
});
test.afterAll(async () => {
  for (const one of started) {
    try {
      one.signal("SIGTERM");
    } catch {
      // It has ended.
    }
    await one.ended;
  }
  for (const folder of [data, otherData]) {
    await expect.poll(() => processesOf(folder), PATIENCE).toEqual([]);
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

/** The one process of the product whose command line says so. */
function processOf(folder: string, command: RegExp): number {
  const found = processesOf(folder).filter((one) => command.test(one.command));
  expect(found, JSON.stringify(processesOf(folder))).toHaveLength(1);
  return found[0]?.processId ?? 0;
}

const STARTER = /^\S*node .*commands\/start\.ts/;
const SERVER = /^next-server/;
const WORKER = /commands\/worker\.ts/;
const DATABASE = /bin\/postgres .*-D/;

const logOfDatabase = () => fs.readFileSync(path.join(data, "postgres", "server.log"), "utf8");

/** Signs in as the Italian demo customer and opens the page of an account, until its stream of news has begun. */
async function openLivePage(page: Page, at: string): Promise<void> {
  await page.goto(`${at}/sign-in`);
  await page.locator("#email").fill("cliente.it@demo.test");
  await page.locator("#password").fill("ricarica-demo");
  await page.locator("#password").press("Enter");
  await page.waitForURL(/\/telecom$/);
  const stream = page.waitForResponse((response) => response.url().endsWith("/live"));
  await page.goto(`${at}${ACCOUNT}`);
  expect((await stream).headers()["content-type"]).toContain("text/event-stream");
}

/** The page is drawn anew, with figures of the database. */
async function expectToWork(page: Page, at: string): Promise<void> {
  await expect(async () => {
    const answer = await page.goto(`${at}${ACCOUNT}`);
    expect(answer?.status()).toBe(200);
    await expect(page.getByRole("heading", { level: 1, name: "Promemoria clinica" })).toBeVisible();
  }).toPass(PATIENCE);
}

async function expectAllToBeGone(folder: string): Promise<void> {
  await expect.poll(() => processesOf(folder), PATIENCE).toEqual([]);
}

test("a taken port 3000 that nobody set gives way to the next free one, and demo customers are made", async () => {
  const occupant = net.createServer();
  await new Promise<void>((resolve) => {
    // Taken by somebody else is as good.
    occupant.once("error", () => resolve()).listen(3000, "127.0.0.1", () => resolve());
  });
  product = await start(data);
  origin = await product.ready;
  occupant.close();
  const { port } = new URL(origin);
  expect(Number(port)).toBeGreaterThan(3000);
  expect(product.said()).toContain(`Port 3000 is taken by another program; using ${port}.`);
  expect(product.said()).toContain("Making the demo customers");
  expect(product.said()).toContain("Sign in as cliente.it@demo.test, client.fr@demo.test");
});

test("a taken port that was set is refused in a sentence", async () => {
  const { port } = new URL(origin);
  const refused = startProduct(otherData, { PORT: port });
  expect(await refused.ended).toBe(1);
  expect(refused.said()).toContain(`Port ${port} is taken by another program. Set PORT to a free one.`);
  expect(refused.said()).not.toMatch(/^ +at /m);
});

test("settings that are wrong are listed all at once, and nothing is made", async () => {
  const wrong = { PORT: "http", HOST: "my host", DATABASE_URL: "mysql://here/x", LOG_LEVEL: "loud" };
  const refused = startProduct(otherData, wrong);
  expect(await refused.ended).toBe(1);
  for (const name of Object.keys(wrong))
    expect(refused.said()).toMatch(new RegExp(`^  ${name} must be`, "m"));
  expect(fs.readdirSync(otherData)).toEqual([]);
});

test("a second copy runs beside it on a DATABASE_URL, where demo customers are made when asked for only", async ({
  page,
}) => {
  const url = new URL(urlOfProduct());
  const name = `starting_${process.pid.toString()}_${Date.now().toString()}`;
  const owner = openDatabase(url.href, { as: "owner", max: 1 });
  await owner.sql`create database ${owner.sql(name)}`;
  url.pathname = `/${name}`;
  const settings = { DATABASE_URL: url.href, PORT: (await freePort()).toString() };
  const copy = await start(otherData, settings);
  expect(copy.said()).not.toMatch(/demo/i);
  expect(await copy.ready).toBe(`http://127.0.0.1:${settings.PORT}`);
  expect((await page.request.get(`${origin}/sign-in`)).status()).toBe(200);
  const there = openDatabase(url.href, { as: "owner", max: 1 });
  expect(await there.db.$count(customers)).toBe(0);

  const demo = startProduct(otherData, { DATABASE_URL: url.href }, "demo");
  expect(await demo.ended).toBe(0);
  expect(demo.said()).toContain("Sign in as cliente.it@demo.test, client.fr@demo.test");
  expect(await there.db.$count(customers)).toBe(2);
  await there.close();

  // SIGTERM to the starter alone, as a supervisor sends it, while a page is open.
  await openLivePage(page, await copy.ready);
  process.kill(processOf(otherData, STARTER), "SIGTERM");
  await copy.ended;
  expect(copy.said()).not.toMatch(/killed|ended \(/);
  await expectAllToBeGone(otherData);
  await owner.sql`drop database ${owner.sql(name)} with (force)`;
  await owner.close();
});

for (const [name, command, told] of [
  ["server", SERVER, "The server ended (SIGKILL); starting it again."],
  ["worker", WORKER, "The worker ended (SIGKILL); starting it again."],
  ["embedded database", DATABASE, "PostgreSQL went away; starting it again."],
] as const) {
  test(`the ${name} that crashes is started again, and pages work`, async ({ page }) => {
    await openLivePage(page, origin);
    const before = processOf(data, command);
    process.kill(before, "SIGKILL");
    await expect.poll(() => product.said(), PATIENCE).toContain(told);
    const others = () =>
      processesOf(data).filter((one) => command.test(one.command) && one.processId !== before);
    await expect.poll(() => others().length, PATIENCE).toBeGreaterThan(0);
    await expectToWork(page, origin);
  });
}

test("Ctrl-C with a page open ends everything in order, and nothing has to be killed", async ({ page }) => {
  await openLivePage(page, origin);
  product.signal("SIGINT");
  await product.ended;
  expect(product.said()).toContain("Stopping …");
  expect(product.said()).not.toContain("was killed");
  await expectAllToBeGone(data);
  const ending = logOfDatabase().split("received fast shutdown request").at(-1);
  expect(ending).toContain("database system is shut down");
  expect(ending).not.toContain("immediate shutdown");
});

test("a starter that is killed leaves nothing running, and the next start goes on with the same data", async ({
  page,
}) => {
  const before = logOfDatabase().length;
  product = await start(data);
  expect(logOfDatabase().slice(before)).toContain("database system was shut down at");
  expect(logOfDatabase().slice(before)).not.toContain("not properly shut down");
  expect(product.said()).not.toContain("Making the demo customers");

  const pool = openDatabase(urlOfEmbedded(data), { as: "owner", max: 1 });
  const { customerId } = await aCustomer(pool.db);
  await pool.close();
  process.kill(processOf(data, STARTER), "SIGKILL");
  await product.ended;
  await expectAllToBeGone(data);

  product = await start(data);
  origin = await product.ready;
  await openLivePage(page, origin);
  const again = openDatabase(urlOfEmbedded(data), { as: "owner", max: 1 });
  expect(await again.sql`select customer_id from customers where customer_id = ${customerId}`).toHaveLength(
    1,
  );
  await again.close();
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === "object" ? address.port : 0));
    });
  });
}
