import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { testDatabase, type TestDatabase } from "@/db/testing";
import { verifyAccounts } from "@/lib/ledger/verify-service";
import { makeFixture, outcomeOf, rule } from "./recharge.testing";

/*
 * Not pools that stand for processes, but processes: two that send from one account, and two workers as `npm run worker`
 * starts them, all on one database. They share nothing but PostgreSQL.
 */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const children: ChildProcessWithoutNullStreams[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
});

const root = fileURLToPath(new URL("../..", import.meta.url));
const sender = fileURLToPath(new URL("./sender.testing.ts", import.meta.url));
const worker = fileURLToPath(new URL("../commands/worker.ts", import.meta.url));
const OWN = 300;
const SHARED = 150;
const Answers = z.record(z.string(), z.object({ messageId: z.string(), isRepeat: z.boolean() }));

function aProcess(script: string, given: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ["--conditions=react-server", "--import=tsx", script, ...given], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  children.push(child);
  let said = "";
  let complained = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complained += text));
  const until = async (isSo: () => boolean) => {
    while (!isSo()) {
      if (child.exitCode !== null) throw new Error(`the process ended: ${said}${complained}`);
      await sleep(20);
    }
  };
  return {
    child,
    isReady: () => until(() => said.includes("ready\n")),
    answers: async () => {
      if (child.exitCode === null) await once(child, "exit");
      expect(child.exitCode, complained).toBe(0);
      return Answers.parse(JSON.parse(said.trim().split("\n").at(-1) ?? ""));
    },
  };
}

test(
  "two processes that send from one account, and two workers: each message once, each recharge once",
  { timeout: 180_000 },
  async () => {
    const fixture = await makeFixture(database, { balance: "30", clock: () => new Date() });
    await rule(fixture, "20", "100");
    const { customerId, serviceName } = fixture.key;
    const senders = ["a", "b"].map((name) =>
      aProcess(sender, [database.url, customerId, serviceName, name, OWN.toString(), SHARED.toString()]),
    );
    const settings = { DATABASE_URL: database.url, LOG_LEVEL: "silent" };
    for (let count = 0; count < 2; count += 1) aProcess(worker, [], settings);
    await Promise.all(senders.map((one) => one.isReady()));
    for (const { child } of senders) child.stdin.write("go\n");
    const [first = {}, second = {}] = await Promise.all(senders.map((one) => one.answers()));

    expect([Object.keys(first), Object.keys(second)].map((keys) => keys.length)).toEqual([
      OWN + SHARED,
      OWN + SHARED,
    ]);
    const both = Object.keys(first).filter((key) => key in second);
    expect(both).toHaveLength(SHARED);
    for (const key of both) {
      expect(second[key]?.messageId).toBe(first[key]?.messageId);
      expect([first[key]?.isRepeat, second[key]?.isRepeat].toSorted()).toEqual([false, true]);
    }

    const sent = 2 * OWN + SHARED;
    // What the last messages made due is bought as well.
    const isFinished = async () => {
      const { crossings, recharges } = await outcomeOf(fixture);
      return (
        crossings.every((crossing) => crossing.closed) && recharges.every((one) => one.state === "credited")
      );
    };
    const end = performance.now() + 20_000;
    while (!(await isFinished())) {
      if (performance.now() > end) throw new Error("a recharge did not come to its end");
      await sleep(100);
    }
    const outcome = await outcomeOf(fixture);
    const bought = outcome.recharges.reduce((sum, recharge) => sum + recharge.credits, 0);
    expect(outcome.balance).toBe(30_000n + BigInt(bought) * 1000n - BigInt(sent) * 700n);
    expect(outcome.balance).toBeGreaterThan(20_000n);
    expect(outcome.recharges.length).toBeGreaterThan(3);
    const each = outcome.recharges.length;
    expect(
      [outcome.crossings, outcome.orders, outcome.charges, outcome.credited].map((rows) => rows.length),
    ).toEqual([each, each, each, each]);
    expect(outcome.paid).toBe(each);
    expect(new Set(outcome.charges.map((charge) => charge.idempotency_key)).size).toBe(each);
    const [counted] = await database.sql`
      select count(*)::int as messages, count(distinct message_id)::int as different,
        (select count(*)::int from entries where customer_id = ${customerId} and kind = 'message') as entries
      from messages where customer_id = ${customerId}`;
    expect(counted).toEqual({ messages: sent, different: sent, entries: sent });
    const { discrepancies } = await verifyAccounts(fixture.system, { after: null, limit: 1000 });
    expect(discrepancies).toEqual([]);
  },
);
