import { Counter, register as defaultRegistry } from "prom-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { wholeCredits } from "@/lib/credits";
import { send } from "@/lib/messages/service";
import { makeFixture, rule, runUntilIdle, spend } from "@/lib/recharge/recharge.testing";
import { instructSandbox } from "@/lib/payments/sandbox-gateway/gateway";
import { valueOf } from "@/lib/failure";
import { deleteHeartbeat, writeHeartbeat } from "./heartbeat-store";
import { metricsText, readiness } from "./metrics-service";
import { mayReadMetrics } from "./rules";

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.close());

const health = () => ({ db: base.db, now: () => new Date() });
const lines = async () => (await metricsText(health())).split("\n");
/** The value of a series by what its line begins with; null where there is none. */
const valueIn = (text: readonly string[], start: string): number | null => {
  const line = text.find((one) => one.startsWith(start));
  return line === undefined ? null : Number(line.slice(line.lastIndexOf(" ") + 1));
};

test("every figure that an operator watches is there, with its help and its kind", async () => {
  const text = (await lines())
    .filter((line) => line.startsWith("# TYPE"))
    .map((line) => line.split(" ").slice(2));
  expect(text).toEqual([
    ["ricarica_posts_total", "counter"],
    ["ricarica_post_refusals_total", "counter"],
    ["ricarica_recharge_decisions_total", "counter"],
    ["ricarica_sign_ins_total", "counter"],
    ["ricarica_recharges_open", "gauge"],
    ["ricarica_rules_suspended", "gauge"],
    ["ricarica_oldest_open_claim_seconds", "gauge"],
    ["ricarica_queue_crossings", "gauge"],
    ["ricarica_queue_crossings_lag_seconds", "gauge"],
    ["ricarica_queue_orders", "gauge"],
    ["ricarica_queue_orders_lag_seconds", "gauge"],
    ["ricarica_queue_deliveries", "gauge"],
    ["ricarica_queue_deliveries_lag_seconds", "gauge"],
    ["ricarica_self_check_failed_accounts", "gauge"],
    ["ricarica_self_check_round_age_seconds", "gauge"],
    ["ricarica_self_check_round_accounts", "gauge"],
    ["ricarica_worker_last_beat_seconds", "gauge"],
  ]);
});

test("posts, refusals and decisions are counted; what is open has its state and its age", async () => {
  const fixture = await makeFixture(base, { balance: "300", clock: () => new Date() });
  await instructSandbox(base.db, fixture.token, ["decline:insufficient_funds"]);
  await rule(fixture, "100", "200");
  const before = await lines();
  valueOf(await spend(fixture, "250"));
  expect((await spend(fixture, "1000")).ok).toBe(false);
  const crossed = await lines();
  expect(valueIn(crossed, "ricarica_queue_crossings ")).toBe(1);
  await runUntilIdle(fixture);
  const after = await lines();
  const grown = (start: string) => (valueIn(after, start) ?? 0) - (valueIn(before, start) ?? 0);
  expect(grown('ricarica_posts_total{kind="message"')).toBe(1);
  expect(grown('ricarica_post_refusals_total{kind="message",code="insufficient_credits"')).toBe(1);
  expect(grown('ricarica_recharge_decisions_total{outcome="waiting"')).toBe(1);
  expect(valueIn(after, 'ricarica_recharges_open{state="waiting"}')).toBe(1);
  expect(valueIn(after, "ricarica_queue_crossings ")).toBe(0);
  const later = await metricsText({ db: base.db, now: () => new Date(Date.now() + 3_600_000) });
  const age = valueIn(later.split("\n"), "ricarica_oldest_open_claim_seconds ");
  expect(age).toBeGreaterThan(3590);
  expect(age).toBeLessThan(3700);
  expect(valueIn(later.split("\n"), "ricarica_queue_orders ")).toBe(1);
});

test("messages that nobody hands over are a queue that grows old", async () => {
  const { customerId, serviceName } = await anSmsAccount(base.db, { balance: wholeCredits(10) });
  const context = { ...health(), caller: { kind: "customer", customerId, userId: "u" } as const };
  const input = { text: "ciao", recipients: "+393990000001" };
  valueOf(await send(context, { customerId, serviceName }, input));
  const later = await metricsText({ db: base.db, now: () => new Date(Date.now() + 3_600_000) });
  expect(valueIn(later.split("\n"), "ricarica_queue_deliveries ")).toBe(1);
  const lag = valueIn(later.split("\n"), "ricarica_queue_deliveries_lag_seconds ");
  expect(lag).toBeGreaterThan(3590);
  expect(lag).toBeLessThan(3700);
});

test("a label cannot break out of its line", async () => {
  const workerId = 'x"\\\ny';
  await writeHeartbeat(base.db, { workerId, startedAt: new Date(), heartbeatAt: new Date(), counters: [] });
  const named = (await lines()).filter((line) => line.startsWith("ricarica_worker_last_beat_seconds{"));
  expect(named).toEqual([
    expect.stringMatching(/^ricarica_worker_last_beat_seconds\{worker="x\\"\\\\\\ny"\} [\d.e-]+$/),
  ]);
  await deleteHeartbeat(base.db, workerId);
});

test("what each worker counted is there beside what the server did, and what is not known is left out", async () => {
  const name = "ricarica_posts_total";
  const counters = [
    { name, labels: { kind: "correction" }, value: 3 },
    { name: "ricarica_of_another_version_total", labels: {}, value: 1 },
  ];
  await writeHeartbeat(base.db, { workerId: "w2", startedAt: new Date(), heartbeatAt: new Date(), counters });
  const text = await lines();
  expect(text).toContain('ricarica_posts_total{kind="correction",process="worker w2"} 3');
  expect(text.join("\n")).not.toContain("of_another_version");
  expect(valueIn(text, "ricarica_self_check_round_age_seconds ")).toBe(null);
  await deleteHeartbeat(base.db, "w2");
});

test("no other figure of the process is among them", async () => {
  new Counter({
    name: "somebody_elses_total",
    help: "Made by a library.",
    registers: [defaultRegistry],
  }).inc();
  expect((await lines()).join("\n")).not.toContain("somebody_elses");
});

describe("ready", () => {
  test("is a server whose tables are of this version; a worker that lives is told and does not decide", async () => {
    expect(await readiness(health())).toEqual({
      isReady: true,
      readiness: { database: "reachable", disk: "writable", migrations: "current", worker: "silent" },
    });
    const heartbeat = { workerId: "w1", startedAt: new Date(), heartbeatAt: new Date(), counters: [] };
    await writeHeartbeat(base.db, heartbeat);
    expect((await readiness(health())).readiness.worker).toBe("beating");
    await writeHeartbeat(base.db, { ...heartbeat, heartbeatAt: new Date(Date.now() - 30_000) });
    expect((await readiness(health())).readiness.worker).toBe("silent");
    await deleteHeartbeat(base.db, "w1");
  });

  test("is none whose disk is full, and it says so", async () => {
    const full = () => Promise.resolve("full" as const);
    expect(await readiness(health(), full)).toMatchObject({
      isReady: false,
      readiness: { database: "reachable", disk: "full", migrations: "current" },
    });
  });

  test("is none whose tables are older, nor one whose database is away", async () => {
    const [newest] = await base.owner.sql<{ id: number; hash: string; created_at: bigint }[]>`
      delete from drizzle.__drizzle_migrations
      where id = (select max(id) from drizzle.__drizzle_migrations) returning id, hash, created_at`;
    expect(await readiness(health())).toMatchObject({ isReady: false, readiness: { migrations: "pending" } });
    if (newest === undefined) throw new Error("no migration");
    await base.owner.sql`insert into drizzle.__drizzle_migrations ${base.owner.sql(newest)}`;
    const away = openDatabase("postgres://nobody:x@127.0.0.1:1/none", { max: 1, name: "away" });
    expect(await readiness({ db: away.db, now: () => new Date() })).toMatchObject({
      isReady: false,
      readiness: { database: "unreachable" },
    });
    await away.close();
  });
});

test.each([
  ["this machine", { peer: "127.0.0.1" }, true],
  ["this machine, mapped", { peer: "::ffff:127.0.0.1" }, true],
  ["another machine", { peer: "192.0.2.1" }, false],
  ["a stranger through a proxy here", { peer: "127.0.0.1", isForwarded: true }, false],
  ["nobody knows", { peer: null }, false],
  ["another machine with the token", { peer: "192.0.2.1", authorization: "Bearer secret" }, true],
  ["another machine with another token", { peer: "192.0.2.1", authorization: "Bearer guess" }, false],
])("the figures are for this machine and for who has the token: %s", (_, given, expected) => {
  const request = { isForwarded: false, authorization: null, ...given };
  expect(mayReadMetrics(request, "secret", (a, b) => a === b)).toBe(expected);
  // Where no token is set, none opens.
  if (request.authorization !== null) expect(mayReadMetrics(request, null, (a, b) => a === b)).toBe(false);
});
