import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { valueOf } from "@/lib/failure";
import { post } from "@/lib/ledger/service";
import { transferCredits } from "./service";
import { credits, type Fixture, makeFixture } from "@/lib/recharge/recharge.testing";

/*
 * A session keeps the plans of its statements and triggers. Here they are made while the tables are empty, and no ANALYZE
 * comes: what a posting reads must not depend on how many others there are.
 */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ max: 1 });
  await database.owner.sql.unsafe(`do $$ declare one regclass; begin
    for one in select oid from pg_class where relkind = 'r' and relowner = (select oid from pg_roles where rolname = current_user)
    loop execute format('alter table %s set (autovacuum_enabled = off)', one); end loop; end $$`);
});
afterAll(() => database.close());

type Kind = (fixture: Fixture, context: Context, target: string) => Promise<unknown>;

const message: Kind = async ({ key }, context) =>
  valueOf(
    await post(context, {
      kind: "message",
      account: key,
      amount: credits("0.001"),
      idempotencyKey: randomUUID(),
      requestHash: "f",
    }),
  );

const KINDS: Readonly<Record<string, Kind>> = {
  message,
  transfer: async ({ key }, context, target) =>
    valueOf(await transferCredits(context, key, { credits: "0.001", target, idempotencyKey: randomUUID() })),
};

/** What most of the times read: now and then one finds a page to tidy up. */
async function buffersOf(work: () => Promise<unknown>, times: number): Promise<number> {
  const read = async () => {
    await database.sql`select pg_stat_force_next_flush()`;
    const [row] = await database.sql`select (blks_hit + blks_read)::int as blocks from pg_stat_database
      where datname = current_database()`;
    return Number(row?.["blocks"]);
  };
  const counts: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const before = await read();
    await work();
    counts.push((await read()) - before);
  }
  return counts.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

test("what a posting reads is the same after 5,000 others, by plans that were made when there was none", async () => {
  const fixture = await makeFixture(database, { balance: "100000" });
  const { serviceName: target } = await anSmsAccount(database.db, { customerId: fixture.key.customerId });
  const measure = async () => {
    const read: Record<string, number> = {};
    for (const [name, kind] of Object.entries(KINDS))
      read[name] = await buffersOf(() => kind(fixture, fixture.customer, target), 20);
    return read;
  };
  await measure();
  const before = await measure();
  const others = openDatabase(database.url, { max: 1 });
  const beside = { ...fixture.customer, db: others.db };
  for (const [kind, times] of [
    [message, 5000],
    [KINDS["transfer"] ?? message, 1000],
  ] as const)
    await Promise.all(Array.from({ length: times }, () => kind(fixture, beside, target)));
  await others.close();
  const after = await measure();
  // Indexes grow by a level now and then; a plan that reads all entries reads thousands of blocks.
  for (const [name, blocks] of Object.entries(after))
    expect(blocks).toBeLessThan(2 * (before[name] ?? 0) + 12);
});
