import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openDatabase } from "../../db/client";
import { startEmbeddedServer } from "../../db/embedded/server";
import { migrateDatabase } from "../../db/migrate";
import type { AccountKey } from "../../lib/accounts/rules";
import type { Context } from "../../lib/context";
import type { Result } from "../../lib/failure";
import { historyOfPeriod, listHistory } from "../../lib/history/service";
import { balanceSeries, type EntryFilter } from "../../lib/ledger/history-service";
import { verifyAccounts } from "../../lib/ledger/verify-service";
import { fillHistory, withIndexesLast } from "./history-tables";

/*
 * npm run bench:history [-- --short] [-- --json] [-- --entries 10000000]
 * The history of an account of ten thousand entries and of one of ten million, in one database, in turns so that both
 * meet the same noise of the machine. One caller asks one page after the other, each time another one.
 */

const isShort = process.argv.includes("--short");
const isJson = process.argv.includes("--json");
const largest = Number(/--entries[= ](\d+)/.exec(process.argv.join(" "))?.[1] ?? 10_000_000);
const SIZES = isShort ? [10_000, 50_000] : [10_000, largest];
const TURNS = isShort ? 20 : 300;
const WARM_UP = isShort ? 2 : 30;
const DAYS = 900;
const DAY_MS = 86_400_000;
const ON_A_PAGE = 50;

/** What is asked of an account: answers how many entries, or days, came back. `share` tells which page, from 0 to 1. */
type Question = (account: Account, share: number) => Promise<number>;

const pageOf =
  (filterOf: (account: Account, share: number) => Omit<EntryFilter, "limit">): Question =>
  async (account, share) => {
    const filter = { ...filterOf(account, share), limit: ON_A_PAGE };
    return valueOf(await listHistory(account.context, account.key, filter)).entries.length;
  };
const inside = ({ entries }: Account, share: number) => BigInt(Math.ceil(entries * (0.1 + 0.8 * share)));
const monthAt = (share: number) => {
  const from = new Date(Date.now() - (DAYS - 1) * DAY_MS * (1 - share * 0.9));
  return { from, to: new Date(from.getTime() + 30 * DAY_MS) };
};

const QUESTIONS: Readonly<Record<string, Question>> = {
  "first page": pageOf(() => ({})),
  "a page deep inside": pageOf((account, share) => ({ before: inside(account, share) })),
  "recharges: first page": pageOf(() => ({ kinds: ["recharge"] })),
  "recharges: a page deep inside": pageOf((account, share) => ({
    kinds: ["recharge"],
    before: inside(account, share),
  })),
  "purchases: first page": pageOf(() => ({ kinds: ["purchase"] })),
  "messages: a page deep inside": pageOf((account, share) => ({
    kinds: ["message"],
    before: inside(account, share),
  })),
  "a month: first page": pageOf((_, share) => monthAt(share)),
  "recharges of a month: first page": pageOf((_, share) => ({ ...monthAt(share), kinds: ["recharge"] })),
  "the plot of 90 days": async ({ context, key }) =>
    valueOf(await balanceSeries(context, key, 90, "Europe/Rome")).length,
};

type Account = { readonly key: AccountKey; readonly entries: number; readonly context: Context };

const directory = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-bench-"));
// The server runs as another user when this runs as root.
fs.chmodSync(directory, 0o755);
const server = await startEmbeddedServer({
  directory: path.join(directory, "postgres"),
  // What is measured reads only; what fills the tables need not outlive a crash.
  settings: {
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    max_wal_size: "4GB",
    maintenance_work_mem: "1GB",
  },
});
try {
  await migrateDatabase(server.url);
  const pool = openDatabase(server.url, { max: 4, name: "history bench" });
  const accounts = SIZES.map((entries): Account => {
    const key = {
      customerId: `bench${entries.toString()}-ovh`,
      serviceName: `sms-bench-${entries.toString()}`,
    };
    const caller = { kind: "customer", customerId: key.customerId, userId: "bench" } as const;
    return { key, entries, context: { caller, db: pool.db, now: () => new Date() } };
  });
  await fill(accounts);
  const pages = new Map<string, number[][]>();
  for (const [name, ask] of Object.entries(QUESTIONS)) pages.set(name, await measure(accounts, ask));
  const months: MonthFile[] = [];
  for (const account of accounts) months.push(await readMonth(account));
  print(accounts, pages, months);
  await pool.close();
} finally {
  await server.close();
  fs.rmSync(directory, { recursive: true, force: true });
}

async function fill(accounts: readonly Account[]): Promise<void> {
  const owner = openDatabase(server.url, { as: "owner", max: 1 });
  const begun = performance.now();
  await withIndexesLast(owner.sql, async () => {
    for (const { key, entries } of accounts) await fillHistory(owner.sql, key, { entries, days: DAYS });
  });
  // What is measured is a ledger like any other. Adding up the large one takes its time.
  const system: Context = { caller: { kind: "system", name: "bench" }, db: owner.db, now: () => new Date() };
  const { discrepancies } = await verifyAccounts(system, { after: null, limit: isShort ? 2 : 1 });
  if (discrepancies.length > 0)
    throw new Error(`the ledger contradicts itself: ${JSON.stringify(discrepancies)}`);
  await owner.close();
  const seconds = Math.round((performance.now() - begun) / 1000);
  const made = SIZES.reduce((sum, size) => sum + size, 0);
  if (!isJson) process.stderr.write(`${made.toString()} entries made in ${seconds.toString()} s\n`);
}

/** The times of a question, for each account. */
async function measure(accounts: readonly Account[], ask: Question): Promise<number[][]> {
  const times: number[][] = accounts.map(() => []);
  for (let turn = 0; turn < WARM_UP + TURNS; turn += 1) {
    // The golden section spreads any number of pages evenly.
    const share = (turn * 0.618034) % 1;
    for (const [index, account] of accounts.entries()) {
      const begun = performance.now();
      const found = await ask(account, share);
      const ms = performance.now() - begun;
      if (found === 0) throw new Error("a page with nothing on it measures nothing");
      if (turn >= WARM_UP) times[index]?.push(ms);
    }
  }
  return times;
}

type MonthFile = { readonly rows: number; readonly firstMs: number; readonly perSecond: number };

/** The last month but one, as its file is made: when its first rows are there, and how fast the others follow. */
async function readMonth({ context, key }: Account): Promise<MonthFile> {
  const begun = performance.now();
  const { entries } = valueOf(await historyOfPeriod(context, key, monthAt(0.9)));
  let rows = 0;
  let firstMs = 0;
  for await (const part of entries) {
    if (rows === 0) firstMs = performance.now() - begun;
    rows += part.length;
  }
  const seconds = (performance.now() - begun) / 1000;
  return { rows, firstMs: round(firstMs), perSecond: Math.round(rows / seconds) };
}

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`refused: ${result.failure.code}`);
  return result.value;
}

function figuresOf(times: readonly number[]): { p50Ms: number; p99Ms: number } {
  const sorted = Float64Array.from(times).sort();
  const at = (part: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

function print(
  accounts: readonly Account[],
  pages: ReadonlyMap<string, readonly (readonly number[])[]>,
  months: readonly MonthFile[],
): void {
  const rows = [...pages].map(([page, times]) => {
    const [small, large] = times.map(figuresOf);
    if (small === undefined || large === undefined) throw new RangeError("two accounts are compared");
    return { page, small, large, ratio: round(large.p50Ms / small.p50Ms) };
  });
  if (isJson) {
    process.stdout.write(`${JSON.stringify({ entries: SIZES, pages: rows, months })}\n`);
    return;
  }
  const line = (cells: readonly (string | number)[]) =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(36) : String(cell).padStart(14))).join("");
  const sizes = accounts.map(({ entries }) => entries.toLocaleString("en"));
  const lines = [
    line(["", ...sizes.flatMap((size) => [size, ""]), "ratio"]),
    line(["", "p50 ms", "p99 ms", "p50 ms", "p99 ms", "of p50"]),
    ...rows.map(({ page, small, large, ratio }) =>
      line([page, small.p50Ms, small.p99Ms, large.p50Ms, large.p99Ms, ratio]),
    ),
    ...months.map(
      ({ rows: count, firstMs, perSecond }, index) =>
        `the file of a month, of ${sizes[index] ?? ""}: ${count.toString()} rows, the first after ${firstMs.toString()} ms, ${perSecond.toString()} a second`,
    ),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
