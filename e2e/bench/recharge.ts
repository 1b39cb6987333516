import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase, type Pool } from "../../db/client";
import { startEmbeddedServer } from "../../db/embedded/server";
import { migrateDatabase } from "../../db/migrate";
import { anSmsAccount } from "../../db/testing-rows";
import type { AccountKey } from "../../lib/accounts/rules";
import type { Context } from "../../lib/context";
import { wholeCredits } from "../../lib/credits";
import type { Result } from "../../lib/failure";
import { post } from "../../lib/ledger/service";
import { loadPriceLists } from "../../lib/rates/load";
import { choosePaymentMethod } from "../../lib/recharge/method-service";
import { saveRule } from "../../lib/recharge/service";
import { runWorker } from "../../lib/recharge/worker";

/*
 * npm run bench:recharge [-- --short] [-- --json]
 * From the commit that reaches the threshold to the commit of the credits, one account after another, with one worker and
 * full durability. The sandbox's gateway takes its usual 20 ms of it.
 */

const isShort = process.argv.includes("--short");
const isJson = process.argv.includes("--json");
const TIMES = isShort ? 5 : 100;
const WARM_UP = isShort ? 1 : 5;

const directory = fs.mkdtempSync(path.join(os.tmpdir(), "ricarica-bench-"));
// The server runs as another user when this runs as root.
fs.chmodSync(directory, 0o755);
const server = await startEmbeddedServer({ directory: path.join(directory, "postgres") });
try {
  await migrateDatabase(server.url);
  const owner = openDatabase(server.url, { as: "owner", max: 1 });
  await loadPriceLists(owner.db);
  await owner.close();
  const [pool, workersPool] = [openDatabase(server.url), openDatabase(server.url)];
  const stop = new AbortController();
  const report = (error: unknown) => {
    throw error;
  };
  const working = runWorker({ pool: workersPool, signal: stop.signal, report });
  const times: number[] = [];
  for (let turn = 0; turn < WARM_UP + TIMES; turn += 1) {
    const ms = await recharge(pool);
    if (turn >= WARM_UP) times.push(ms);
  }
  print(times);
  stop.abort();
  await working;
  await pool.close();
  await workersPool.close();
} finally {
  await server.close();
  fs.rmSync(directory, { recursive: true, force: true });
}

/** Brings an account of its own to its threshold and waits for the credits. */
async function recharge({ db, sql }: Pool): Promise<number> {
  const key: AccountKey = await anSmsAccount(db, { balance: wholeCredits(21) });
  const { customerId, serviceName } = key;
  const context: Context = {
    caller: { kind: "customer", customerId, userId: "bench" },
    db,
    now: () => new Date(),
  };
  valueOf(await choosePaymentMethod(context, customerId, { token: "sandbox_visa" }));
  valueOf(await saveRule(context, key, { threshold: "20", quantity: "100" }));
  const posting = { kind: "message", account: key, amount: wholeCredits(1) } as const;
  valueOf(await post(context, { ...posting, idempotencyKey: "message:bench", requestHash: "bench" }));
  const crossed = performance.now();
  for (;;) {
    const [row] = await sql`
      select balance from ledger_accounts where customer_id = ${customerId} and service_name = ${serviceName}`;
    if (row?.["balance"] === wholeCredits(120)) return performance.now() - crossed;
    await sleep(1);
  }
}

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.failure)}`);
  return result.value;
}

function print(times: readonly number[]): void {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
  const figures = { recharges: times.length, p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1) };
  const { recharges, p50Ms, p99Ms, mostMs } = figures;
  process.stdout.write(
    isJson
      ? `${JSON.stringify(figures)}\n`
      : `from the crossing to the credits, ${recharges.toString()} times: p50 ${p50Ms.toString()} ms, p99 ${p99Ms.toString()} ms, at most ${mostMs.toString()} ms\n`,
  );
}
