import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "./testing";

/*
 * Whatever belongs to a customer is found by its customer first, so that the tables can be spread over many nodes by
 * customer without a change of the code. Read from the catalogue, so that no new table is forgotten: one that is shared,
 * or that leads with something else, has to be named here with its reason.
 */

/** Tables of no customer: what all share, and what is asked before it is known who asks. */
const SHARED = [
  "price_lists",
  "destination_rates",
  "pack_prices",
  "price_version",
  "sessions",
  "credentials",
  "verifications",
  "rate_limits",
  "api_signatures",
  "api_budgets",
  "check_progress",
  "worker_heartbeats",
];
/** Who signs in brings an address, a program its key: the customer is what these tables answer. */
const DIRECTORIES = ["users", "api_applications", "api_credentials"];
/** A projection that the search of staff runs through across all customers, and that is made again from the tables. */
const PROJECTIONS = ["search_phrases"];
/** What customers' rows may point at without naming a customer: small, and the same on every node. */
const REFERENCES = ["users", "price_lists"];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const OWNED = `
  select c.oid, c.relname, customer.attnum as customer, customer.attnotnull as is_required
  from pg_class c
  left join pg_attribute customer on customer.attrelid = c.oid and customer.attname = 'customer_id'
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;

test("a table has a customer, or is known to be shared", async () => {
  const rows = await database.owner.sql.unsafe<{ relname: string; is_required: boolean | null }[]>(OWNED);
  const without = rows.filter((row) => row.is_required === null).map((row) => row.relname);
  expect(without.toSorted()).toEqual(SHARED.toSorted());
  const optional = rows.filter((row) => row.is_required === false).map((row) => row.relname);
  expect(optional.filter((name) => !DIRECTORIES.includes(name))).toEqual([]);
});

test("the customer leads every primary and unique key", async () => {
  const rows = await database.owner.sql.unsafe<{ table: string; key: string; leads: boolean }[]>(`
    with owned as (${OWNED})
    select o.relname as table, x.indexrelid::regclass::text as key, x.indkey[0] = o.customer as leads
    from pg_index x join owned o on o.oid = x.indrelid and o.customer is not null
    where x.indisunique or x.indisprimary`);
  expect(rows.length).toBeGreaterThan(20);
  const astray = rows.filter((row) => !row.leads && ![...DIRECTORIES, ...PROJECTIONS].includes(row.table));
  expect(astray).toEqual([]);
});

test("the customer leads every foreign key, on both its sides", async () => {
  const rows = await database.owner.sql.unsafe<
    { table: string; target: string; key: string; leads: boolean }[]
  >(`
    with owned as (${OWNED})
    select o.relname as table, t.relname as target, k.conname as key, 
      coalesce(k.conkey[1] = o.customer and k.confkey[1] = t.customer, false) as leads
    from pg_constraint k join owned o on o.oid = k.conrelid join owned t on t.oid = k.confrelid
    where k.contype = 'f'`);
  expect(rows.filter((row) => row.leads).length).toBeGreaterThan(10);
  const astray = rows.filter(
    (row) =>
      !row.leads && !REFERENCES.includes(row.target) && ![...DIRECTORIES, ...SHARED].includes(row.table),
  );
  expect(astray).toEqual([]);
});
