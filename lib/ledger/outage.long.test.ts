import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { aCustomer, anSmsAccount } from "@/db/testing";
import { type DoomedServer, startDoomedServer } from "@/db/testing-outage";
import type { Context } from "@/lib/context";
import { creditsOf, MAX_CREDITS } from "@/lib/credits";
import { post } from "./service";
import type { LedgerEntry } from "./rules";
import { verifyAccounts } from "./verify-service";

/* A server of its own, with full durability: what was answered must be on the disk. */

let server: DoomedServer;
beforeAll(async () => {
  server = await startDoomedServer();
  await migrateDatabase(server.url);
});
afterAll(() => server.close());

test(
  "PostgreSQL killed under load, three times: nothing answered is lost, nothing is posted twice",
  { timeout: 180_000 },
  async () => {
    const owner = openDatabase(server.url, { as: "owner", max: 1 });
    await owner.sql`insert into price_lists values ('it', 'EUR', 2200, 'test')`;
    await owner.close();
    const pool = openDatabase(server.url);
    const context: Context = { caller: { kind: "system", name: "test" }, db: pool.db, now: () => new Date() };
    const { customerId } = await aCustomer(pool.db);
    const accounts = await Promise.all(
      [1, 2, 3].map(() => anSmsAccount(pool.db, { customerId, balance: MAX_CREDITS })),
    );

    const answered = new Map<string, readonly LedgerEntry[]>();
    let failures = 0;
    let isOver = false;
    const callers = Array.from({ length: 32 }, async (_, caller) => {
      for (let turn = 0; !isOver; turn += 1) {
        const idempotencyKey = `${caller.toString()}:${turn.toString()}`;
        const [from, to] = [accounts[caller % 3], accounts[(caller + 1) % 3]];
        if (from === undefined || to === undefined) throw new RangeError("no such account");
        const posting = { idempotencyKey, requestHash: "f", amount: creditsOf(1n) };
        const attempt =
          caller % 4 === 0
            ? post(context, { ...posting, kind: "transfer", from, to })
            : post(context, { ...posting, kind: "message", account: from });
        const result = await attempt.catch(() => null);
        if (result === null) failures += 1;
        else if (result.ok) answered.set(idempotencyKey, result.value.entries);
      }
    });

    for (let kill = 0; kill < 3; kill += 1) {
      await wait(700);
      const before = answered.size;
      await server.kill(200);
      while (answered.size < before + 200) await wait(20);
    }
    isOver = true;
    await Promise.all(callers);

    const stored = new Map<string, bigint>();
    for (const row of await pool.sql`select idempotency_key, sequence from entries where request_hash = 'f'`) {
      stored.set(String(row["idempotency_key"]), BigInt(String(row["sequence"])));
    }
    for (const entry of [...answered.values()].flat()) {
      expect(stored.get(entry.idempotencyKey)).toBe(entry.sequence);
    }
    expect(answered.size).toBeGreaterThan(600);
    // The callers are answered through an outage; who is not may ask again under the same idempotency key.
    expect(failures).toBeLessThan(64);
    const { discrepancies, accounts: seen } = await verifyAccounts(context, { after: null, limit: 100 });
    expect({ seen, discrepancies }).toEqual({ seen: 3, discrepancies: [] });
    const total = await pool.sql`select sum(balance)::bigint as balance from ledger_accounts`;
    const sent = await pool.sql`select count(*)::bigint as sent from entries where kind = 'message'`;
    expect(BigInt(String(total[0]?.["balance"])) + BigInt(String(sent[0]?.["sent"]))).toBe(3n * MAX_CREDITS);
    await pool.close();
  },
);
