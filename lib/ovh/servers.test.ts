import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, type Pool } from "@/db/client";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { deleteApplication, listApiKeys, revokeCredential } from "@/lib/credentials/service";
import type { ApiServer } from "./server";
import { aServer, ask, keysOf, signed } from "./testing/client";

/** Two servers on one database: each with connections of its own, and with what it gathers of its own calls. */
let database: TestDatabase;
let other: Pool;
let servers: readonly [ApiServer, ApiServer];

beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
  other = openDatabase(database.url);
  servers = [aServer(database.db), aServer(other.db)];
});
afterAll(async () => {
  await other.close();
  await database.close();
});

async function aKey() {
  const { customerId } = await aCustomer(database.db);
  const { serviceName } = await anSmsAccount(database.db, { customerId });
  const keys = await keysOf(servers[0], customerId);
  const caller = { kind: "customer", customerId, userId: "u1" } as const;
  const context = { caller, db: database.db, now: () => new Date() };
  const askBoth = async () => {
    const calls = servers.flatMap((server) =>
      Array.from({ length: 20 }, () => ask(server, keys, { path: `/sms/${serviceName}` })),
    );
    const answers = await Promise.all(calls);
    return new Set(
      answers.map(({ status, body }) => [status, (body as { errorCode?: string }).errorCode].join(" ")),
    );
  };
  return { customerId, keys, context, askBoth };
}

test("a key that is revoked signs nothing from then on, on any server, however busy", async () => {
  const { customerId, context, askBoth } = await aKey();
  expect(await askBoth()).toEqual(new Set(["200 "]));
  const listed = await listApiKeys(context, customerId);
  const id = listed.ok ? listed.value.credentials[0]?.credentialId : undefined;
  // Calls are on their way all the while, so that there is always a batch to be late with.
  const meanwhile = Promise.all(Array.from({ length: 5 }, askBoth));
  expect(await revokeCredential(context, customerId, String(id))).toMatchObject({ ok: true });
  expect(await askBoth()).toEqual(new Set(["403 INVALID_CREDENTIAL"]));
  await meanwhile;
});

test("an application that is deleted is unknown from then on, on any server", async () => {
  const { customerId, keys, context, askBoth } = await aKey();
  expect(await askBoth()).toEqual(new Set(["200 "]));
  expect(await deleteApplication(context, customerId, keys.applicationKey)).toMatchObject({ ok: true });
  expect(await askBoth()).toEqual(new Set(["403 INVALID_KEY"]));
});

test("the calls of an address are counted once, whoever answers them and however many come together", async () => {
  const at = new Date();
  const address = `192.0.2.${randomUUID()}`;
  const limited = servers.map((server) => ({
    ...server,
    address,
    now: () => at,
    settings: { ...server.settings, callsPerMinuteOfAddress: 50 },
  }));
  const answers = await Promise.all(
    Array.from({ length: 60 }, () =>
      limited.map((server) => ask(server, null, { path: "/auth/time" })),
    ).flat(),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(50);
  expect(statuses.filter((status) => status === 429)).toHaveLength(70);
});

test("two equal reads in one second are no replay; a write is let in once, on whichever server", async () => {
  const { keys, customerId } = await aKey();
  const { serviceName } = await anSmsAccount(database.db, { customerId });
  const at = new Date();
  const [one, two] = servers.map((server) => ({ ...server, now: () => at })) as [ApiServer, ApiServer];
  const statusesOf = async (request: { method?: string; path: string; body?: unknown }) => {
    const headers = signed(one, keys, request);
    const asked = [one, two, one].map((server) => ask(server, null, { ...request, headers }));
    return (await Promise.all(asked)).map(({ status }) => status).sort();
  };
  expect(await statusesOf({ path: `/sms/${serviceName}` })).toEqual([200, 200, 200]);
  const change = { method: "PUT", path: `/sms/${serviceName}`, body: { description: "Uno" } };
  expect(await statusesOf(change)).toEqual([200, 400, 400]);
});

test("when a key was last used is known to the minute", async () => {
  const { customerId, context, askBoth } = await aKey();
  const lastUsed = async () => {
    const listed = await listApiKeys(context, customerId);
    return listed.ok ? listed.value.credentials[0]?.lastUsedAt?.getTime() : undefined;
  };
  expect(await lastUsed()).toBeUndefined();
  const before = Date.now();
  await askBoth();
  const first = await lastUsed();
  expect(first).toBeGreaterThanOrEqual(before);
  await askBoth();
  expect(await lastUsed()).toBe(first);
});
