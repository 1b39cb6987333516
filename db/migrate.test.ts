import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wholeCredits } from "../lib/credits";
import { openDatabase } from "./client";
import { refusalOf, sqlStateOf } from "./errors";
import { countPending, migrateDatabase } from "./migrate";
import { ledgerAccounts, entries } from "./schema/ledger";
import { aCustomer, anSmsAccount, emptyDatabase, testDatabase, type TestDatabase } from "./testing";

describe("migrations", () => {
  test("fill an empty database, once, however many start at the same time", async () => {
    const { url, close } = await emptyDatabase();
    const results = await Promise.all([1, 2, 3, 4].map(() => migrateDatabase(url)));
    expect(results.filter((result) => result.applied > 0)).toHaveLength(1);
    expect(await migrateDatabase(url)).toEqual({ applied: 0 });
    await close();
  });

  test("of two databases of one server can run at the same time", async () => {
    const databases = await Promise.all([1, 2, 3].map(() => emptyDatabase()));
    const results = await Promise.all(databases.map(({ url }) => migrateDatabase(url)));
    expect(results.every((result) => result.applied > 0)).toBe(true);
    await Promise.all(databases.map(({ close }) => close()));
  });
});

test("a login that owns nothing may start on a database that is up to date, and may not bring it there", async () => {
  const { url, owner, close } = await testDatabase();
  const login = `server_${randomBytes(4).toString("hex")}`;
  await owner.sql.unsafe(`create role ${login} login password 'a-word' in role ricarica_app`);
  const asLogin = (address: string) => {
    const changed = new URL(address);
    changed.username = login;
    changed.password = "a-word";
    return changed.href;
  };
  expect(await migrateDatabase(asLogin(url))).toEqual({ applied: 0 });
  const product = openDatabase(asLogin(url));
  expect(await product.sql`select current_user::text as me`).toEqual([{ me: "ricarica_app" }]);
  await product.close();
  const empty = await emptyDatabase();
  await expect(migrateDatabase(asLogin(empty.url))).rejects.toThrow();
  await empty.close();
  await close();
});

describe("the database", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  const outcome = async (work: Promise<unknown>) => {
    try {
      await work;
      return "done";
    } catch (error) {
      return sqlStateOf(error);
    }
  };

  test("is used by the product in a role without an owner's rights", async () => {
    const [row] =
      await database.sql`select current_user::text as me, rolsuper or rolcreaterole or rolcreatedb as strong
      from pg_roles where rolname = current_user`;
    expect(row).toEqual({ me: "ricarica_app", strong: false });
    expect(await outcome(database.sql`create table mine (id int)`)).toBe("42501");
    expect(await outcome(database.sql`insert into price_lists values ('xx', 'EUR', 0, 'nobody')`)).toBe(
      "42501",
    );
  });

  test("tells the product's role that no migration is pending", async () => {
    expect(await countPending(database.sql)).toBe(0);
  });

  const appendOnly = ["entries", "rule_versions", "decisions"];
  const changes = appendOnly.flatMap((table) => [
    `update ${table} set customer_id = customer_id`,
    `delete from ${table}`,
    `truncate ${table}`,
  ]);
  test.each(changes)("refuses the product %s, for want of the right", async (change) => {
    expect(await outcome(database.sql.unsafe(change))).toBe("42501");
  });

  test.each([...changes, "delete from orders", "truncate orders cascade"])(
    "refuses the owner of the tables %s, by a trigger",
    async (change) => {
      expect(await outcome(database.owner.sql.unsafe(change))).toBe("23001");
    },
  );

  test("keeps an entry unchanged when an insert meets it again", async () => {
    const account = await anSmsAccount(database.db, { balance: wholeCredits(5) });
    const again = sql`insert into entries select * from entries where service_name = ${account.serviceName}
      on conflict (customer_id, service_name, sequence) do update set amount = 1`;
    expect(await outcome(database.owner.db.execute(again))).toBe("23001");
  });

  test("keeps the figures of an order, and lets its state go on", async () => {
    const { customerId, serviceName } = await anSmsAccount(database.db);
    const { sql } = database.owner;
    await sql`insert into orders (customer_id, service_name, kind, quantity, price_list, currency, unit_price_micros,
      unit_price_source, net_micros, net_cents, vat_basis_points, vat_cents, total_cents, state, idempotency_key,
      request_hash, created_at, due_at)
      values (${customerId}, ${serviceName}, 'purchase', 100, 'it', 'EUR', 42000, 'test', 4200000, 420, 2200, 92, 512,
      'open', 'key', 'print', now(), now())`;
    expect(
      await outcome(
        sql`update orders set quantity = 200, net_micros = 8400000 where customer_id = ${customerId}`,
      ),
    ).toBe("23001");
    const pay = database.sql`update orders set state = 'paid', paid_at = now() where customer_id = ${customerId}`;
    expect(await outcome(pay)).toBe("done");
    expect(
      await outcome(database.sql`update orders set total_cents = 1 where customer_id = ${customerId}`),
    ).toBe("42501");
  });
});

describe("a transfer", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  type Leg = {
    service: string;
    peer: string;
    amount: bigint;
    idempotencyKey: string;
    kind: "transfer_out" | "transfer_in";
  };
  const legs = (from: string, to: string): [Leg, Leg] => [
    { service: from, peer: to, amount: -1000n, idempotencyKey: "t1", kind: "transfer_out" },
    { service: to, peer: from, amount: 1000n, idempotencyKey: "t1:in", kind: "transfer_in" },
  ];

  const write = async (change: (out: Leg, into: Leg) => Leg[]) => {
    const { customerId } = await aCustomer(database.db);
    const balance = wholeCredits(10);
    const from = await anSmsAccount(database.db, { customerId, balance });
    const to = await anSmsAccount(database.db, { customerId, balance });
    const rows = change(...legs(from.serviceName, to.serviceName)).map((leg) => ({
      customerId,
      serviceName: leg.service,
      sequence: 2n,
      kind: leg.kind,
      counter: "available" as const,
      amount: leg.amount,
      balanceBefore: balance,
      balanceAfter: balance + leg.amount,
      idempotencyKey: leg.idempotencyKey,
      requestHash: "f",
      peerServiceName: leg.peer,
      postedAt: new Date(),
    }));
    try {
      await database.db.transaction(async (tx) => {
        for (const row of rows) {
          await tx
            .update(ledgerAccounts)
            .set({ balance: row.balanceAfter, sequence: row.sequence, lastPostedAt: row.postedAt })
            .where(eq(ledgerAccounts.serviceName, row.serviceName));
        }
        await tx.insert(entries).values(rows);
      });
      return "done";
    } catch (error) {
      return refusalOf(error)?.constraint_name ?? refusalOf(error)?.message;
    }
  };

  test("with both legs is written", async () => {
    expect(await write((out, into) => [out, into])).toBe("done");
  });

  test.each<[string, (out: Leg, into: Leg) => Leg[]]>([
    ["without the leg that comes in", (out) => [out]],
    ["without the leg that goes out", (_, into) => [into]],
    ["of two amounts", (out, into) => [out, { ...into, amount: 999n }]],
    ["of two keys", (out, into) => [out, { ...into, idempotencyKey: "t2:in" }]],
    ["to a third account", (out, into) => [{ ...out, peer: "sms-elsewhere-1" }, into]],
  ])("%s is refused at the commit", async (_, change) => {
    expect(await write(change)).toBe("transfer_has_both_legs");
  });
});

test("a database of another machine is not for tests", async () => {
  const { assertLocal } = await import("./testing-server");
  expect(() => assertLocal("postgres://u:p@db.example.com/x")).toThrow("not this machine");
  const { close } = openDatabase("postgres://localhost/x");
  await close();
});
