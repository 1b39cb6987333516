import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { wholeCredits } from "@/lib/credits";
import type { ApiServer } from "./server";
import { aServer, ask, keysOf, type Keys } from "./testing/client";

let database: TestDatabase;
let server: ApiServer;
let keys: Keys;
let customerId: string;

beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
  server = aServer(database.db);
  ({ customerId } = await aCustomer(database.db));
  keys = await keysOf(server, customerId);
});
afterAll(() => database.close());

const balanceOf = async (serviceName: string) => {
  const { body } = await ask(server, keys, { path: `/sms/${serviceName}` });
  return (body as { creditsLeft: number }).creditsLeft;
};

describe("transfers at the same time", () => {
  test("64 both ways: no deadlock, no credit made or lost, none negative", async () => {
    const { serviceName: a } = await anSmsAccount(database.db, { customerId, balance: wholeCredits(100) });
    const { serviceName: b } = await anSmsAccount(database.db, { customerId, balance: wholeCredits(100) });
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, index) => {
        const [from, to] = index % 2 === 0 ? [a, b] : [b, a];
        const body = { credits: 1 + (index % 7) * 1.125, smsAccountTarget: to };
        return ask(server, keys, { method: "POST", path: `/sms/${from}/transferCredits`, body });
      }),
    );
    const done = answers.filter(({ status }) => status === 200).length;
    const short = answers.filter(({ body }) => JSON.stringify(body).includes("NOT_ENOUGH_CREDITS")).length;
    expect([done + short, done > 16]).toEqual([64, true]);
    const [left, right] = [await balanceOf(a), await balanceOf(b)];
    expect(left + right).toBe(200);
    expect(Math.min(left, right)).toBeGreaterThanOrEqual(0);
    const pairs =
      await database.sql`select replace(idempotency_key, ':in', '') as transfer, count(*)::int as legs, sum(amount)::text as sum
      from entries where kind like 'transfer%' and service_name in (${a}, ${b}) group by 1`;
    expect(pairs.length).toBe(done);
    expect(pairs.every((pair) => pair["legs"] === 2 && pair["sum"] === "0")).toBe(true);
  });
});
