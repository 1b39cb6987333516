import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { type DoomedServer, startDoomedServer } from "@/db/testing-outage";
import { verifyAccounts } from "@/lib/ledger/verify-service";
import { loadPriceLists } from "@/lib/rates/load";
import { makeFixture, type Fixture, outcomeOf, rule, spend } from "./recharge.testing";
import { runWorker, type WorkerStep } from "./worker";

/* PostgreSQL is killed while workers buy. The sandbox's payments are in it too, as those of a gateway that is lost with it. */

let server: DoomedServer;
beforeAll(async () => {
  server = await startDoomedServer();
  await migrateDatabase(server.url);
});
afterAll(() => server.close());

const ACCOUNTS = 6;
const STEPS: readonly WorkerStep[] = ["claimed", "paying", "asked", "paid", "credited"];

test(
  "PostgreSQL killed between every two steps of a recharge, under load: no message answered is lost, nothing is bought twice",
  { timeout: 240_000 },
  async () => {
    const owner = openDatabase(server.url, { as: "owner" });
    await loadPriceLists(owner.db);
    const pool = openDatabase(server.url, { max: 12 });
    const database = { ...pool, owner, url: server.url };
    const fixtures: Fixture[] = [];
    while (fixtures.length < ACCOUNTS) {
      const fixture = await makeFixture(database, { balance: "100", clock: () => new Date() });
      await rule(fixture, "20", "100");
      fixtures.push(fixture);
    }

    const stop = new AbortController();
    let doom: { readonly step: WorkerStep; readonly strike: () => void } | null = null;
    const killAt = (step: WorkerStep) =>
      new Promise<void>((resolve) => {
        doom = {
          step,
          strike: () => {
            resolve(server.kill(150));
          },
        };
      });
    // The worker goes on at once, and meets a server that is not there.
    const onStep = (step: WorkerStep) => {
      if (doom?.step !== step) return;
      const { strike } = doom;
      doom = null;
      strike();
    };
    const pools = ["one", "two"].map((name) => openDatabase(server.url, { name: `worker ${name}`, max: 4 }));
    const options = { signal: stop.signal, leaseMs: 1500, pollMs: 100, report: () => undefined, onStep };
    const workers = pools.map((own) => runWorker({ ...options, pool: own }));

    const used = fixtures.map(() => 0);
    let isOver = false;
    const callers = fixtures.flatMap((fixture, index) =>
      [1, 2].map(async () => {
        while (!isOver) {
          const result = await spend(fixture, "5").catch(() => null);
          if (result?.ok === true) used[index] = (used[index] ?? 0) + 5000;
          else await sleep(10);
        }
      }),
    );
    for (const step of STEPS) {
      await sleep(500);
      await killAt(step);
    }
    await sleep(600);
    isOver = true;
    await Promise.all(callers);

    const isFinished = async () => {
      const outcomes = await Promise.all(fixtures.map((fixture) => outcomeOf(fixture)));
      return outcomes.every(({ crossings }) => crossings.every((crossing) => crossing.closed));
    };
    const end = performance.now() + 60_000;
    while (!(await isFinished())) {
      if (performance.now() > end) throw new Error("a recharge did not come to its end");
      await sleep(200);
    }
    // Long enough for a second purchase to show.
    await sleep(2000);
    stop.abort();
    await Promise.all(workers);

    let recharged = 0;
    for (const [index, fixture] of fixtures.entries()) {
      const { recharges, orders, charges, paid, credited, crossings, balance } = await outcomeOf(fixture);
      const all = recharges.length;
      recharged += all;
      expect(recharges.every(({ state, attempts }) => state === "credited" && attempts === 1)).toBe(true);
      expect([orders, charges, credited, crossings].map((rows) => rows.length)).toEqual([all, all, all, all]);
      expect(paid).toBe(all);
      const bought = recharges.reduce((sum, { credits }) => sum + credits * 1000, 0);
      // A message whose answer was lost with the server may stand; one that was answered must.
      expect(balance).toBeLessThanOrEqual(BigInt(100_000 + bought - (used[index] ?? 0)));
      expect(balance).toBeGreaterThan(20_000n);
    }
    expect(recharged).toBeGreaterThan(ACCOUNTS);
    const context = fixtures[0]?.system ?? expect.fail();
    const { discrepancies } = await verifyAccounts(context, { after: null, limit: 100 });
    expect(discrepancies).toEqual([]);
    await Promise.all([pool, owner, ...pools].map((each) => each.close()));
  },
);
