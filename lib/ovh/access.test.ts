import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiCredentials } from "@/db/schema/credentials";
import { apiUsers } from "@/db/schema/api-users";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { wholeCredits } from "@/lib/credits";
import { hashOf } from "@/lib/credentials/seal";
import { hasBody, type Call } from "./calls/call";
import { CALLS } from "./calls/table";
import { answerConsoleCall } from "./console";
import type { ApiServer } from "./server";
import { aServer, ask, keysOf, signed, type Keys } from "./testing/client";

/*
 * Every call of the table against everybody who might make it. What is expected follows from the call's access alone,
 * so that a call that is added is held to the same.
 */

let database: TestDatabase;
let server: ApiServer;
let source: string;
let target: string;
let sentId: number;
const none: Keys = { applicationKey: "", applicationSecret: "", consumerKey: "" };
const keys = { owner: none, other: none, noRule: none, expired: none, revoked: none, pending: none };

beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
  const { db } = database;
  server = aServer(db);
  const { customerId } = await aCustomer(db);
  const { customerId: otherId } = await aCustomer(db);
  ({ serviceName: source } = await anSmsAccount(db, { customerId, balance: wholeCredits(1000) }));
  ({ serviceName: target } = await anSmsAccount(db, { customerId }));
  await anSmsAccount(db, { customerId: otherId, balance: wholeCredits(1000) });
  keys.owner = await keysOf(server, customerId);
  keys.other = await keysOf(server, otherId);
  keys.noRule = await keysOf(server, customerId, [{ method: "GET", path: "/nothing" }]);
  keys.expired = await keysOf(server, customerId);
  keys.revoked = await keysOf(server, customerId);
  const key = (each: Keys) => eq(apiCredentials.consumerKeyHash, hashOf(each.consumerKey));
  const past = new Date(Date.now() - 1000);
  await db.update(apiCredentials).set({ expiresAt: past }).where(key(keys.expired));
  await db.update(apiCredentials).set({ state: "revoked" }).where(key(keys.revoked));
  const body = { message: "x", receivers: ["+393331234567"] };
  const sent = await ask(server, keys.owner, { method: "POST", path: `/sms/${source}/jobs`, body });
  sentId = (sent.body as { ids: [number] }).ids[0];

  const accessRules = [{ method: "GET", path: "/*" }];
  const headers = { "X-Ovh-Application": keys.owner.applicationKey };
  const asked = await ask(server, null, {
    method: "POST",
    path: "/auth/credential",
    body: { accessRules },
    headers,
  });
  keys.pending = { ...keys.owner, consumerKey: (asked.body as { consumerKey: string }).consumerKey };
});
afterAll(() => database.close());

const LOGIN = "contabilita";

/** Before a call about API users that is to succeed: its user is there, or, for the call that makes it, is not. */
async function prepare(call: Call): Promise<void> {
  if (call !== CALLS.createUser && !call.path.includes("{login}")) return;
  const user = { customerId: await customerOf(source), serviceName: source, login: LOGIN };
  await database.db.delete(apiUsers).where(eq(apiUsers.serviceName, source));
  if (call !== CALLS.createUser)
    await database.db.insert(apiUsers).values({ ...user, passwordHash: "none", createdAt: new Date() });
}

/** A call that succeeds for the owner. */
function requestOf(call: Call) {
  const path = call.path
    .replace("{serviceName}", source)
    .replace("{login}", LOGIN)
    .replace("{id}", sentId.toString());
  const query = new URLSearchParams(
    Object.entries(call.example.query ?? {}).map(([name, value]) => [name, String(value)]),
  ).toString();
  const isTransfer = call === CALLS.transferCredits;
  const body = isTransfer ? { credits: 1, smsAccountTarget: target } : call.example.body;
  return {
    method: call.method,
    path: query === "" ? path : `${path}?${query}`,
    ...(hasBody(call) && { body }),
  };
}

const everyCall = Object.entries<Call>(CALLS);
const signedCalls = everyCall.filter(([, { access }]) => access === "signed");
const openCalls = everyCall.filter(([, { access }]) => access === "open");

describe.each(signedCalls)("%s", (_id, call) => {
  beforeEach(() => prepare(call));

  test("answers its owner", async () => {
    expect((await ask(server, keys.owner, requestOf(call))).status).toBe(200);
  });

  test("does not know another customer's account", async () => {
    const { status, body } = await ask(server, keys.other, requestOf(call));
    expect(status).toBe(call.path.includes("{") ? 404 : 200);
    if (status === 404) expect(body).toMatchObject({ message: "This service does not exist" });
    else expect(JSON.stringify(body)).not.toContain(source);
  });

  test.each([
    ["noRule", 403, "NOT_GRANTED_CALL"],
    ["expired", 403, "INVALID_CREDENTIAL"],
    ["revoked", 403, "INVALID_CREDENTIAL"],
    ["pending", 403, "INVALID_CREDENTIAL"],
  ] as const)("refuses a key that is %s", async (name, status, errorCode) => {
    expect(await ask(server, keys[name], requestOf(call))).toMatchObject({ status, body: { errorCode } });
  });

  test("refuses who does not sign, in whole or in part", async () => {
    const request = requestOf(call);
    const names = ["X-Ovh-Application", "X-Ovh-Consumer", "X-Ovh-Timestamp", "X-Ovh-Signature"];
    for (const missing of [names, ...names.map((name) => [name])]) {
      const headers = signed(server, keys.owner, request);
      for (const name of missing) Reflect.deleteProperty(headers, name);
      const { status, body } = await ask(server, null, { ...request, headers });
      expect([status, body]).toMatchObject([401, { errorCode: "NOT_AUTHENTICATED" }]);
    }
  });

  test("refuses unknown keys", async () => {
    const unknownApplication = { ...keys.owner, applicationKey: "0000000000000000" };
    const unknownConsumer = { ...keys.owner, consumerKey: "00000000000000000000000000000000" };
    const request = requestOf(call);
    expect(await ask(server, unknownApplication, request)).toMatchObject({
      status: 403,
      body: { errorCode: "INVALID_KEY" },
    });
    expect(await ask(server, unknownConsumer, request)).toMatchObject({
      status: 403,
      body: { errorCode: "NOT_CREDENTIAL" },
    });
  });

  test("refuses a signature of another secret, address, method, body or time", async () => {
    const request = requestOf(call);
    const wrong = { ...keys.owner, applicationSecret: keys.other.applicationSecret };
    const right = () => signed(server, keys.owner, request);
    const others = [
      signed(server, wrong, request),
      signed(server, keys.owner, { ...request, path: `${request.path}x` }),
      signed(server, keys.owner, { ...request, method: call.method === "DELETE" ? "PUT" : "DELETE" }),
      signed(server, keys.owner, { ...request, body: { other: 1 } }),
      { ...right(), "X-Ovh-Timestamp": (Math.floor(Date.now() / 1000) + 29).toString() },
      { ...right(), "X-Ovh-Signature": "$1$" },
    ];
    for (const headers of others) {
      expect(await ask(server, null, { ...request, headers })).toMatchObject({
        status: 400,
        body: { errorCode: "INVALID_SIGNATURE" },
      });
    }
  });

  test("accepts a signature up to thirty seconds off either way: that of a write once, of a read again", async () => {
    const request = requestOf(call);
    // A clock that stands, so that the second between two lines of the test counts for nothing.
    const at = new Date();
    const standing = { ...server, now: () => at };
    const headers = signed(standing, keys.owner, { ...request, skew: 30 });
    expect((await ask(standing, null, { ...request, headers })).status).toBe(200);
    const again = await ask(standing, null, { ...request, headers });
    if (call.method === "GET") {
      expect(again.status).toBe(200);
    } else {
      expect(again).toMatchObject({
        status: 400,
        body: { class: "Client::BadRequest", errorCode: "QUERY_TIME_OUT", message: "Query out of time" },
      });
    }
    await prepare(call);
    const early = signed(standing, keys.owner, { ...request, skew: -30 });
    expect((await ask(standing, null, { ...request, headers: early })).status).toBe(200);
    for (const skew of [-31, 31]) {
      const late = signed(standing, keys.owner, { ...request, skew });
      expect(await ask(standing, null, { ...request, headers: late })).toMatchObject({
        status: 400,
        body: { errorCode: "QUERY_TIME_OUT" },
      });
    }
  });

  test("is answered at the console for its customer, whatever it may not sign", async () => {
    const { method, path, body } = { body: undefined, ...requestOf(call) };
    const owner = { kind: "customer", customerId: await customerOf(source), userId: "u1" } as const;
    const request = {
      method,
      below: path,
      body: body === undefined ? "" : JSON.stringify(body),
      applicationKey: null,
      idempotencyKey: null,
    };
    const answered = await answerConsoleCall(request, owner, server);
    expect(answered.status).toBe(call === CALLS.getCurrentCredential ? 403 : 200);
    const stranger = { ...owner, customerId: "nobody-test" };
    const refused = await answerConsoleCall(request, stranger, server);
    if (call.path.includes("{")) expect(refused.status).toBe(404);
  });
});

describe.each(openCalls)("%s", (_id, call) => {
  test("answers anybody, signed or not, rightly or wrongly", async () => {
    const request = requestOf(call);
    expect((await ask(server, null, request)).status).toBe(200);
    expect((await ask(server, keys.owner, request)).status).toBe(200);
    expect((await ask(server, keys.expired, { ...request, skew: 500 })).status).toBe(200);
  });
});

test("a request for a key asks for a known application and nothing else", async () => {
  const request = requestOf(CALLS.requestCredential);
  expect((await ask(server, null, request)).status).toBe(401);
  const unknown = { ...request, headers: { "X-Ovh-Application": "x".repeat(16) } };
  expect(await ask(server, null, unknown)).toMatchObject({ status: 403, body: { errorCode: "INVALID_KEY" } });
  const known = { ...request, headers: { "X-Ovh-Application": keys.owner.applicationKey } };
  expect((await ask(server, null, known)).status).toBe(200);
});

async function customerOf(serviceName: string): Promise<string> {
  const [row] = await database.sql`select customer_id from sms_accounts where service_name = ${serviceName}`;
  return String(row?.["customer_id"]);
}
