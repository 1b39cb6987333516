import { afterAll, beforeAll, expect, test } from "vitest";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { createLog } from "@/lib/health/log";
import type { ApiServer } from "./server";
import { aServer, ask, keysOf, type TestCall, type Keys } from "./testing/client";

let database: TestDatabase;
let server: ApiServer;
let keys: Keys;
let serviceName: string;
const lines: string[] = [];

beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
  const log = createLog("server", "info", { write: (line) => lines.push(line) });
  const answered: ApiServer["answered"] = (call) => {
    log.info(call, "an API call was answered");
  };
  server = { ...aServer(database.db), answered };
  const { customerId } = await aCustomer(database.db);
  ({ serviceName } = await anSmsAccount(database.db, { customerId }));
  keys = await keysOf(server, customerId);
});
afterAll(() => database.close());

/** Makes a call and hands back the one line that it left. */
async function lineOf(as: Keys | null, call: TestCall) {
  lines.length = 0;
  const { status, headers } = await ask(server, as, call);
  expect(lines).toHaveLength(1);
  const line = JSON.parse(lines[0] ?? "") as Record<string, unknown>;
  expect(line).toMatchObject({
    status,
    requestId: headers.get("X-Request-Id"),
    method: call.method ?? "GET",
  });
  expect(headers.get("X-OVH-QUERYID")).toBe(headers.get("X-Request-Id"));
  expect(line["milliseconds"]).toBeTypeOf("number");
  return line;
}

test("each call leaves one line, by the pattern of its route, with the id of its answer and its key's", async () => {
  const line = await lineOf(keys, { path: `/sms/${serviceName}` });
  expect(line).toMatchObject({ route: "/sms/{serviceName}", status: 200 });
  expect(line["consumerKeyId"]).toMatch(/^\d+$/);
  expect(await lineOf(null, { path: "/auth/time" })).toMatchObject({ status: 200, consumerKeyId: null });
  expect(await lineOf(keys, { path: "/nowhere/anna" })).toMatchObject({ status: 404, route: null });
  const unknownKey = { ...keys, consumerKey: "0".repeat(32) };
  expect(await lineOf(unknownKey, { path: "/sms" })).toMatchObject({ route: "/sms", consumerKeyId: null });
});

test("a line holds nothing of path, query, body or key", async () => {
  const body = { message: "Ciao Bruno", receivers: ["+393331234567"] };
  const path = `/sms/${serviceName}/jobs?sender=Anna`;
  await lineOf(keys, { method: "POST", path, body });
  const [written = ""] = lines;
  for (const said of [serviceName, "Anna", "Bruno", "3331234567", keys.consumerKey, keys.applicationKey]) {
    expect(written).not.toContain(said);
  }
});

test("the id that a trusted proxy gave names the call in its answer and in the log", async () => {
  const fresh = server;
  server = { ...fresh, givenRequestId: "4f1c2d3e5a6b7c8d" };
  expect(await lineOf(null, { path: "/auth/time" })).toMatchObject({ requestId: "4f1c2d3e5a6b7c8d" });
  server = fresh;
});
