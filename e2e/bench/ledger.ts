import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openDatabase, type Pool } from "../../db/client";
import { startEmbeddedServer } from "../../db/embedded/server";
import { migrateDatabase } from "../../db/migrate";
import type { AccountKey } from "../../lib/accounts/rules";
import type { Context } from "../../lib/context";
import { creditsOf } from "../../lib/credits";
import { post } from "../../lib/ledger/service";
import { verifyAccounts } from "../../lib/ledger/verify-service";
import { send } from "../../lib/messages/service";
import { type Load, type Measured, Meter } from "./ledger-load";
import { BARE_POSTING, fillTables } from "./ledger-tables";

/*
 * npm run bench:ledger [-- --short] [-- --json] [-- --customers 4]
 * PostgreSQL's limit and our ledger, on one server with full durability and one pool of 8 connections, in turns, so
 * that both meet the same noise of the machine. Each ratio is to the limit of the same callers and accounts.
 * The table also has what a customer does: a whole message, with its account read, its recipient priced, its text kept
 * and its delivery queued.
 */

const CONNECTIONS = 8;
const CALLERS = 64;
const ACCOUNTS = 1000;
const AMOUNT = creditsOf(700n);
const RECIPIENT = "+393331234567";
const REQUEST_HASH = createHash("sha256").update("bench").digest("hex");

const isShort = process.argv.includes("--short");
const isJson = process.argv.includes("--json");
const rounds = isShort ? 1 : 6;
const turnMs = isShort ? 300 : 2000;
const warmUpMs = isShort ? 200 : 1500;
const customers = Number(/--customers[= ](\d+)/.exec(process.argv.join(" "))?.[1] ?? 4);

const directory = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-bench-"));
// The server runs as another user when this runs as root.
fs.chmodSync(directory, 0o755);
const server = await startEmbeddedServer({ directory: path.join(directory, "postgres") });
try {
  await migrateDatabase(server.url);
  const pool = openDatabase(server.url, { max: CONNECTIONS });
  const context: Context = { caller: { kind: "system", name: "bench" }, db: pool.db, now: () => new Date() };
  const accounts = await fillTables(server.url, context, { customers, accounts: ACCOUNTS });
  const loads = loadsOf(pool, context, accounts);
  const meters = new Map(Object.entries(loads).map(([name, load]) => [name, new Meter(load)]));
  for (const meter of meters.values()) await meter.run(warmUpMs, false);
  for (let round = 0; round < rounds; round += 1) {
    for (const meter of meters.values()) await meter.run(turnMs, true);
  }
  const isOurs = (name: string) => !name.toLowerCase().includes("limit");
  const ours = [...meters].reduce((sum, [name, meter]) => sum + (isOurs(name) ? meter.done : 0), 0);
  await assertTrue(context, ours);
  const figures = new Map([...meters].map(([name, meter]) => [name, meter.read()]));
  print(Object.fromEntries(figures));
  await pool.close();
} finally {
  await server.close();
  fs.rmSync(directory, { recursive: true, force: true });
}

function loadsOf(pool: Pool, context: Context, accounts: readonly AccountKey[]) {
  const bare = (key: AccountKey) =>
    pool.sql.unsafe(
      BARE_POSTING,
      [key.customerId, key.serviceName, AMOUNT.toString(), `message:${randomUUID()}`, REQUEST_HASH],
      { prepare: true },
    );
  const ours = async (account: AccountKey) => {
    const idempotencyKey = `message:${randomUUID()}`;
    const posting = {
      kind: "message",
      account,
      amount: AMOUNT,
      idempotencyKey,
      requestHash: REQUEST_HASH,
    } as const;
    const result = await post(context, posting);
    if (!result.ok) throw new Error(`refused: ${result.failure.code}`);
  };
  const message = async (account: AccountKey) => {
    const asked = { text: "ciao", recipients: RECIPIENT, idempotencyKey: randomUUID() };
    const result = await send(context, account, asked);
    if (!result.ok) throw new Error(`refused: ${result.failure.code}`);
  };
  const at = (index: number): AccountKey => {
    const key = accounts[index];
    if (key === undefined) throw new RangeError(`no account ${index.toString()}`);
    return key;
  };
  const any = () => at(Math.floor(Math.random() * accounts.length));
  return {
    limit: { callers: 1, work: () => bare(at(0)) },
    oneCaller: { callers: 1, work: () => ours(at(0)) },
    oneCallerMessage: { callers: 1, work: () => message(at(0)) },
    manyAccountsLimit: { callers: CALLERS, work: () => bare(any()) },
    manyAccounts: { callers: CALLERS, work: () => ours(any()) },
    manyAccountsMessage: { callers: CALLERS, work: () => message(any()) },
    hotAccountLimit: { callers: CALLERS, work: () => bare(at(1)) },
    hotAccount: { callers: CALLERS, work: () => ours(at(1)) },
    hotAccountMessage: { callers: CALLERS, work: () => message(at(1)) },
  } as const satisfies Record<string, Load>;
}

/** What was answered is there, once, and the ledger agrees with itself. */
async function assertTrue(context: Context, posted: number): Promise<void> {
  const { entries, discrepancies } = await verifyAccounts(context, { after: null, limit: ACCOUNTS + 1 });
  if (discrepancies.length > 0)
    throw new Error(`the ledger contradicts itself: ${JSON.stringify(discrepancies)}`);
  const expected = BigInt(posted + ACCOUNTS);
  if (entries !== expected)
    throw new Error(`${entries.toString()} entries for ${expected.toString()} postings`);
}

function print(figures: Readonly<Record<string, Measured>>): void {
  const of = (name: string): Measured => figures[name] ?? { perSecond: 0, p50Ms: 0, p99Ms: 0 };
  const modes = [
    { title: "one caller", limit: "limit", ours: "oneCaller", message: "oneCallerMessage" },
    {
      title: `${CALLERS.toString()} callers, ${ACCOUNTS.toString()} accounts of ${customers.toString()} customers`,
      limit: "manyAccountsLimit",
      ours: "manyAccounts",
      message: "manyAccountsMessage",
    },
    {
      title: `${CALLERS.toString()} callers, one account`,
      limit: "hotAccountLimit",
      ours: "hotAccount",
      message: "hotAccountMessage",
    },
  ];
  const ratio = (ours: string, limit: string) =>
    Math.round((of(ours).perSecond / of(limit).perSecond) * 100) / 100;
  if (isJson) {
    const withRatio = (name: string) => {
      const mode = modes.find(({ ours }) => ours === name);
      return { ...of(name), ...(mode !== undefined && { ratio: ratio(name, mode.limit) }) };
    };
    const object = {
      limit: of("limit"),
      oneCaller: withRatio("oneCaller"),
      manyAccounts: withRatio("manyAccounts"),
      hotAccountLimit: of("hotAccountLimit"),
      hotAccount: withRatio("hotAccount"),
    };
    process.stdout.write(`${JSON.stringify(object)}\n`);
    return;
  }
  const line = (cells: readonly (string | number)[]) =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(52) : String(cell).padStart(12))).join("");
  const rows = modes.flatMap((mode) => {
    const [limit, ours, message] = [of(mode.limit), of(mode.ours), of(mode.message)];
    return [
      line([`${mode.title}: limit`, limit.perSecond, limit.p50Ms, limit.p99Ms, ""]),
      line([`${mode.title}: ours`, ours.perSecond, ours.p50Ms, ours.p99Ms, ratio(mode.ours, mode.limit)]),
      line([
        `${mode.title}: whole messages`,
        message.perSecond,
        message.p50Ms,
        message.p99Ms,
        ratio(mode.message, mode.limit),
      ]),
    ];
  });
  const head = line(["", "per second", "p50 ms", "p99 ms", "ratio"]);
  process.stdout.write(`${[head, ...rows].join("\n")}\n`);
}
