import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { buyCredits } from "@/lib/orders/service";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { valueOf } from "@/lib/failure";
import { makeFixture, outcomeOf, rule, spend } from "./recharge.testing";
import { runWorker } from "./worker";

/*
 * A worker process is killed with SIGKILL between every two steps. Whatever it leaves behind, another worker finishes
 * it to the one outcome: one order, one payment at the gateway, one credit.
 */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const root = fileURLToPath(new URL("../..", import.meta.url));
const script = fileURLToPath(new URL("./crash-worker.testing.ts", import.meta.url));

/** A worker process that will stand still at a step. `standing` resolves once it does. */
function aDoomedWorker(stopAt: string): { standing: Promise<void>; kill: () => Promise<void> } {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", script, database.url, stopAt],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
  );
  children.push(child);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let said = "";
  const standing = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(`stands at ${stopAt}`)) resolve();
    });
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("exit", () => reject(new Error(`the worker ended by itself: ${said}`)));
  });
  // Who is killed has nothing more to say.
  standing.catch(() => undefined);
  return {
    standing,
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** A worker that finishes what is left, and then looks on for a while, so that a second purchase would show. */
async function finish(isDone: () => Promise<boolean>): Promise<void> {
  const stop = new AbortController();
  const pool = openDatabase(database.url, { name: "worker that finishes" });
  const working = runWorker({
    pool,
    signal: stop.signal,
    pollMs: 100,
    sweepMs: 200,
    report: () => undefined,
  });
  const end = performance.now() + 30_000;
  while (!(await isDone()) && performance.now() < end) await sleep(50);
  await sleep(600);
  stop.abort();
  await working;
  await pool.close();
}

test.each(["claimed", "paying", "asked", "paid", "credited"])(
  "killed after %s: a recharge ends as one order, one payment and one credit",
  { timeout: 90_000 },
  async (step) => {
    const fixture = await makeFixture(database, { balance: "21", clock: () => new Date() });
    await rule(fixture, "20", "100");
    const doomed = aDoomedWorker(`recharge ${step}`);
    valueOf(await spend(fixture, "1"));
    await doomed.standing;
    await doomed.kill();
    const left = await outcomeOf(fixture);
    expect(left.credited).toHaveLength(step === "credited" ? 1 : 0);

    await finish(async () => (await outcomeOf(fixture)).recharges.every(({ state }) => state === "credited"));
    expect(await outcomeOf(fixture)).toMatchObject({
      recharges: [{ state: "credited", attempts: 1 }],
      orders: [{ state: "credited", quantity: 100 }],
      credited: [{ kind: "recharge", amount: 100_000n }],
      paid: 1,
      balance: 120_000n,
      crossings: [{ crossing: 1, closed: true }],
    });
    expect((await outcomeOf(fixture)).charges).toHaveLength(1);
  },
);

test.each(["paying", "asked", "paid", "credited"])(
  "killed after %s: a purchase by hand ends as one order, one payment and one credit",
  { timeout: 90_000 },
  async (step) => {
    const fixture = await makeFixture(database, { clock: () => new Date() });
    const doomed = aDoomedWorker(`purchase ${step}`);
    valueOf(await buyCredits(fixture.customer, fixture.key, { quantity: 250, idempotencyKey: "mine" }));
    await doomed.standing;
    await doomed.kill();
    await finish(async () => (await outcomeOf(fixture)).orders.every(({ state }) => state === "credited"));
    expect(await outcomeOf(fixture)).toMatchObject({
      orders: [{ state: "credited", kind: "purchase" }],
      paid: 1,
      balance: 250_000n,
      credited: [{ kind: "purchase", amount: 250_000n }],
    });
  },
);

test.each([
  ["decline:insufficient_funds", { recharge: "waiting", order: "waiting", rule: "on", log: "waiting" }],
  ["decline:expired_card", { recharge: "suspended", order: "declined", rule: "suspended", log: "suspended" }],
])(
  "killed after the gateway said %s: that is one decline, counted once",
  { timeout: 90_000 },
  async (answer, becomes) => {
    const fixture = await makeFixture(database, { balance: "21", clock: () => new Date() });
    await instructSandbox(database.db, fixture.token, [answer]);
    await rule(fixture, "20", "100");
    const doomed = aDoomedWorker("recharge asked");
    valueOf(await spend(fixture, "1"));
    await doomed.standing;
    await doomed.kill();
    await finish(async () => (await outcomeOf(fixture)).recharges[0]?.state === becomes.recharge);
    const outcome = await outcomeOf(fixture);
    expect(outcome).toMatchObject({
      recharges: [{ state: becomes.recharge, attempts: 1 }],
      orders: [{ state: becomes.order }],
      charges: [{ outcome: "declined" }],
      paid: 0,
      credited: [],
      balance: 20_000n,
      rule: { state: becomes.rule, declines: 1 },
    });
    expect(outcome.decisions.filter((decision) => decision.startsWith(becomes.log))).toHaveLength(1);
  },
);
