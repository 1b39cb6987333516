import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqlStateOf } from "@/db/errors";
import type { Pool } from "@/db/client";
import { aCustomer, testDatabase, type TestDatabase } from "@/db/testing";
import { staffPool } from "./staff.testing";

/*
 * "StaffAccess, don't touch" below the application: whatever a page of staff might send, the role that it reads with has no
 * right to write, and each of its transactions is read-only unless it says otherwise.
 */

let base: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  base = await testDatabase();
  pool = staffPool(base);
});
afterAll(async () => {
  await pool.close();
  await base.close();
});

const NO_RIGHT = "42501";
const READ_ONLY = "25006";
const APPEND_ONLY = "23001";
const NUMBERED_BY_THE_DATABASE = "428C9";

/** The code of the error that a statement ends with; "none" if it went through. */
async function errorOf(statement: string, mode: "as it comes" | "read write"): Promise<string> {
  const connection = await pool.sql.reserve();
  try {
    await connection.unsafe(mode === "read write" ? "begin read write" : "begin");
    await connection.unsafe(statement);
    return "none";
  } catch (error) {
    return sqlStateOf(error) ?? String(error);
  } finally {
    await connection.unsafe("rollback");
    connection.release();
  }
}

type TableRow = { name: string; column: string };
const everyTable = (sql: Pool["sql"]) => sql<TableRow[]>`
  select format('%I.%I', n.nspname, c.relname) as name, quote_ident(a.attname) as column
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  cross join lateral (
    -- What the database numbers by itself, nobody may set: that refusal would hide the one that is looked for.
    select attname from pg_attribute where attrelid = c.oid and attnum > 0 and attidentity = '' order by attnum limit 1
  ) as a
  where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
  order by 1`;

const statementsFor = ({ name, column }: TableRow) => [
  `insert into ${name} default values`,
  `update ${name} set ${column} = ${column}`,
  `delete from ${name}`,
  `truncate ${name}`,
];

test("no table but the audit log can be written, in a transaction that says it writes, by any statement", async () => {
  const tables = await everyTable(base.owner.sql);
  expect(tables.length).toBeGreaterThan(25);
  const others = tables.filter(({ name }) => name !== "public.access_log");
  expect(others).toHaveLength(tables.length - 1);
  const through: string[] = [];
  for (const table of others) {
    for (const statement of statementsFor(table)) {
      const code = await errorOf(statement, "read write");
      if (code !== NO_RIGHT) through.push(`${statement}: ${code}`);
    }
  }
  expect(through).toEqual([]);
});

test.each(["update access_log set ticket = 'x'", "delete from access_log", "truncate access_log"])(
  "the audit log only grows: %s",
  async (statement) => {
    expect(await errorOf(statement, "read write")).toBe(NO_RIGHT);
    // Not for the owner of the table, either.
    await expect(base.owner.sql.unsafe(statement)).rejects.toMatchObject({ code: APPEND_ONLY });
  },
);

describe("a line of the audit log", () => {
  const insert = (columns: string, values: string) =>
    `insert into access_log (customer_id, staff_user_id, staff_right, what, address${columns})
     select customer_id, 'u', 'support', 'overview', '192.0.2.1'${values} from customers limit 1`;

  test("is written only where the transaction says that it writes", async () => {
    await aCustomer(base.db);
    expect(await errorOf(insert("", ""), "as it comes")).toBe(READ_ONLY);
    expect(await errorOf(insert("", ""), "read write")).toBe("none");
  });

  test("has an instant and a number that nobody chooses", async () => {
    expect(await errorOf(insert(", at", ", now() - interval '1 year'"), "read write")).toBe(NO_RIGHT);
    expect(await errorOf(insert(", access_id", ", 1"), "read write")).toBe(NUMBERED_BY_THE_DATABASE);
  });
});

test.each([
  "select token from sessions",
  "select * from sessions",
  "select password from credentials",
  "select method_token from payment_attempts",
  "select token from payment_methods",
  "select * from payment_methods",
  "select value from verifications",
  "select * from api_applications",
  "select * from api_credentials",
  "select text from messages",
  "select * from message_recipients",
])("what nobody has to see is not read: %s", async (statement) => {
  expect(await errorOf(statement, "as it comes")).toBe(NO_RIGHT);
});

test.each([
  "select * from ledger_accounts for update",
  "lock table orders in exclusive mode",
  "create table mine (id int)",
  "alter table orders disable trigger all",
  "drop table orders",
  "select nextval('orders_order_id_seq')",
])("nor by another way: %s", async (statement) => {
  expect(await errorOf(statement, "read write")).toBe(NO_RIGHT);
});
