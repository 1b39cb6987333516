import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messageRecipients, messages } from "@/db/schema/messages";
import { orders } from "@/db/schema/payments";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { creditsOf } from "@/lib/credits";
import { getMix } from "./service";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.close());

const now = new Date("2026-11-20T10:00:00Z");
const contextOf = (customerId: string): Context => ({
  caller: { kind: "customer", customerId, userId: "u" },
  db: base.db,
  now: () => now,
});
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

async function sent(account: { customerId: string; serviceName: string }, at: Date, countries: string[]) {
  const { customerId, serviceName } = account;
  const messageId = crypto.randomUUID();
  const each = creditsOf(700n);
  await base.db.insert(messages).values({
    customerId,
    messageId,
    serviceName,
    text: "Ciao",
    encoding: "gsm7",
    characters: 4,
    partsEach: 1,
    recipientCount: countries.length,
    creditThousandths: each * BigInt(countries.length),
    sentBy: "test",
    idempotencyKey: messageId,
    requestHash: "test",
    sentAt: at,
  });
  await base.db.insert(messageRecipients).values(
    countries.map((country, index) => ({
      customerId,
      messageId,
      position: index + 1,
      number: "+393331234567",
      country,
      rateThousandths: each,
      creditThousandths: each,
    })),
  );
}

async function bought(
  account: { customerId: string; serviceName: string },
  quantity: number,
  at: Date,
  state = "credited",
) {
  const { customerId, serviceName } = account;
  const unitPriceMicros = 42_000n;
  await base.owner.db.insert(orders).values({
    customerId,
    serviceName,
    kind: "purchase",
    quantity,
    priceList: "it",
    currency: "EUR",
    unitPriceMicros,
    unitPriceSource: "test",
    netMicros: unitPriceMicros * BigInt(quantity),
    netCents: 420n,
    vatBasisPoints: 2200,
    vatCents: 92n,
    totalCents: 512n,
    state: state === "credited" ? "credited" : "declined",
    idempotencyKey: crypto.randomUUID(),
    requestHash: "test",
    createdAt: at,
    ...(state === "credited" ? { paidAt: at, creditedAt: at } : {}),
  });
}

describe("the mix of an account", () => {
  test("counts the balance by what was sent in the last 90 days, and what was bought in them", async () => {
    const account = await anSmsAccount(base.db, { balance: creditsOf(163_400n) });
    await sent(account, daysAgo(3), ["IT", "IT", "FR"]);
    await sent(account, daysAgo(100), ["DE"]);
    for (let index = 0; index < 12; index += 1) await bought(account, 100, daysAgo(index));
    await bought(account, 1000, daysAgo(95));
    await bought(account, 1000, daysAgo(5), "declined");
    const mix = await getMix(contextOf(account.customerId), account);
    if (!mix.ok) throw new Error(mix.failure.code);
    expect(mix.value.sent.map(({ country, messages: count }) => [country, count])).toEqual([
      ["IT", 2n],
      ["FR", 1n],
    ]);
    expect(mix.value.messages).toBe(233n);
    expect(mix.value.bought).toMatchObject({
      packs: [{ quantity: 100, count: 12 }],
      netMicros: 50_400_000n,
      larger: { packs: [{ quantity: 1000 }, { quantity: 200 }], netMicros: 48_216_000n },
    });
  });

  test("of an account that did nothing says so", async () => {
    const account = await anSmsAccount(base.db);
    const mix = await getMix(contextOf(account.customerId), account);
    expect(mix).toMatchObject({ ok: true, value: { messages: null, bought: null, sent: [] } });
  });

  test("offers nothing where the packs were the cheapest already", async () => {
    const account = await anSmsAccount(base.db);
    await bought(account, 100, daysAgo(1));
    const mix = await getMix(contextOf(account.customerId), account);
    expect(mix).toMatchObject({ ok: true, value: { bought: { larger: null } } });
  });

  test("of another customer's account is not found", async () => {
    const account = await anSmsAccount(base.db);
    const stranger = await anSmsAccount(base.db);
    expect(await getMix(contextOf(stranger.customerId), account)).toMatchObject({
      ok: false,
      failure: { code: "not_found" },
    });
  });
});
