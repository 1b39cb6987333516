import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, type Pool } from "@/db/client";
import { sqlStateOf } from "@/db/errors";
import { migrateDatabase } from "@/db/migrate";
import { emptyDatabase } from "@/db/testing";
import { wholeCredits } from "@/lib/credits";
import { post } from "./service";

const MIGRATIONS = path.join(import.meta.dirname, "../../db/migrations");
const BEFORE = 14;

const customer = { customer_id: "ab1-ovh" };
const first = { ...customer, service_name: "sms-ab1-1" };
const second = { ...customer, service_name: "sms-ab1-2" };
const at = "2026-11-01T10:00:00.000Z";
const message = { ...customer, message_id: "00000000-0000-8000-8000-000000000001" };

/** One row or more of every table that the migration touches, by its name of before. */
const FILLED: Record<string, readonly Record<string, unknown>[]> = {
  price_lists: [{ price_list: "it", currency: "EUR", vat_basis_points: 2200, vat_source: "test" }],
  customers: [{ ...customer, name: "Uno", price_list: "it", time_zone: "Europe/Rome" }],
  users: [{ id: "staff", name: "Anna", email: "anna@staff.test", role: "billing" }],
  sms_accounts: [
    { ...first, name: "A" },
    { ...second, name: "B" },
  ],
  ledger_accounts: [
    { ...first, balance: 19_000, sequence: 3, watermark: 20_000, crossings: 1, has_open_crossing: true },
    { ...second, balance: 1000, sequence: 1, watermark: null, crossings: 0, has_open_crossing: false },
  ].map((row) => ({ ...row, last_posted_at: at })),
  movements: [
    { ...first, sequence: 1, kind: "purchase", counter: "bought", amount: 100_000, balance_after: 100_000 },
    { ...first, sequence: 2, kind: "message", counter: "spent", amount: -80_000, balance_after: 20_000 },
    {
      ...first,
      sequence: 3,
      kind: "transfer_out",
      counter: "available",
      amount: -1000,
      balance_after: 19_000,
    },
    { ...second, sequence: 1, kind: "transfer_in", counter: "available", amount: 1000, balance_after: 1000 },
  ].map((row, index) => ({
    ...row,
    balance_before: row.balance_after - row.amount,
    reference: ["order:1", "message:1", "t", "t:in"][index],
    fingerprint: "hash",
    peer_service_name: [null, null, second.service_name, first.service_name][index],
    posted_at: at,
  })),
  crossings: [{ ...first, crossing: 1, sequence: 2, balance: 20_000, watermark: 20_000, opened_at: at }],
  messages: [
    {
      ...message,
      service_name: first.service_name,
      text: "Ciao",
      encoding: "gsm7",
      characters: 4,
      parts_each: 1,
      recipient_count: 1,
      credit_thousandths: 80_000,
      sent_by: "user:1",
      idempotency_key: "m1",
      fingerprint: "hash of a message",
      sent_at: at,
    },
  ],
  orders: [
    {
      ...first,
      kind: "purchase",
      quantity: 100,
      price_list: "it",
      currency: "EUR",
      unit_price_micros: 42_000,
      unit_price_source: "test",
      net_micros: 4_200_000,
      net_cents: 420,
      vat_basis_points: 2200,
      vat_cents: 92,
      total_cents: 512,
      state: "open",
      idempotency_key: "o1",
      fingerprint: "hash of an order",
      created_at: at,
      due_at: at,
    },
  ],
  api_answers: [
    { ...customer, idempotency_key: "k1", fingerprint: "hash of a call", started_at: at, leased_until: at },
  ],
  corrections: [
    {
      ...first,
      amount: 1000,
      reason: "A double payment is taken back.",
      needs_approval: true,
      state: "requested",
      requested_by: "staff",
      requested_at: at,
      idempotency_key: "c1",
    },
  ],
  staff_looks: [
    {
      ...first,
      staff_user_id: "staff",
      staff_right: "billing",
      what: "history",
      address: "192.0.2.1",
      ticket: "T-1",
    },
  ],
  worker_beats: [{ worker_id: "w1", started_at: at, beat_at: at, counters: "{}" }],
  "sandbox_gateway.charges": [
    {
      idempotency_key: "g1",
      fingerprint: "hash of a charge",
      reference: "100001",
      token: "card",
      amount_cents: 512,
      currency: "EUR",
      outcome: "paid",
    },
  ],
  "sandbox_carrier.handovers": [
    { idempotency_key: "h1", fingerprint: "hash of a handover", numbers: "{+393331234567}", taken_at: at },
  ],
};

const TABLE_NOW: Record<string, string> = {
  movements: "entries",
  staff_looks: "access_log",
  worker_beats: "worker_heartbeats",
};
const COLUMN_NOW: Record<string, string> = {
  watermark: "threshold",
  fingerprint: "request_hash",
  look_id: "access_id",
  beat_at: "heartbeat_at",
};

let url: string;
let close: () => Promise<void>;
let owner: Pool;
let before: Map<string, unknown[]>;

/** Makes a folder with the migrations of the version before. */
function migrationsOfBefore(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-migrations-"));
  fs.cpSync(MIGRATIONS, folder, { recursive: true });
  const file = path.join(folder, "meta/_journal.json");
  const journal = JSON.parse(fs.readFileSync(file, "utf8")) as { entries: { idx: number }[] };
  const entries = journal.entries.filter(({ idx }) => idx < BEFORE);
  fs.writeFileSync(file, JSON.stringify({ ...journal, entries }));
  return folder;
}

async function rowsOf(table: string): Promise<unknown[]> {
  const rows = await owner.sql.unsafe(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`);
  return rows.map((row) => row["row"] as unknown);
}

beforeAll(async () => {
  ({ url, close } = await emptyDatabase());
  owner = openDatabase(url, { as: "owner", max: 4 });
  const folder = migrationsOfBefore();
  await migrate(drizzle(owner.sql), { migrationsFolder: folder });
  fs.rmSync(folder, { recursive: true });
  await owner.sql.begin(async (sql) => {
    for (const [table, rows] of Object.entries(FILLED)) {
      const names = Object.keys(rows[0] ?? {}).join(", ");
      await sql.unsafe(
        `insert into ${table} (${names})
         select ${names} from json_populate_recordset(null::${table}, $1::text::json)`,
        [JSON.stringify(rows)],
      );
    }
  });
  before = new Map();
  for (const table of Object.keys(FILLED)) before.set(table, await rowsOf(table));
  expect(await migrateDatabase(url)).toMatchObject({ applied: expect.any(Number) as number });
}, 60_000);

afterAll(async () => {
  await owner.close();
  await close();
});

test.each(Object.keys(FILLED))("%s keeps its rows when the tables are renamed", async (table) => {
  const renamed = (before.get(table) ?? []).map((row) =>
    Object.fromEntries(
      Object.entries(row as Record<string, unknown>).map(([name, value]) => [
        table === "movements" && name === "reference" ? "idempotency_key" : (COLUMN_NOW[name] ?? name),
        value,
      ]),
    ),
  );
  expect(renamed.length).toBeGreaterThan(0);
  const now = await rowsOf(TABLE_NOW[table] ?? table);
  expect(now).toHaveLength(renamed.length);
  // A later migration may have added columns.
  expect(now).toEqual(expect.arrayContaining(renamed.map((row): unknown => expect.objectContaining(row))));
});

test("no constraint, index, sequence, trigger, function or column keeps an old name", async () => {
  const old = "watermark|movement|fingerprint|staff_look|look_id|worker_beats|beat_at";
  const found = await owner.sql`
    select name from (
      select conname::text as name from pg_constraint
      union all select relname::text from pg_class
      union all select tgname::text from pg_trigger
      union all select proname::text || ' ' || prosrc from pg_proc where pronamespace = 'public'::regnamespace
      union all select attname::text from pg_attribute join pg_class on pg_class.oid = attrelid
        where relkind = 'r' and relnamespace = 'public'::regnamespace
    ) as named where replace(name, 'heartbeat_at', '') ~ ${old}`;
  expect([...found]).toEqual([]);
});

test("the triggers and the rights hold as before", async () => {
  const product = openDatabase(url, { max: 1 });
  const support = openDatabase(url, { as: "support", max: 1 });
  const stateOf = (work: PromiseLike<unknown>) => Promise.resolve(work).then(() => "done", sqlStateOf);
  for (const table of ["entries", "access_log"]) {
    expect(await stateOf(owner.sql.unsafe(`delete from ${table}`))).toBe("23001");
    expect(await stateOf(product.sql.unsafe(`delete from ${table}`))).toBe("42501");
    expect(await stateOf(support.sql.unsafe(`select from ${table} limit 1`))).toBe("done");
  }
  const again = (columns: string) =>
    owner.sql.unsafe(`
    insert into entries select customer_id, service_name, ${columns}, null, null, posted_at
    from entries where service_name = '${first.service_name}' and sequence = 1`);
  const gap = "9, kind, counter, amount, balance_before, balance_after, 'new', request_hash";
  const leg = "4, 'transfer_in', 'available', 1, 19000, 19001, 'no-leg', request_hash";
  expect(await stateOf(again(gap))).toBe("23514");
  expect(await stateOf(again(leg))).toBe("23514");
  await Promise.all([product.close(), support.close()]);
});

test("credits are posted, a key is answered as the first time, and the threshold of before opens a crossing", async () => {
  const product = openDatabase(url, { max: 2 });
  const context = {
    caller: { kind: "system", name: "test" } as const,
    db: product.db,
    now: () => new Date(),
  };
  const account = { customerId: first.customer_id, serviceName: first.service_name };
  const posting = { kind: "purchase", account, amount: wholeCredits(100) } as const;
  const repeated = await post(context, { ...posting, idempotencyKey: "order:1", requestHash: "hash" });
  expect(repeated).toMatchObject({ ok: true, value: { repeated: true, entries: [{ sequence: 1n }] } });
  const posted = await post(context, {
    ...posting,
    idempotencyKey: "order:2",
    requestHash: "hash",
    closesCrossing: 1,
  });
  expect(posted).toMatchObject({ ok: true, value: { entries: [{ sequence: 4n, balanceAfter: 119_000n }] } });
  const spent = await post(context, {
    kind: "message",
    account,
    amount: wholeCredits(99),
    idempotencyKey: "message:2",
    requestHash: "hash",
  });
  expect(spent).toMatchObject({ ok: true, value: { crossing: 2 } });
  await product.close();
});
