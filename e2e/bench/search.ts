import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openDatabase, type Pool } from "../../db/client";
import { startEmbeddedServer } from "../../db/embedded/server";
import { migrateDatabase } from "../../db/migrate";
import type { Context } from "../../lib/context";
import { searchEverything } from "../../lib/staff/search-service";
import { fillDirectory, queriesFor } from "./search-tables";

/*
 * npm run bench:search [-- --short] [-- --json] [-- --accounts 1000000]
 * The search of the staff's pages, as their role, over 10,000 and 1,000,000 SMS accounts on one server, in turns so that
 * both meet the same noise of the machine. One caller asks one thing after the other, as somebody who types.
 */

const isShort = process.argv.includes("--short");
const isJson = process.argv.includes("--json");
const largest = Number(/--accounts[= ](\d+)/.exec(process.argv.join(" "))?.[1] ?? 1_000_000);
const SIZES = isShort ? [400, 4000] : [10_000, largest];
const QUERIES = isShort ? 150 : 1500;
const WARM_UP = isShort ? 15 : 150;

type Directory = { readonly accounts: number; readonly pool: Pool; readonly context: Context };
type Timed = { readonly kind: string; readonly ms: number; readonly hits: number };

const directory = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-bench-"));
// The server runs as another user when this runs as root.
fs.chmodSync(directory, 0o755);
const server = await startEmbeddedServer({
  directory: path.join(directory, "postgres"),
  // What is measured reads only; what fills the tables need not outlive a crash.
  settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_wal_size: "4GB" },
});
try {
  const directories: Directory[] = [];
  for (const accounts of SIZES) directories.push(await openDirectory(accounts));
  const timed = await measure(directories);
  print(directories, timed);
  for (const { pool } of directories) await pool.close();
} finally {
  await server.close();
  fs.rmSync(directory, { recursive: true, force: true });
}

async function openDirectory(accounts: number): Promise<Directory> {
  const name = `bench_${accounts.toString()}`;
  const admin = openDatabase(server.url, { as: "owner", max: 1 });
  await admin.sql.unsafe(`create database ${name}`);
  await admin.close();
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  await migrateDatabase(url.href);
  const owner = openDatabase(url.href, { as: "owner", max: 1 });
  const begun = performance.now();
  await fillDirectory(owner.sql, accounts);
  await owner.close();
  const seconds = Math.round((performance.now() - begun) / 1000);
  if (!isJson) process.stderr.write(`${accounts.toString()} accounts made in ${seconds.toString()} s\n`);
  const pool = openDatabase(url.href, { as: "support", max: 4, name: "search bench" });
  const caller = { kind: "support", userId: "bench", right: "support" } as const;
  return { accounts, pool, context: { caller, db: pool.db, now: () => new Date() } };
}

async function measure(directories: readonly Directory[]): Promise<Timed[][]> {
  const asked = directories.map(({ accounts }) => queriesFor(accounts, WARM_UP + QUERIES));
  const timed: Timed[][] = directories.map(() => []);
  for (let turn = 0; turn < WARM_UP + QUERIES; turn += 1) {
    for (const [index, { context }] of directories.entries()) {
      const query = asked[index]?.[turn];
      if (query === undefined) throw new RangeError("fewer questions than turns");
      const begun = performance.now();
      const found = await searchEverything(context, { text: query.text });
      const ms = performance.now() - begun;
      if (!found.ok) throw new Error(`refused: ${found.failure.code}`);
      if (turn >= WARM_UP) timed[index]?.push({ kind: query.kind, ms, hits: found.value.length });
    }
  }
  return timed;
}

type Figures = {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly hits: number;
};

function figuresOf(timed: readonly Timed[]): Figures {
  const sorted = Float64Array.from(timed.map(({ ms }) => ms)).sort();
  const at = (share: number) =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  const hits = timed.reduce((sum, one) => sum + one.hits, 0) / Math.max(1, timed.length);
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), hits: round(hits) };
}

function print(directories: readonly Directory[], timed: readonly (readonly Timed[])[]): void {
  const whole = timed.map(figuresOf);
  const [small, large] = [whole[0], whole.at(-1)];
  const ratio = small === undefined || large === undefined ? 0 : round(large.p95Ms / small.p95Ms);
  if (isJson) {
    const sizes = directories.map(({ accounts }, index) => ({ accounts, ...whole[index] }));
    process.stdout.write(`${JSON.stringify({ queries: QUERIES, sizes, ratioP95: ratio })}\n`);
    return;
  }
  const line = (cells: readonly (string | number)[]) =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(34) : String(cell).padStart(11))).join("");
  const heads = directories.flatMap(({ accounts }) => [
    `p50 ${short(accounts)}`,
    `p95 ${short(accounts)}`,
    "hits",
  ]);
  const row = (name: string, figures: readonly Figures[]) =>
    line([name, ...figures.flatMap(({ p50Ms, p95Ms, hits }) => [p50Ms, p95Ms, hits])]);
  const kinds = [...new Set(timed.flat().map(({ kind }) => kind))];
  const rows = kinds.map((kind) =>
    row(
      kind,
      timed.map((some) => figuresOf(some.filter((one) => one.kind === kind))),
    ),
  );
  const lines = [line(["ms", ...heads]), ...rows, row("all", whole), `p95, ratio: ${ratio.toString()}`];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function short(count: number): string {
  return count >= 1e6 ? `${(count / 1e6).toString()}M` : `${(count / 1000).toString()}k`;
}
