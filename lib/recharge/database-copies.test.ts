import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { isDue } from "@/lib/ledger/rules";
import { credits, makeFixture, rule } from "./recharge.testing";
import { QUANTITIES } from "./rules";
import { readOverlooked } from "./worker-store";

/* What the database holds by itself, where the code says the same: what is due, and what may be bought. */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const EDGES = ["19.999", "20", "20.001"];

test.each(EDGES)(
  "at a balance of %s and a threshold of 20 the sweep finds what the ledger calls due",
  async (balance) => {
    const { key } = await makeFixture(database, { balance });
    // What no code does: a threshold that is reached without a crossing.
    await database.owner.sql`update ledger_accounts set threshold = 20000, version = version + 1
    where customer_id = ${key.customerId} and service_name = ${key.serviceName}`;
    const found = (await readOverlooked(database.db, 1000)).some(
      ({ customerId }) => customerId === key.customerId,
    );
    expect(found).toBe(isDue(credits(balance), credits("20")));
  },
);

test.each(EDGES)(
  "a crossing at a balance of %s and a threshold of 20 exists only where it is due",
  async (balance) => {
    const { key } = await makeFixture(database, { balance });
    const written = database.owner.sql`
    insert into crossings (customer_id, service_name, crossing, sequence, balance, threshold, opened_at, closed_at)
    values (${key.customerId}, ${key.serviceName}, 1, 1, ${credits(balance).toString()}, 20000, now(), now())`.then(
      () => true,
      (error: unknown) => {
        expect(error).toMatchObject({ constraint_name: "crossing_at_or_below_its_threshold" });
        return false;
      },
    );
    expect(await written).toBe(isDue(credits(balance), credits("20")));
  },
);

test("a rule may hold exactly the quantities on offer", async () => {
  const fixture = await makeFixture(database, { balance: "5" });
  await rule(fixture, "1", "100");
  const { customerId } = fixture.key;
  const held: number[] = [];
  for (const quantity of [
    ...QUANTITIES,
    ...QUANTITIES.flatMap((each) => [each - 1, each + 1, each * 10]),
    0,
    50,
    5000,
  ]) {
    const { count } = await database.owner.sql`update recharge_rules set quantity = ${quantity}
      where customer_id = ${customerId}`.catch((error: unknown) => {
      expect(error).toMatchObject({ constraint_name: "rule_quantity_offered" });
      return { count: 0 };
    });
    if (count === 1) held.push(quantity);
  }
  expect(held.filter((quantity) => !QUANTITIES.some((offered) => offered === quantity))).toEqual([]);
  expect(new Set(held)).toEqual(new Set(QUANTITIES));
});
