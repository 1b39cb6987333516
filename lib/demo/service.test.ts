import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { customers } from "@/db/schema/accounts";
import { messages } from "@/db/schema/messages";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { getAccount, listAccounts } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { send } from "@/lib/messages/service";
import { buyCredits } from "@/lib/orders/service";
import { makeFixture, outcomeOf, rule } from "@/lib/recharge/recharge.testing";
import { valueOf } from "@/lib/failure";
import { makeDemo } from "./service";

// A Sunday noon in Rome.
const NOW = new Date("2026-11-22T11:00:00Z");
const contextOn = ({ db }: TestDatabase): Context => ({
  caller: { kind: "system", name: "demo" },
  db,
  now: () => NOW,
});

/** What the demo is, without what a machine makes up. */
const contentOf = ({ sql }: TestDatabase) => sql`
  select service_name, sequence, kind, amount, balance_after, posted_at from entries
  order by service_name, sequence`;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await makeDemo(contextOn(database));
}, 120_000);
afterAll(() => database.close());

describe("the demo", () => {
  test("has an account that lives, one that is about to be recharged, one that is empty and off, and a French one", async () => {
    const account = async (customerId: string, serviceName: string) => {
      const found = await getAccount(contextOn(database), { customerId, serviceName });
      if (!found.ok) throw new Error(serviceName);
      return found.value;
    };
    const surgery = await account("ab12345-ovh", "sms-ab12345-1");
    expect(surgery).toMatchObject({ rule: "on", threshold: 150_000n, quantity: 500, priceList: "it" });
    expect(surgery.balance).toBeGreaterThan(150_000n);
    const shop = await account("ab12345-ovh", "sms-ab12345-2");
    expect(shop).toMatchObject({ rule: "on", threshold: 50_000n });
    expect(shop.balance).toBeGreaterThan(50_000n);
    expect(shop.balance).toBeLessThanOrEqual(50_700n);
    expect(await account("ab12345-ovh", "sms-ab12345-3")).toMatchObject({ balance: 0n, rule: "off" });
    const bookshop = await account("cd67890-ovh", "sms-cd67890-1");
    expect(bookshop).toMatchObject({ rule: "on", priceList: "fr", timeZone: "Europe/Paris" });
    expect(bookshop.balance).toBeGreaterThan(80_000n);
    expect(await listAccounts(contextOn(database), "ab12345-ovh")).toMatchObject({ value: { length: 3 } });
  });

  test("has ninety days of messages and the recharges that they caused, none of them open", async () => {
    const kinds = await database.sql<
      { service: string; kind: string; count: number; first: string; last: string }[]
    >`
      select service_name service, kind, count(*)::int, min(posted_at)::text first, max(posted_at)::text last
      from entries group by 1, 2 order by 1, 2`;
    const count = (service: string, kind: string) =>
      kinds.find((row) => row.service === service && row.kind === kind)?.count ?? 0;
    for (const service of ["sms-ab12345-1", "sms-ab12345-2", "sms-cd67890-1"]) {
      expect(count(service, "message")).toBeGreaterThan(120);
      expect(count(service, "recharge")).toBeGreaterThanOrEqual(3);
    }
    expect(count("sms-ab12345-1", "purchase")).toBe(1);
    expect(count("sms-ab12345-3", "transfer_in")).toBe(1);
    const times = kinds.flatMap((row) => [new Date(row.first), new Date(row.last)]);
    expect(Math.min(...times.map(Number))).toBeLessThan(NOW.getTime() - 89 * 86_400_000);
    expect(Math.max(...times.map(Number))).toBeLessThan(NOW.getTime());
    const [open] = await database.sql`select
      (select count(*)::int from crossings where closed_at is null) crossings,
      (select count(*)::int from recharges where state <> 'credited') recharges,
      (select count(*)::int from orders where state <> 'credited') orders,
      (select count(*)::int from sandbox_gateway.instructions) instructions`;
    expect(open).toEqual({ crossings: 0, recharges: 0, orders: 0, instructions: 0 });
  });

  test("keeps every invariant: balance is the sum of entries, and each entry follows its send in time", async () => {
    const wrong = await database.sql`
      select a.service_name, a.balance, sum(m.amount) from ledger_accounts a join entries m using (customer_id, service_name)
      group by 1, 2, a.sequence having sum(m.amount) <> a.balance or max(m.sequence) <> a.sequence or count(*) <> a.sequence`;
    expect(wrong).toEqual([]);
    const late = await database.sql`
      select m.idempotency_key from entries m join messages s on 'message:' || s.message_id = m.idempotency_key
      where m.posted_at <> s.sent_at or -m.amount <> s.credit_thousandths`;
    expect(late).toEqual([]);
  });

  test("has carried every message to its end, and reached nearly everybody", async () => {
    const [sum] = await database.sql<
      { ended: number; open: number; delivered: number; undelivered: number }[]
    >`
      select count(*) filter (where state = 'ended')::int ended, count(*) filter (where state <> 'ended')::int open,
        sum(delivered)::int delivered, sum(undelivered)::int undelivered from deliveries`;
    expect(sum).toMatchObject({ ended: await database.db.$count(messages), open: 0 });
    expect(sum?.undelivered).toBeGreaterThan(20);
    expect(sum?.delivered).toBeGreaterThan(30 * (sum?.undelivered ?? 0));
  });

  test("has one payment that was declined and went through a minute later", async () => {
    const attempts = await database.sql`
      select outcome, code from payment_attempts where customer_id = 'cd67890-ovh' and attempt = 1 and outcome <> 'paid'`;
    expect(attempts).toEqual([{ outcome: "declined", code: "insufficient_funds" }]);
  });

  test("has the people who may sign in", async () => {
    expect(await database.sql`select email, role, customer_id from users order by email`).toEqual([
      { email: "billing2@demo.test", role: "billing", customer_id: null },
      { email: "billing@demo.test", role: "billing", customer_id: null },
      { email: "client.fr@demo.test", role: "customer", customer_id: "cd67890-ovh" },
      { email: "cliente.it@demo.test", role: "customer", customer_id: "ab12345-ovh" },
      { email: "lead@demo.test", role: "lead", customer_id: null },
      { email: "support@demo.test", role: "support", customer_id: null },
    ]);
  });

  test("made again changes nothing, also when it has been used since", async () => {
    const before = await contentOf(database);
    await makeDemo(contextOn(database));
    expect(await contentOf(database)).toEqual(before);
  });
});

test("a crash half-way leaves nothing unfinished, and the next time makes what is missing, alike", async () => {
  const crashed = await testDatabase();
  const whole = await testDatabase();
  try {
    let looks = 0;
    const crashing: Context = {
      ...contextOn(crashed),
      // The second customer begins with the third look at the clock.
      now: () => {
        looks += 1;
        if (looks === 3) throw new Error("crash");
        return NOW;
      },
    };
    await expect(makeDemo(crashing, 14)).rejects.toThrow("crash");
    expect(await crashed.db.$count(customers)).toBe(1);
    await makeDemo(contextOn(crashed), 14);
    await makeDemo(contextOn(whole), 14);
    expect(await contentOf(crashed)).toEqual(await contentOf(whole));
  } finally {
    await crashed.close();
    await whole.close();
  }
}, 120_000);

test("what waits for the worker of another customer is left to it: crossing, order and message", async () => {
  const shared = await testDatabase();
  try {
    const other = await makeFixture(shared, { balance: "20" });
    await rule(other, "150", "500");
    valueOf(await buyCredits(other.customer, other.key, { quantity: 100, idempotencyKey: "by-hand" }));
    const message = { text: "Ciao", recipients: "+393471234567", idempotencyKey: "a-message" };
    valueOf(await send(other.customer, other.key, message));
    const waiting = async () => [
      await outcomeOf(other),
      await shared.sql`select state, attempts, lease from orders where customer_id = ${other.key.customerId}`,
      await shared.sql`select state, lease from deliveries where customer_id = ${other.key.customerId}`,
    ];
    const before = await waiting();
    expect(before).toMatchObject([
      { crossings: [{ closed: false }], recharges: [], paid: 0 },
      [{ state: "open", lease: null }],
      [{ state: "waiting", lease: null }],
    ]);
    await makeDemo(contextOn(shared), 14);
    expect(await waiting()).toEqual(before);
  } finally {
    await shared.close();
  }
}, 120_000);
