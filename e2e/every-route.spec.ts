import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Page } from "playwright/test";
import { fingerprint } from "../lib/commands/build";
import { anSmsAccount } from "../db/testing-rows";
import { ATTEMPTS, OF_ANYBODY, once, type Theirs } from "./attempts";
import { type Customer, expect, test } from "./fixtures";
import { addressesOf } from "./pages";

// Pages and actions are read from the project and from its build, so that none can be forgotten here.

const ROOT = path.join(import.meta.dirname, "..");
const statusOf = async (page: Page, address: string) => (await page.request.get(address)).status();

/** Pages of the panel that are about whoever reads them, and so are there for everybody who is signed in. */
const OWN_PAGES = ["/account", "/auth-validate", "/confirm-address", "/console"];
const isOfAccount = (customer: Customer) => (address: string) => address.includes(customer.serviceName);

test("no page shows a stranger anything but the way to sign in", async ({ page, makeCustomer }) => {
  test.slow();
  const customer = await makeCustomer({ balance: 100 });
  const pages = [
    ...addressesOf("(panel)", "page.tsx", customer),
    ...addressesOf("(support)", "page.tsx", customer),
  ];
  expect(pages.length).toBeGreaterThan(20);
  for (const address of pages) {
    const landed = (await page.request.get(address)).url();
    expect(new URL(landed).pathname, address).toBe("/sign-in");
  }
  const files = [
    ...addressesOf("(panel)", "route.ts", customer),
    ...addressesOf("(support)", "route.ts", customer),
  ];
  for (const address of files) {
    for (const method of ["GET", "POST"]) {
      const answer = await page.request.fetch(address, { method, data: {}, maxRedirects: 0 });
      const told = `${method} ${address}: ${answer.status()}`;
      if (answer.status() === 307)
        expect(new URL(answer.headers()["location"] ?? "", answer.url()).pathname, told).toBe("/sign-in");
      else expect([401, 403, 404, 405], told).toContain(answer.status());
    }
  }
});

test("no page of an account or of staff is there for another customer", async ({
  page,
  makeCustomer,
  signIn,
}) => {
  test.slow();
  const owner = await makeCustomer({ balance: 100 });
  const other = await makeCustomer({ balance: 100, priceList: "fr" });
  await signIn(page, other);
  const closed = [
    ...addressesOf("(panel)", "page.tsx", owner).filter(isOfAccount(owner)),
    ...addressesOf("(support)", "page.tsx", owner),
  ];
  expect(closed.length).toBeGreaterThan(15);
  for (const address of [...closed, "/telecom/sms/sms-nobody-1"])
    expect(await statusOf(page, address), address).toBe(404);
  for (const address of addressesOf("(panel)", "page.tsx", other).filter(isOfAccount(other))) {
    // Of an order and a message that he has not, his own account says the same.
    const isAnothers = /orders\/|messages\//.test(address);
    expect(await statusOf(page, address), address).toBe(isAnothers ? 404 : 200);
  }
  const files = [
    ...addressesOf("(panel)", "route.ts", owner).filter(isOfAccount(owner)),
    ...addressesOf("(support)", "route.ts", owner),
  ];
  for (const address of files) {
    const isPost = address.endsWith("/estimate");
    const answer = await page.request.fetch(address, { method: isPost ? "POST" : "GET", data: {} });
    expect(answer.status(), address).toBe(404);
  }
});

test("no page of a customer's own is there for staff", async ({
  page,
  makeCustomer,
  makeSupport,
  signIn,
}) => {
  test.slow();
  const customer = await makeCustomer({ balance: 100 });
  await signIn(page, await makeSupport());
  for (const address of addressesOf("(panel)", "page.tsx", customer)) {
    expect(await statusOf(page, address), address).toBe(OWN_PAGES.includes(address) ? 200 : 404);
  }
});

type Action = { id: string; name: string; page: string };

function actionsOfBuild(): Action[] {
  const file = path.join(ROOT, `.next-${fingerprint(ROOT)}`, "server/server-reference-manifest.json");
  const manifest = JSON.parse(fs.readFileSync(file, "utf8")) as {
    node: Record<string, { exportedName: string; workers: Record<string, unknown> }>;
  };
  return Object.entries(manifest.node).map(([id, { exportedName, workers }]) => {
    const place = Object.keys(workers)[0] ?? "";
    return { id, name: exportedName, page: `/${place.split("/").slice(2, -1).join("/")}` };
  });
}

/** Calls an action as the framework's own client does. */
async function call(from: Page, { id, page }: Action, owner: Customer, args: unknown[]) {
  const address = page.replace("[serviceName]", owner.serviceName);
  const multipart = new FormData();
  const shown = args.map((argument, position) => {
    if (!(argument instanceof URLSearchParams)) return argument;
    const key = (position + 1).toString();
    for (const [name, value] of argument) multipart.append(`_${key}_${name}`, value);
    return `$K${key}`;
  });
  multipart.append("0", JSON.stringify(shown));
  return from.request.post(address, {
    headers: { "next-action": id, accept: "text/x-component" },
    multipart,
    maxRedirects: 0,
    failOnStatusCode: false,
  });
}

/** A program asks for a key that its customer has not decided about. */
async function requestKey(from: Page, applicationKey: string): Promise<string> {
  const answer = await from.request.post("/api/1.0/auth/credential", {
    headers: { "X-Ovh-Application": applicationKey },
    data: { accessRules: [{ method: "GET", path: "/sms" }] },
  });
  const { validationUrl } = (await answer.json()) as { validationUrl: string };
  return new URL(validationUrl).searchParams.get("credentialToken") ?? "";
}

test("no action changes anything of a customer for a stranger, another customer or support", async ({
  browser,
  pool,
  makeCustomer,
  makeSupport,
  makeStaff,
  signIn,
}) => {
  test.slow();
  const owner = await makeCustomer({ balance: 100 });
  const { serviceName: otherService } = await anSmsAccount(pool.db, { customerId: owner.customerId });
  const other = await makeCustomer({ balance: 100 });
  const { sql } = pool;
  // But what a worker writes by itself: the notes of the self-check, and how far a message has come.
  const everythingOfOwner = async (): Promise<string> => {
    const tables = await sql<{ name: string }[]>`
      select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'customer_id' 
        and table_name not in ('account_checks', 'deliveries', 'delivery_receipts')
      order by table_name`;
    const rows: unknown[] = [];
    for (const { name } of tables) {
      rows.push([
        name,
        await sql`select to_jsonb(t)::text as row from ${sql(name)} t
                  where customer_id = ${owner.customerId} order by 1`,
      ]);
    }
    rows.push(
      await sql`select s.id from sessions s join users u on u.id = s.user_id
                where u.customer_id = ${owner.customerId} order by 1`,
    );
    return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
  };
  const windowOf = async (person: { email: string } | null) => {
    const window = await (await browser.newContext({ locale: "it-IT" })).newPage();
    if (person !== null) await signIn(window, person);
    return window;
  };
  // Signed in twice, so that there is another session to end.
  await windowOf(owner);
  const windows = {
    owner: await windowOf(owner),
    stranger: await windowOf(null),
    other: await windowOf(other),
    support: await windowOf(await makeSupport()),
    billing: await windowOf(await makeStaff("billing")),
    approver: await windowOf(await makeStaff("billing")),
  };
  const actions = actionsOfBuild();
  expect(actions.map(({ name }) => name).sort()).toEqual([...Object.keys(ATTEMPTS), ...OF_ANYBODY].sort());
  const actionOf = (name: string): Action => {
    const action = actions.find((one) => one.name === name);
    if (action === undefined) throw new Error(`The build has no ${name}`);
    return action;
  };

  const key = [{ name: "theirs", rules: [{ method: "GET", path: "/sms" }] }];
  await call(windows.owner, actionOf("createKeyAction"), owner, key);
  const [made] = await sql<{ applicationKey: string; credentialId: string }[]>`
    select a.application_key as "applicationKey", c.credential_id::text as "credentialId"
    from api_credentials c join api_applications a using (application_key)
    where c.customer_id = ${owner.customerId}`;
  // More than one person may correct alone.
  const correction = { amount: "500", reason: "for two to decide", idempotencyKey: once() };
  const asked = [owner.customerId, owner.serviceName, correction];
  await call(windows.billing, actionOf("requestCorrectionAction"), owner, asked);
  const [requested] = await sql<{ correctionId: string }[]>`
    select correction_id::text as "correctionId" from corrections
    where customer_id = ${owner.customerId} and state = 'requested'`;
  if (made === undefined || requested === undefined) throw new Error("there is nothing to be had");
  // Whoever has the address of a request may allow it for himself: each attempt has one of its own.
  const theirs = async (): Promise<Theirs> => ({
    ...made,
    ...requested,
    otherService,
    validationToken: await requestKey(windows.stranger, made.applicationKey),
  });

  const before = await everythingOfOwner();
  for (const [name, { args }] of Object.entries(ATTEMPTS)) {
    for (const caller of ["stranger", "other", "support"] as const) {
      const answer = await call(windows[caller], actionOf(name), owner, args(owner, await theirs()));
      const text = await answer.text();
      expect(answer.status(), `${name} by ${caller}: ${text}`).toBeLessThan(500);
      expect(text).not.toMatch(/Failed query|relation "|at \S+\.[jt]s:\d/);
      expect(await everythingOfOwner(), `${name} by ${caller}`).toBe(before);
    }
  }
  // The same calls arrive: made by who may, each changes what it is about.
  for (const [name, { args, by = "owner", changes }] of Object.entries(ATTEMPTS)) {
    const seen = () => sql.unsafe(changes, [owner.customerId]);
    const last = await seen();
    const answer = await call(windows[by], actionOf(name), owner, args(owner, await theirs()));
    expect(await seen(), `${name}: ${answer.status().toString()} ${await answer.text()}`).not.toEqual(last);
  }
});
