import { and, eq } from "drizzle-orm";
import type { Page } from "playwright/test";
import type { Pool } from "../db/client";
import { orders } from "../db/schema/payments";
import { rechargeRules, recharges } from "../db/schema/recharge";
import { type Customer, expect, expectAccessible, expectToFit, picture, test, WORDS } from "./fixtures";

/** What the page says of each state: why, and what there is to do. */
const TEXTS = {
  it: {
    suspendedTitle: "Ricarica automatica sospesa",
    reasons: {
      payment_declined: /rifiutato quattro volte di seguito.*Cambia il metodo di pagamento/,
      declined_for_good: /rifiutato il pagamento in modo definitivo\. Cambia il metodo di pagamento/,
      needs_authentication: /una regola non può farlo\. Cambia il metodo di pagamento/,
      no_payment_method: /Non c’è un metodo di pagamento\. Scegline uno/,
    },
    pill: "Sospesa",
    sentence: /sospesa: per ora non acquista nulla.*a 20 crediti o meno, acquista 100 crediti/,
    suspendedEffect: /La regola è sospesa: per ora non acquista nulla, qualunque sia la soglia/,
    whatToDo: "Vai al metodo di pagamento",
    method: "Metodo di pagamento",
    failing: (attempt: number) => new RegExp(`Prossimo tentativo: \\d+ .+ \\(${String(attempt)} di 4\\)`),
    waiting: /Pagamento rifiutato dalla banca; nuovo tentativo: \d/,
    openEffect: /Una ricarica è già in corso/,
    changed: /arriva a 25 crediti o meno, acquista 100 crediti/,
    underWay: {
      claimed: /l’ordine sta per partire/,
      paying: "Pagamento in corso.",
      unknown: /Non verrà pagato due volte/,
      paid: /i crediti stanno arrivando/,
    },
  },
  en: {
    suspendedTitle: "Automatic recharge suspended",
    reasons: {
      payment_declined: /declined four times in a row.*Change the payment method/,
      declined_for_good: /declined the payment for good\. Change the payment method/,
      needs_authentication: /which a rule cannot do\. Change the payment method/,
      no_payment_method: /There is no payment method\. Choose one/,
    },
    pill: "Suspended",
    sentence: /suspended: for now it buys nothing.*at 20 credits or less, buy 100 credits/,
    suspendedEffect: /The rule is suspended: for now it buys nothing, whatever the threshold/,
    whatToDo: "Go to the payment method",
    method: "Payment method",
    failing: (attempt: number) => new RegExp(`We try again on \\d+ .+; attempt ${String(attempt)} of 4`),
    waiting: /The bank declined the payment; next attempt on \d/,
    openEffect: /A recharge is already under way/,
    changed: /reaches 25 credits or less, 100 credits are bought/,
    underWay: {
      claimed: /the order is about to be made/,
      paying: "Payment under way.",
      unknown: /It will not be paid twice/,
      paid: /the credits are on their way/,
    },
  },
} as const;

const AN_HOUR_MS = 60 * 60_000;
const rulePath = ({ serviceName }: Customer) => `/telecom/sms/${serviceName}/options/automatic-recharge`;

const ofAccount = (
  table: typeof orders | typeof recharges | typeof rechargeRules,
  { customerId, serviceName }: Customer,
) => and(eq(table.customerId, customerId), eq(table.serviceName, serviceName));

/** Moves the recharge of an account, and its order, to where a worker that has it for an hour would have brought them. */
async function moveTo(
  { db }: Pool,
  customer: Customer,
  state: keyof (typeof TEXTS)["it"]["underWay"],
  claimedAt: Date,
): Promise<void> {
  const leasedUntil = new Date(Date.now() + AN_HOUR_MS);
  const paidAt = state === "paid" ? claimedAt : null;
  const order = {
    state: state === "claimed" ? "open" : state,
    dueAt: claimedAt,
    paidAt,
    leasedUntil,
  } as const;
  await db.update(orders).set(order).where(ofAccount(orders, customer));
  await db.update(recharges).set({ state }).where(ofAccount(recharges, customer));
}

/** A phone's in one language and a desk's in the other: no state differs by both. */
const WIDTHS = { it: 390, en: 1280 } as const;

async function expectToLookRight(page: Page, name: string): Promise<void> {
  await expectToFit(page);
  await expectAccessible(page);
  await picture(page, name);
}

for (const [language, texts] of Object.entries(TEXTS)) {
  const spoken = language === "it" ? "it" : "en";
  const words = WORDS[spoken];
  test.describe(words.locale, () => {
    test.use({
      locale: words.locale,
      colorScheme: spoken === "it" ? "light" : "dark",
      viewport: { width: WIDTHS[spoken], height: 900 },
    });
    test.slow();

    /** Sets the rule by the form, at this threshold for 100 credits. */
    const setRule = async (page: Page, threshold: string) => {
      await page.getByRole("button", { name: words.modify }).click();
      await page.getByLabel(words.threshold).fill(threshold);
      await page.getByLabel(words.quantity).selectOption("100");
      await page.getByRole("button", { name: words.confirm }).click();
      await expect(page.getByRole("status").filter({ hasText: words.saved })).toBeVisible();
    };

    /** What Confirm would do in this state, as the dialog says it. */
    const expectEffect = async (page: Page, effect: RegExp, name: string) => {
      await page.getByRole("button", { name: words.modify }).click();
      await expect(page.getByRole("dialog").getByText(effect)).toBeVisible();
      await expectToLookRight(page, name);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toBeHidden();
    };

    test("a suspended rule says why, and leads to what lifts it", async ({
      page,
      pool,
      makeCustomer,
      signIn,
    }) => {
      const customer = await makeCustomer({ balance: 100 });
      await signIn(page, customer);
      await page.goto(rulePath(customer));
      await setRule(page, "20");
      for (const [reason, said] of Object.entries(texts.reasons)) {
        await pool.db
          .update(rechargeRules)
          .set({ state: "suspended", suspensionReason: reason, suspendedAt: new Date(), declines: 4 })
          .where(ofAccount(rechargeRules, customer));
        await page.reload();
        await expect(page.getByText(texts.suspendedTitle, { exact: true })).toBeVisible();
        await expect(page.getByText(said)).toBeVisible();
        await expect(page.getByText(texts.sentence)).toBeVisible();
        await expect(page.getByText(texts.pill, { exact: true })).toBeVisible();
        await expectToLookRight(page, `rule-suspended-${reason}-${language}`);
      }
      await expectEffect(page, texts.suspendedEffect, `rule-suspended-dialog-${language}`);
      await page.getByRole("link", { name: texts.whatToDo }).click();
      await expect(page.getByRole("heading", { name: texts.method })).toBeVisible();
    });

    test("a payment that fails says when the next attempt is and which it is, also after the rule was changed", async ({
      page,
      pool,
      makeCustomer,
      signIn,
    }) => {
      const customer = await makeCustomer({ balance: 10, card: "sandbox_no_funds" });
      await signIn(page, customer);
      await page.goto(rulePath(customer));
      await setRule(page, "20");
      await expect(page.getByText(texts.failing(2))).toBeVisible();
      await expect(page.getByText(texts.waiting)).toBeVisible();
      await expect(page.getByRole("link", { name: texts.whatToDo })).toBeVisible();
      await expectToLookRight(page, `rule-failing-${language}`);
      await expectEffect(page, texts.openEffect, `rule-failing-dialog-${language}`);

      await setRule(page, "25");
      await expect(page.getByText(texts.changed)).toBeVisible();
      await expect(page.getByText(texts.failing(2))).toBeVisible();
      await expect(page.getByText(texts.waiting)).toBeVisible();
      await expectToLookRight(page, `rule-failing-changed-${language}`);

      // The wait is over: the new order's first attempt is the rule's second.
      await pool.db
        .update(orders)
        .set({ dueAt: new Date() })
        .where(and(ofAccount(orders, customer), eq(orders.state, "open")));
      await expect(page.getByText(texts.failing(3))).toBeVisible();
    });

    test("a recharge under way says how far it is", async ({ page, pool, makeCustomer, signIn }) => {
      const customer = await makeCustomer({ balance: 10, card: "sandbox_no_funds" });
      await signIn(page, customer);
      await page.goto(rulePath(customer));
      await setRule(page, "20");
      await expect(page.getByText(texts.failing(2))).toBeVisible();
      await pool.db.update(rechargeRules).set({ declines: 0 }).where(ofAccount(rechargeRules, customer));
      const [recharge] = await pool.db.select().from(recharges).where(ofAccount(recharges, customer));
      if (recharge === undefined) throw new Error("nothing was claimed");
      for (const state of ["claimed", "paying", "unknown", "paid"] as const) {
        await moveTo(pool, customer, state, recharge.claimedAt);
        await page.reload();
        await expect(page.getByText(texts.underWay[state])).toBeVisible();
        await expect(page.getByText(texts.waiting)).toHaveCount(0);
        await expect(page.getByText(texts.failing(2))).toHaveCount(0);
        await expectToLookRight(page, `rule-${state}-${language}`);
      }
    });
  });
}
