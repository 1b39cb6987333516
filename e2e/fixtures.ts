import axe from "axe-core";
import { hashPassword } from "better-auth/crypto";
import { expect, test as base, type Page } from "playwright/test";
import type { Pool } from "../db/client";
import { credentials, rateLimits, users } from "../db/schema/access";
import { paymentMethods } from "../db/schema/payments";
import { aCustomer, anSmsAccount, unique } from "../db/testing-rows";
import { wholeCredits } from "../lib/credits";
import { openProductDatabase } from "./product-database";

const PASSWORD = "a-password-of-the-tests";

/** A customer that only one test knows, with one SMS account and a card that pays. */
export type Customer = { email: string; customerId: string; serviceName: string };

export type StaffRight = "support" | "billing" | "lead";

type Fixtures = {
  /** Makes customers; each call another one. The balance is in whole credits. */
  makeCustomer: (given?: { balance?: number; priceList?: string; card?: string }) => Promise<Customer>;
  makeSupport: () => Promise<{ email: string }>;
  makeStaff: (right: StaffRight) => Promise<{ email: string }>;
  /** Signs a window in by what its form sends without JavaScript; the window stays where it is. */
  signIn: (page: Page, person: { email: string }) => Promise<void>;
  /** Signs in by the page of sign-in, and waits until the first page is there. */
  signInByPage: (page: Page, person: { email: string }) => Promise<void>;
};

/** What next-intl says of a message without its value, or of a key without its message, in the browser and in the log. */
export const UNREADABLE_MESSAGE = /\b(MISSING_MESSAGE|INSUFFICIENT_PATH|INVALID_MESSAGE|FORMATTING_ERROR)\b/;

export const test = base.extend<Fixtures, { pool: Pool }>({
  context: async ({ context }, use) => {
    const unreadable: string[] = [];
    context.on("console", (said) => {
      if (UNREADABLE_MESSAGE.test(said.text())) unreadable.push(said.text());
    });
    await use(context);
    expect(unreadable).toEqual([]);
  },
  pool: [
    async ({}, use) => {
      const pool = openProductDatabase();
      await use(pool);
      await pool.close();
    },
    { scope: "worker" },
  ],
  makeCustomer: async ({ pool }, use) => {
    await use(async ({ balance = 0, priceList = "it", card = "sandbox_visa" } = {}) => {
      const { db } = pool;
      const { customerId } = await aCustomer(db, { priceList });
      const { serviceName } = await anSmsAccount(db, { customerId, balance: wholeCredits(balance) });
      await db
        .insert(paymentMethods)
        .values({ customerId, token: card, label: "Visa •••• 4242", changedAt: new Date() });
      return { email: await makeUser(pool, "customer", customerId), customerId, serviceName };
    });
  },
  makeSupport: async ({ pool }, use) => {
    await use(async () => ({ email: await makeUser(pool, "support", null) }));
  },
  makeStaff: async ({ pool }, use) => {
    await use(async (right) => ({ email: await makeUser(pool, right, null) }));
  },
  signIn: async ({ pool }, use) => {
    await use(async (page, { email }) => {
      await forgetSignIns(pool);
      const form = await page.request.get("/sign-in");
      const html = await form.text();
      const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g)];
      const answer = await page.request.post("/sign-in", {
        headers: { origin: new URL(form.url()).origin },
        multipart: {
          ...Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, unescaped(value)])),
          email,
          password: PASSWORD,
        },
        maxRedirects: 0,
      });
      expect(answer.status()).toBe(303);
    });
  },
  signInByPage: async ({ pool }, use) => {
    await use(async (page, { email }) => {
      await forgetSignIns(pool);
      await page.goto("/sign-in");
      await page.locator("#email").fill(email);
      await page.locator("#password").fill(PASSWORD);
      await page.locator("#password").press("Enter");
      await page.waitForURL(/\/(telecom|support)$/);
    });
  },
});

/** All tests come from one address, of which only so many sign-ins are let through. */
async function forgetSignIns({ db }: Pool): Promise<void> {
  await db.delete(rateLimits);
}

const unescaped = (value: string) =>
  value.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Of the one password of all; it takes as long as is meant to be, and so is made once. */
const hashedPassword = hashPassword(PASSWORD);

async function makeUser(
  { db }: Pool,
  role: "customer" | StaffRight,
  customerId: string | null,
): Promise<string> {
  const id = unique();
  const email = `${id}@browser.test`;
  await db.insert(users).values({ id, name: "Prova", email, emailVerified: true, role, customerId });
  await db.insert(credentials).values({
    id,
    accountId: id,
    providerId: "credential",
    userId: id,
    password: await hashedPassword,
  });
  return email;
}

/** In the page: what is wrong, and with which elements. */
const FIND_VIOLATIONS = `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" | ")))`;

/** The page has nothing that a tool can tell to be in the way of anyone. */
export async function expectAccessible(page: Page): Promise<void> {
  // When one page gives way to the next there is no title for a moment. Whoever pressed a link waits for its address first.
  await expect(page).toHaveTitle(/\S/);
  // What fades in or changes its colour has no contrast to speak of while it does.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished.catch(() => undefined)),
    ),
  );
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(axe.source);
  const told = await page.evaluate<string[]>(FIND_VIOLATIONS);
  expect(told, page.url()).toEqual([]);
}

/** Nothing of the page is wider than its window. */
export async function expectToFit(page: Page): Promise<void> {
  const isTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  expect(isTooWide, page.url()).toBe(false);
}

/** A picture for whoever reads the run. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `.artifacts/screens/${name}.png`, fullPage: true });
}

/** The words of the interface that tests look for. */
export const WORDS = {
  it: {
    locale: "it-IT",
    telecom: "Telecom",
    options: "Opzioni",
    rule: "Ricarica automatica",
    modify: "Modifica",
    threshold: "Soglia minima",
    quantity: "Quantità da ricaricare",
    confirm: "Conferma",
    cancel: "Annulla",
    saved: /^Regola salvata/,
    send: "Invia SMS",
    recipients: "Destinatari",
    text: "Testo",
    history: "Storico",
    arrived: /Ricarica arrivata/,
    close: "Chiudi",
    sentTo: /Inviato a/,
    decimal: "60,5",
    used: "-0,7",
    left: "60,3",
    balanceAfter: "310,3",
    sentence: /Quando il saldo arriva a 60,5 crediti o meno, acquista 250 crediti \(10,34\s€ \+ IVA\)/,
  },
  en: {
    locale: "en-GB",
    telecom: "Telecom",
    options: "Options",
    rule: "Automatic recharge",
    modify: "Modify",
    threshold: "Minimum threshold",
    quantity: "Quantity to recharge",
    confirm: "Confirm",
    cancel: "Cancel",
    saved: /^Rule saved/,
    send: "Send SMS",
    recipients: "Recipients",
    text: "Text",
    history: "History",
    arrived: /Recharge arrived/,
    close: "Close",
    sentTo: /Sent to/,
    decimal: "60.5",
    used: "-0.7",
    left: "60.3",
    balanceAfter: "310.3",
    sentence: /When the balance reaches 60\.5 credits or less, 250 credits are bought \(€10\.34 \+ VAT\)/,
  },
} as const;

export { expect } from "playwright/test";
