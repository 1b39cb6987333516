import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { sweepAdmissions } from "@/lib/credentials/admission-service";
import { wholeCredits } from "@/lib/credits";
import { hasBody, isWrite, type Call } from "./calls/call";
import { CALLS } from "./calls/table";
import type { ApiServer } from "./server";
import { aServer, ask, keysOf, type Keys } from "./testing/client";

let database: TestDatabase;
let server: ApiServer;
let keys: Keys;
let customerId: string;
let source: string;
let target: string;

beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  const { db } = database;
  server = { ...aServer(db), address: `192.0.2.${randomUUID()}` };
  ({ customerId } = await aCustomer(db));
  ({ serviceName: source } = await anSmsAccount(db, { customerId, balance: wholeCredits(100) }));
  ({ serviceName: target } = await anSmsAccount(db, { customerId }));
  keys = await keysOf(server, customerId);
});

const transfer = (credits: number, idempotencyKey?: string) => ({
  method: "POST",
  path: `/sms/${source}/transferCredits`,
  body: { credits, smsAccountTarget: target },
  ...(idempotencyKey !== undefined && { headers: { "Idempotency-Key": idempotencyKey } }),
});
const balanceOf = async (serviceName: string) => {
  const { body } = await ask(server, keys, { path: `/sms/${serviceName}` });
  return (body as { creditsLeft: number }).creditsLeft;
};

describe("Idempotency-Key", () => {
  test("the same key and body answer as the first time, and move once", async () => {
    for (let time = 0; time < 3; time += 1) {
      expect(await ask(server, keys, transfer(10, "k1"))).toMatchObject({ status: 200, body: null });
    }
    expect(await balanceOf(source)).toBe(90);
  });

  test("another body, another call or another account under the same key is a conflict", async () => {
    await ask(server, keys, transfer(10, "k1"));
    const headers = { "Idempotency-Key": "k1" };
    const others = [
      transfer(11, "k1"),
      { method: "PUT", path: `/sms/${source}`, body: { description: "x" }, headers },
      { ...transfer(10, "k1"), path: `/sms/${target}/transferCredits` },
    ];
    for (const other of others) {
      expect(await ask(server, keys, other)).toMatchObject({
        status: 409,
        body: { class: "Client::Conflict", errorCode: "IDEMPOTENCY_KEY_REUSED" },
      });
    }
  });

  test("a refusal is given again too, though it would succeed by now", async () => {
    const refused = await ask(server, keys, transfer(1000, "k2"));
    expect(refused.status).toBe(409);
    const { serviceName: rich } = await anSmsAccount(database.db, {
      customerId,
      balance: wholeCredits(5000),
    });
    const path = `/sms/${rich}/transferCredits`;
    await ask(server, keys, { method: "POST", path, body: { credits: 2000, smsAccountTarget: source } });
    expect(await ask(server, keys, transfer(1000, "k2"))).toMatchObject({ status: 409, body: refused.body });
    expect((await ask(server, keys, transfer(1000, "k3"))).status).toBe(200);
  });

  test("sixteen at once do the work once and are all answered", async () => {
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => ask(server, keys, transfer(5, "together"))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 200));
    expect(await balanceOf(source)).toBe(95);
  });

  test("is one customer's own: another's same key is another", async () => {
    await ask(server, keys, transfer(10, "k1"));
    const { customerId: other } = await aCustomer(database.db);
    const { serviceName } = await anSmsAccount(database.db, { customerId: other });
    const call = {
      method: "PUT",
      path: `/sms/${serviceName}`,
      body: { description: "x" },
      headers: { "Idempotency-Key": "k1" },
    };
    expect((await ask(server, await keysOf(server, other), call)).status).toBe(200);
  });

  test("a process that died before it kept the answer leaves work that finds itself done", async () => {
    await ask(server, keys, transfer(10, "k1"));
    await database.sql`update api_answers set status = null, body = null, leased_until = now() - interval '1 s'
      where customer_id = ${customerId}`;
    expect((await ask(server, keys, transfer(10, "k1"))).status).toBe(200);
    expect(await balanceOf(source)).toBe(90);
  });

  test("holds for every write: the same again is one effect, another body a conflict", async () => {
    const writes = Object.values<Call>(CALLS).filter((call) => isWrite(call) && hasBody(call));
    const bodies: Record<string, [object, object]> = {
      "/sms/{serviceName}": [{ description: "Uno" }, { description: "Due" }],
      "/sms/{serviceName}/transferCredits": [
        { credits: 2, smsAccountTarget: target },
        { credits: 3, smsAccountTarget: target },
      ],
      "/sms/{serviceName}/jobs": [
        { message: "Uno", receivers: ["+393331234567"] },
        { message: "Due", receivers: ["+393331234567"] },
      ],
      "/sms/{serviceName}/users": [
        { login: "contabilita", password: "Xk3-pR9s.w2Q" },
        { login: "contabilita", password: "another-Xk3-pR9s" },
      ],
      "/sms/{serviceName}/users/{login}": [{ password: "Xk3-pR9s.w2Q" }, { password: "another-Xk3-pR9s" }],
      "/sms/{serviceName}/users/{login}/jobs": [
        { message: "Uno", receivers: ["+393331234567"] },
        { message: "Due", receivers: ["+393331234567"] },
      ],
      "/sms/estimate": [{ message: "Uno" }, { message: "Due" }],
      "/order/sms/{serviceName}/credits": [{ quantity: 100 }, { quantity: 200 }],
      "/auth/credential": [
        { accessRules: [{ method: "GET", path: "/sms" }] },
        { accessRules: [{ method: "GET", path: "/*" }] },
      ],
    };
    expect(writes.map((call) => call.path).sort()).toEqual(Object.keys(bodies).sort());
    for (const call of writes) {
      const path = call.path.replace("{serviceName}", source).replace("{login}", "contabilita");
      const [body, other] = bodies[call.path] ?? [{}, {}];
      const request = { method: call.method, path, headers: { "Idempotency-Key": path } };
      const first = await ask(server, keys, { ...request, body });
      expect(first.status, path).toBe(200);
      expect(await ask(server, keys, { ...request, body }), path).toMatchObject({
        status: 200,
        body: first.body,
      });
      expect((await ask(server, keys, { ...request, body: other })).status, path).toBe(409);
    }
    const [counted] = await database.sql`select
      (select count(*)::int from messages where customer_id = ${customerId}) as messages,
      (select count(*)::int from orders where customer_id = ${customerId}) as orders,
      (select count(*)::int from api_credentials
        where application_key = ${keys.applicationKey} and state = 'pending') as requests,
      (select count(*)::int from entries where customer_id = ${customerId} and kind like 'transfer%') as transfers`;
    expect(counted).toEqual({ messages: 2, orders: 1, requests: 1, transfers: 2 });
  });

  test("a consumer key that is given again is nowhere kept readable, and no other application's", async () => {
    const { applicationKey } = await keysOf(server, customerId);
    const request = (application: string) => ({
      method: "POST",
      path: "/auth/credential",
      body: { accessRules: [{ method: "GET", path: "/sms" }] },
      headers: { "X-Ovh-Application": application, "Idempotency-Key": "k1" },
    });
    const first = await ask(server, null, request(applicationKey));
    const { consumerKey } = first.body as { consumerKey: string };
    expect((await ask(server, null, request(applicationKey))).body).toEqual(first.body);
    const [row] = await database.sql`select body from api_answers where customer_id = ${customerId}`;
    expect(row?.["body"]).toMatch(/^v1\./);
    expect(row?.["body"]).not.toContain(consumerKey);
    // The same key of the customer's own, and of another application, is another request.
    expect((await ask(server, keys, transfer(10, "k1"))).status).toBe(200);
    const other = await ask(server, null, request(keys.applicationKey));
    expect(other.status).toBe(200);
    expect((other.body as { consumerKey: string }).consumerKey).not.toBe(consumerKey);
  });

  test("is kept for a day at least, and not for ever", async () => {
    const HOUR_MS = 3_600_000;
    const after = (hours: number) => ({ ...server, now: () => new Date(Date.now() + hours * HOUR_MS) });
    const kept = async () =>
      (await database.sql`select 1 from api_answers where customer_id = ${customerId}`).length;
    await ask(server, keys, transfer(10, "k1"));
    await sweepAdmissions(after(24), 30);
    expect(await kept()).toBe(1);
    expect((await ask(after(24), keys, transfer(10, "k1"))).status).toBe(200);
    expect(await balanceOf(source)).toBe(90);
    await sweepAdmissions(after(49), 30);
    expect(await kept()).toBe(0);
  });

  test.each(["x".repeat(91), "two words"])("the key %j is refused", async (key) => {
    expect((await ask(server, keys, transfer(1, key))).status).toBe(400);
  });
});

describe("limits", () => {
  test("a key has so many calls, then a 429 with Retry-After, then calls again", async () => {
    let at = Date.now();
    const slow = { ...server, now: () => new Date(at) };
    slow.settings = { ...server.settings, callsPerMinuteOfKey: 6 };
    for (let call = 0; call < 6; call += 1) {
      expect((await ask(slow, keys, { path: "/sms" })).status).toBe(200);
    }
    const refused = await ask(slow, keys, { path: "/sms" });
    expect(refused).toMatchObject({ status: 429, body: { class: "Client::TooManyRequests" } });
    expect(Number(refused.headers.get("Retry-After"))).toBe(10);
    at += 10_000;
    expect((await ask(slow, keys, { path: "/sms" })).status).toBe(200);
    expect((await ask(slow, keys, { path: "/sms" })).status).toBe(429);
    const another = await keysOf(server, customerId);
    expect((await ask(slow, another, { path: "/sms" })).status).toBe(200);
  });

  test("so has an address, whatever it sends", async () => {
    const slow = { ...server, settings: { ...server.settings, callsPerMinuteOfAddress: 3 } };
    for (let call = 0; call < 3; call += 1) await ask(slow, null, { path: "/nothing" });
    const refused = await ask(slow, null, { path: "/auth/time" });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    const elsewhere = { ...slow, address: "198.51.100.7" };
    expect((await ask(elsewhere, null, { path: "/auth/time" })).status).toBe(200);
  });

  test("a body over 1 MiB is refused, one just below is read", async () => {
    const path = `/sms/${source}/jobs`;
    const big = JSON.stringify({ message: "x", receivers: ["+393331234567"], tag: "x".repeat(1024 * 1024) });
    expect(await ask(server, keys, { method: "POST", path, rawBody: big })).toMatchObject({
      status: 413,
      body: { errorCode: "BODY_TOO_LARGE" },
    });
    const pad = JSON.stringify({ message: "x", receivers: ["+393331234567"] }).padEnd(1024 * 1024, " ");
    expect((await ask(server, keys, { method: "POST", path, rawBody: pad })).status).toBe(200);
  });

  test("ten thousand receivers are one call and one posting", async () => {
    const { serviceName } = await anSmsAccount(database.db, { customerId, balance: wholeCredits(10_000) });
    const receivers = Array.from({ length: 10_000 }, (_, index) => `+39333${(1_000_000 + index).toString()}`);
    const path = `/sms/${serviceName}/jobs`;
    const { status, body } = await ask(server, keys, {
      method: "POST",
      path,
      body: { message: "x", receivers },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ totalCreditsRemoved: 7000, invalidReceivers: [] });
    expect(new Set((body as { ids: number[] }).ids).size).toBe(10_000);
    const [row] = await database.sql`select count(*)::int as entries from entries
      where service_name = ${serviceName} and kind = 'message'`;
    expect(row?.["entries"]).toBe(1);
  });
});
