import "server-only";
import { createUser } from "@/lib/access/service";
import { createCustomer } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { addDays, dayIn, startOfDay } from "@/lib/day";
import { valueOf } from "@/lib/failure";
import { DEMO_PASSWORD } from "./sign-in-rules";
import { makeAccounts } from "./accounts";
import { DEMO_CUSTOMERS, type DemoCustomer } from "./customers";

/** One for each right, and a second one for billing: a large correction takes two. */
const DEMO_STAFF = [
  { email: "support@demo.test", name: "Assistenza Demo", role: "support" },
  { email: "billing@demo.test", name: "Bruna Contabile", role: "billing" },
  { email: "billing2@demo.test", name: "Carlo Revisore", role: "billing" },
  { email: "lead@demo.test", name: "Lea Responsabile", role: "lead" },
] as const;

const DAYS = 90;

/**
 * Makes the demo: two customers with their accounts, ninety days of messages and the recharges that they caused, and
 * the people who sign in. It is made by the product's own verbs, with clocks that stand in the past.
 *
 * Each customer is one transaction: a worker that runs meanwhile sees nothing unfinished, and after a crash the next
 * call makes what is missing. What is there already is left as it is. Throws if a verb refuses.
 */
export async function makeDemo(context: Context, days = DAYS): Promise<void> {
  for (const customer of DEMO_CUSTOMERS) {
    await context.db.transaction((tx) => makeCustomer({ ...context, db: tx }, customer, days));
  }
  for (const { email, name, role } of DEMO_STAFF) {
    valueOf(await createUser(context, { email, password: DEMO_PASSWORD, name, role, customerId: null }));
  }
}

async function makeCustomer(context: Context, demo: DemoCustomer, days: number): Promise<void> {
  const { customerId, name, priceList, timeZone, user } = demo;
  const today = dayIn(timeZone, context.now());
  const from = addDays(today, -days);
  const begun = startOfDay(from, timeZone);
  const past = { ...context, now: () => begun };
  const customer = valueOf(await createCustomer(past, { customerId, name, priceList, timeZone }));
  if (!customer.created) return;
  const { userId } = valueOf(
    await createUser(past, { ...user, password: DEMO_PASSWORD, role: "customer", customerId }),
  );
  await makeAccounts(context, demo, userId, { from, to: today, timeZone });
}
