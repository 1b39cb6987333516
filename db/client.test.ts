import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { expect, test, vi } from "vitest";
import { openDatabase } from "./client";
import { customers } from "./schema/accounts";
import { testDatabase } from "./testing";

test("a statement of Drizzle's is prepared once on its connection, in transactions too", async () => {
  const { url, close } = await testDatabase();
  const pool = openDatabase(url, { max: 1 });
  try {
    const read = (db: typeof pool.db, id: string) =>
      db.select().from(customers).where(eq(customers.customerId, id));
    await read(pool.db, "a-ovh");
    await pool.db.transaction(async (tx) => {
      await read(tx, "b-ovh");
      await tx.transaction((inner) => read(inner, "c-ovh"));
    });
    const prepared = await pool.db.execute(sql`
      select statement, (generic_plans + custom_plans)::int as runs from pg_prepared_statements
      where statement like '%from "customers"%' and statement not like '%pg_prepared_statements%'`);
    expect(prepared).toEqual([{ statement: expect.stringContaining("$1") as string, runs: 3 }]);
  } finally {
    await pool.close();
    await close();
  }
});

test("Drizzle does not prepare by itself yet; when this fails, delete `prepare: true` in db/bounded.ts and this test", async () => {
  const { url, close } = await testDatabase();
  const client = postgres(url, { max: 1 });
  try {
    const db = drizzle(client);
    await db.select().from(customers).where(eq(customers.customerId, "a-ovh"));
    expect(
      await client`select statement from pg_prepared_statements where statement like '%"customers"%'`.simple(),
    ).toEqual([]);
  } finally {
    await client.end();
    await close();
  }
});

test("the raw client of a pool is found by every copy of the module, as the framework's bundles have them", async () => {
  const pool = openDatabase("postgres://nobody:x@127.0.0.1:1/none");
  vi.resetModules();
  const copy = await import("./client");
  expect(copy.openDatabase).not.toBe(openDatabase);
  expect(copy.clientOf(pool.db)).toBe(pool.sql);
  await pool.close();
});
