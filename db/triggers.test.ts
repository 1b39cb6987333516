import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "./testing";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** They fill the search, which a copy of the database brings along. */
const OF_THE_SEARCH = /_are_found_/;

test("every trigger that guards rows fires always, also in a session that replays somebody else's changes", async () => {
  const triggers = await database.owner.sql<{ name: string; enabled: string }[]>`
    select t.tgname as name, t.tgenabled as enabled from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and c.relnamespace = 'public'::regnamespace order by t.tgname`;
  const guards = triggers.filter(({ name }) => !OF_THE_SEARCH.test(name));
  expect(guards.length).toBeGreaterThanOrEqual(10);
  expect(guards.filter(({ enabled }) => enabled !== "A").map(({ name }) => name)).toEqual([]);
});
