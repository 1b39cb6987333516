import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase, type Sql } from "./client";
import { ensureLogins } from "./embedded/logins";
import { identified, WrongIdentity } from "./identity";
import { testDatabase, type TestDatabase } from "./testing";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(async () => {
  await base.close();
});

/** As behind a pooler that drops the startup parameters: the connections of the login, as it comes. */
function withoutStartup(role: string, isReadOnly: boolean) {
  const client = postgres(base.url, { max: 2, types: { bigint: postgres.BigInt } });
  const { sql } = identified(client, { role, isReadOnly });
  return { sql, close: () => client.end({ timeout: 1 }) };
}

describe("a pool whose connections work as somebody else", () => {
  test.each([
    ["a statement", (sql: Sql) => sql`select 1`],
    ["a statement of Drizzle's", (sql: Sql) => sql.unsafe("select 1", []).values()],
    ["a transaction", (sql: Sql) => sql.begin((tx) => tx`select 1`)],
    ["a connection set aside", (sql: Sql) => sql.reserve()],
  ])("refuses %s, and says what to set", async (_what, ask) => {
    const { sql, close } = withoutStartup("ricarica_app", false);
    try {
      const refused: unknown = await Promise.resolve(ask(sql)).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(WrongIdentity);
      expect(String(refused)).toMatch(/ricarica_app.*pooler.*DATABASE_URL_STAFF.*DATABASE_URL_OWNER.*README/);
    } finally {
      await close();
    }
  });

  test("refuses the staff's role where it may write", async () => {
    const client = postgres(base.url, {
      max: 1,
      types: { bigint: postgres.BigInt },
      connection: { role: "ricarica_support" },
    });
    const { sql } = identified(client, { role: "ricarica_support", isReadOnly: true });
    await expect(sql`select 1`).rejects.toThrow(
      /which may write.*read-only.*default_transaction_read_only = on/,
    );
    await client.end();
  });
});

test("who it is is asked once, and again after a connection was lost", async () => {
  let asked = 0;
  const client = postgres(base.url, {
    max: 3,
    types: { bigint: postgres.BigInt },
    connection: { role: "ricarica_app" },
    debug: (_connection, query) => {
      if (query.includes("current_user")) asked += 1;
    },
  });
  const { sql, forget } = identified(client, { role: "ricarica_app", isReadOnly: false });
  const one = () => sql`select ${1}::int as one, ${sql`2`} as two`;
  expect(await Promise.all([one(), one(), one()])).toEqual(Array(3).fill([{ one: 1, two: 2 }]));
  await one();
  expect(asked).toBe(1);
  forget();
  await one();
  expect(asked).toBe(2);
  await client.end();
});

describe("the logins of the embedded server", () => {
  test("hold the rights of one role, and none leads to the owner", async () => {
    const { url, staffUrl } = await ensureLogins(base.owner.sql, base.url);
    expect(await ensureLogins(base.owner.sql, base.url)).toEqual({ url, staffUrl });
    for (const [address, as] of [
      [url, "application"],
      [staffUrl, "support"],
    ] as const) {
      const pool = openDatabase(address, { as, max: 1 });
      try {
        expect(await pool.sql`select count(*)::int as n from customers`).toEqual([{ n: 0 }]);
        for (const way of ["reset role", "set role none", "reset session authorization", "discard all"]) {
          await pool.sql.unsafe(way);
          for (const statement of ["alter table orders disable trigger all", "create table mine (id int)"]) {
            await expect(pool.sql.unsafe(`begin read write; ${statement}`)).rejects.toMatchObject({
              code: "42501",
            });
            await pool.sql.unsafe("rollback");
          }
        }
        await expect(pool.sql.unsafe("set role ricarica")).rejects.toMatchObject({ code: "42501" });
      } finally {
        await pool.close();
      }
    }
    // Without the startup parameters too, as behind a pooler that drops them.
    for (const [address, role, isReadOnly] of [
      [url, "ricarica_app", false],
      [staffUrl, "ricarica_support", true],
    ] as const) {
      const client = postgres(address, { max: 1, types: { bigint: postgres.BigInt } });
      expect(await identified(client, { role, isReadOnly }).sql`select 1 as one`).toEqual([{ one: 1 }]);
      await client.end();
    }
  });
});
