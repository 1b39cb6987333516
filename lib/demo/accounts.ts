import type { AccountKey } from "@/lib/accounts/rules";
import { createAccount, getAccount } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { type Credits, NO_CREDITS, parseCredits, wholeCredits } from "@/lib/credits";
import { addDays, startOfDay } from "@/lib/day";
import { isDue } from "@/lib/ledger/rules";
import { post } from "@/lib/ledger/service";
import { send } from "@/lib/messages/service";
import { buyCredits } from "@/lib/orders/service";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { choosePaymentMethod } from "@/lib/recharge/method-service";
import { waitAfterDecline } from "@/lib/recharge/decline-rules";
import { saveRule } from "@/lib/recharge/service";
import { valueOf } from "@/lib/failure";
import type { DemoAccountPlan, DemoCustomer } from "./customers";
import { ITALIAN, someOf } from "./numbers";
import { carryAt, clockAt, workAt } from "./past";
import { Chance } from "./random";
import { type DemoSend, sendsOf } from "./rhythm";

const CARD = "sandbox_visa";

type Days = { readonly from: string; readonly to: string; readonly timeZone: string };

/** Something that happens at a moment; what comes of it for the worker happens right after. */
type Event = { readonly at: Date; readonly happen: (context: Context) => Promise<boolean> };

/** Makes the accounts of a customer and lives through their days, moment by moment. */
export async function makeAccounts(
  context: Context,
  { customerId, accounts }: DemoCustomer,
  userId: string,
  days: Days,
): Promise<void> {
  const begun = startOfDay(days.from, days.timeZone);
  for (const { serviceName, name } of accounts) {
    valueOf(await createAccount({ ...context, now: () => begun }, customerId, { serviceName, name }));
  }
  const asCustomer = (at: Date): Context => ({
    caller: { kind: "customer", customerId, userId },
    db: context.db,
    now: clockAt(at),
  });
  const end = new Date(context.now().getTime() - LAST_SEND_BEFORE_MS);
  valueOf(await choosePaymentMethod(asCustomer(begun), customerId, { token: CARD }));
  const events = accounts.flatMap((plan, index) => eventsOf(customerId, plan, index, days));
  for (const { at, happen } of inOrder(events)) {
    if (at >= end) continue;
    const mayBeDue = await happen(asCustomer(at));
    if (!mayBeDue) continue;
    await workAt(context, customerId, new Date(at.getTime() + 25));
    // The worker looks all the time; here it is enough that it looks again after the wait of a decline.
    await workAt(context, customerId, new Date(at.getTime() + waitAfterDecline(1) + 1000));
  }
  for (const plan of accounts) {
    if (plan.endsNearThreshold === true)
      await comeNear(asCustomer(end), { customerId, serviceName: plan.serviceName }, plan);
  }
}

/** Nothing of the demo is so recent that the plot or the list would show it as happening now. */
const LAST_SEND_BEFORE_MS = 20 * 60_000;

const inOrder = (events: readonly Event[]) => [...events].sort((a, b) => a.at.getTime() - b.at.getTime());

function eventsOf(customerId: string, plan: DemoAccountPlan, index: number, days: Days): Event[] {
  const key: AccountKey = { customerId, serviceName: plan.serviceName };
  const { rule, rhythm, purchase, declineOnDay } = plan;
  const at = (day: number, minute: number) =>
    new Date(startOfDay(addDays(days.from, day), days.timeZone).getTime() + minute * 60_000);
  const events: Event[] = [];
  if (rule !== null) {
    // At zero it buys at once: this is how the account gets its first credits.
    events.push({
      at: at(0, 8 * 60 + index),
      happen: async (context) => {
        valueOf(await saveRule(context, key, rule));
        return true;
      },
    });
  }
  if (purchase !== undefined) {
    events.push({
      at: at(purchase.day, 9 * 60 + 12),
      happen: async (context) => {
        const { quantity } = purchase;
        valueOf(await buyCredits(context, key, { quantity, idempotencyKey: "demo-campaign" }));
        return true;
      },
    });
  }
  if (declineOnDay !== undefined) {
    events.push({
      at: at(declineOnDay, 1),
      happen: async ({ db }) => {
        await instructSandbox(db, CARD, ["decline:insufficient_funds"]);
        return false;
      },
    });
  }
  const threshold = rule === null ? null : parseCredits(rule.threshold);
  const sends = rhythm === null ? trials(plan, at) : sendsOf(plan.serviceName, rhythm, plan.seed, days);
  for (const one of sends) {
    events.push({ at: one.at, happen: (context) => sendOne(context, key, one, threshold) });
  }
  if (rhythm === null) {
    events.push({ at: at(TRIAL_DAY, 9 * 60), happen: (context) => giveTrialCredits(context, key) });
  }
  return events;
}

/** Returns whether a recharge is due afterwards. */
async function sendOne(
  context: Context,
  key: AccountKey,
  one: DemoSend,
  threshold: Credits | null,
): Promise<boolean> {
  const { text, recipients, sender, serviceName } = one;
  const idempotencyKey = `demo:${serviceName}:${one.at.getTime()}`;
  const sent = valueOf(await send(context, key, { text, recipients, sender, idempotencyKey }));
  await carryAt(context, key.customerId, one.at);
  return isDue(parseCredits(sent.balance) ?? NO_CREDITS, threshold);
}

const TRIAL_DAY = 12;
const TRIAL_CREDITS = 21;

/** Thirty messages to Italy at 0.7: what is transferred is used up to the last thousandth. */
function trials(plan: DemoAccountPlan, at: (day: number, minute: number) => Date): DemoSend[] {
  const chance = new Chance(plan.seed);
  return [3, 8, 7, 12].map((count, index) => ({
    serviceName: plan.serviceName,
    at: at(TRIAL_DAY + index * 3, 15 * 60 + chance.below(90)),
    text: `Prova numero ${index + 1}: se leggete questo messaggio, tutto funziona.`,
    recipients: someOf(chance, ITALIAN, count, 50),
  }));
}

/** From the customer's first account. */
async function giveTrialCredits(context: Context, to: AccountKey): Promise<boolean> {
  const from: AccountKey = { customerId: to.customerId, serviceName: to.serviceName.replace(/\d+$/, "1") };
  valueOf(
    await post(context, {
      kind: "transfer",
      from,
      to,
      amount: wholeCredits(TRIAL_CREDITS),
      idempotencyKey: "transfer:demo",
      requestHash: `${from.serviceName} ${to.serviceName} ${TRIAL_CREDITS}`,
    }),
  );
  return true;
}

const ITALIAN_RATE = parseCredits("0.7") ?? NO_CREDITS;

/** One last offer, to so many recipients that the next message reaches the threshold. */
async function comeNear(context: Context, key: AccountKey, { rule }: DemoAccountPlan): Promise<void> {
  const { balance } = valueOf(await getAccount(context, key));
  const threshold = parseCredits(rule?.threshold ?? "0") ?? NO_CREDITS;
  const count = Number((balance - threshold - 1n) / ITALIAN_RATE);
  if (count <= 0) return;
  const recipients = Array.from({ length: count }, (_, index) => ITALIAN(index));
  const text =
    "Bottega Lume: il catalogo di dicembre è in negozio. Per non ricevere più offerte risponda STOP.";
  const at = context.now();
  valueOf(await send(context, key, { text, recipients, idempotencyKey: `demo:${key.serviceName}:last` }));
  await carryAt(context, key.customerId, at);
}
