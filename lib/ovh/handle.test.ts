import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { createSandboxCarrier } from "@/lib/carrier/sandbox-carrier/carrier";
import { creditsOf } from "@/lib/credits";
import { carryDue } from "@/lib/messages/delivery-service";
import { aServer, ask, BASE, keysOf, type Keys } from "./testing/client";
import type { ApiServer } from "./server";

let database: TestDatabase;
let server: ApiServer;
let keys: Keys;
let customerId: string;
let source: string;
let target: string;

beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
  server = aServer(database.db);
  ({ customerId } = await aCustomer(database.db));
  const balance = creditsOf(100_000n);
  ({ serviceName: source } = await anSmsAccount(database.db, { customerId, balance }));
  ({ serviceName: target } = await anSmsAccount(database.db, { customerId }));
  keys = await keysOf(server, customerId);
});

afterAll(() => database.close());

/** An unsigned call of the application. */
const askForKey = (call: Parameters<typeof ask>[2]) =>
  ask(server, null, { ...call, headers: { "X-Ovh-Application": keys.applicationKey } });

describe("calls", () => {
  test("time is a bare integer and needs no signature", async () => {
    const { status, body, headers } = await ask(server, null, { path: "/auth/time" });
    expect(status).toBe(200);
    expect(Math.abs(Number(body) - Date.now() / 1000)).toBeLessThan(5);
    expect(headers.get("X-OVH-QUERYID")).toMatch(/^IT\./);
  });

  test("the accounts are the customer's own service names", async () => {
    const { body } = await ask(server, keys, { path: "/sms" });
    expect(body).toEqual([source, target].sort());
  });

  test("a rule is set, read and turned off, by null and by 0", async () => {
    const path = `/sms/${target}`;
    const rule = { automaticRecreditAmount: 250, creditThresholdForAutomaticRecredit: 0.125 };
    for (const off of [null, 0]) {
      expect((await ask(server, keys, { method: "PUT", path, body: rule })).body).toBeNull();
      expect((await ask(server, keys, { path })).body).toMatchObject({ ...rule, creditsLeft: 0 });
      const body = { automaticRecreditAmount: off };
      expect((await ask(server, keys, { method: "PUT", path, body })).body).toBeNull();
      expect((await ask(server, keys, { path })).body).toMatchObject({
        automaticRecreditAmount: null,
        creditThresholdForAutomaticRecredit: null,
      });
    }
  });

  test("what was read may be sent back with one thing changed", async () => {
    const path = `/sms/${source}`;
    const { body } = await ask(server, keys, { path });
    const changed = { ...(body as object), description: "Ordini" };
    expect(await ask(server, keys, { method: "PUT", path, body: changed })).toMatchObject({ status: 200 });
    expect((await ask(server, keys, { path })).body).toMatchObject({ description: "Ordini" });
  });

  test("a change that is refused in part leaves nothing behind", async () => {
    const path = `/sms/${source}`;
    const body = { description: "Mai", creditThresholdForAutomaticRecredit: 5 };
    const refused = await ask(server, keys, { method: "PUT", path, body });
    expect(refused).toMatchObject({ status: 400, body: { errorCode: "INVALID_ARGUMENT" } });
    expect((await ask(server, keys, { path })).body).not.toMatchObject({ description: "Mai" });
  });

  test("an empty change is refused with what a client that drops nulls can send", async () => {
    for (const body of [undefined, {}]) {
      const { status, body: answer } = await ask(server, keys, {
        method: "PUT",
        path: `/sms/${source}`,
        ...(body !== undefined && { body }),
      });
      expect(status).toBe(400);
      expect(answer).toMatchObject({
        errorCode: "INVALID_ARGUMENT",
        message: expect.stringContaining("send automaticRecreditAmount 0") as string,
      });
    }
  });

  test("a transfer moves credits at once, and answers null", async () => {
    const body = { credits: 10.001, smsAccountTarget: target };
    const path = `/sms/${source}/transferCredits`;
    const { status, body: answer } = await ask(server, keys, { method: "POST", path, body });
    expect([status, answer]).toEqual([200, null]);
    expect((await ask(server, keys, { path: `/sms/${target}` })).body).toMatchObject({ creditsLeft: 10.001 });
    expect((await ask(server, keys, { path: `/sms/${source}` })).body).toMatchObject({ creditsLeft: 89.999 });
  });

  test.each([
    [{ credits: 0, smsAccountTarget: "x" }, 400],
    [{ credits: -1, smsAccountTarget: "x" }, 400],
    [{ credits: 0.0001, smsAccountTarget: "x" }, 400],
    [{ credits: "5", smsAccountTarget: "x" }, 400],
    [{ credits: 1e15, smsAccountTarget: "x" }, 400],
    [{ credits: 5 }, 400],
    [{ credits: 5, smsAccountTarget: "sms-no-such-1" }, 404],
    [{ credits: 5, smsAccountTarget: "x", more: 1 }, 400],
    [[], 400],
    [null, 400],
  ])("the transfer %j is refused with %i", async (body, expected) => {
    const path = `/sms/${source}/transferCredits`;
    const { status } = await ask(server, keys, { method: "POST", path, body });
    expect(status).toBe(expected);
  });

  test("a transfer to itself and one of too much are refused with what is left", async () => {
    const path = `/sms/${source}/transferCredits`;
    const itself = { credits: 1, smsAccountTarget: source };
    expect((await ask(server, keys, { method: "POST", path, body: itself })).status).toBe(400);
    const tooMuch = { credits: 5000, smsAccountTarget: target };
    expect(await ask(server, keys, { method: "POST", path, body: tooMuch })).toMatchObject({
      status: 409,
      body: { class: "Client::Conflict", message: "Not enough credits: 89.999 left, 5000 asked for" },
    });
  });

  test("a job lists whom it reached and whom not, and each message is found again", async () => {
    const unsendable = ["12", "+39 333 1234567 8", "+39 (0)35 1234567", "+393331234568,+393331234569"];
    const receivers = ["+393331234567", "0033612345678", ...unsendable, "+39061234567", "+393331234567"];
    const path = `/sms/${source}/jobs`;
    const body = { message: "Ciao", receivers, tag: "t1", charset: "UTF-8", class: "phoneDisplay" };
    const { status, body: report } = await ask(server, keys, { method: "POST", path, body });
    expect(status).toBe(200);
    expect(report).toMatchObject({
      validReceivers: ["+393331234567", "+33612345678"],
      invalidReceivers: [...unsendable, "+39061234567"],
      tag: "t1",
    });
    const { ids } = report as { ids: number[] };
    const listed = await ask(server, keys, { path: `/sms/${source}/outgoing?tag=t1` });
    expect(listed.body).toEqual(ids);
    const first = await ask(server, keys, { path: `/sms/${source}/outgoing/${String(ids[0])}` });
    expect(first.body).toMatchObject({ receiver: "+393331234567", message: "Ciao", credits: 0.7 });
    expect(await ask(server, keys, { path: `/sms/${target}/outgoing/${String(ids[0])}` })).toMatchObject({
      status: 404,
      body: { message: "This message does not exist" },
    });
  });

  test("each message says whether it has arrived, has not, or whether nobody knows yet", async () => {
    const receivers = ["+393990000001", "+393990009901", "+393990009905"];
    const job = { method: "POST", path: `/sms/${source}/jobs`, body: { message: "Ciao", receivers } };
    const { ids } = (await ask(server, keys, job)).body as { ids: number[] };
    const receipts = () =>
      Promise.all(
        ids.map(async (id) => {
          const { body } = await ask(server, keys, { path: `/sms/${source}/outgoing/${String(id)}` });
          return (body as { deliveryReceipt: number }).deliveryReceipt;
        }),
      );
    expect(await receipts()).toEqual([0, 0, 0]);
    for (const ms of [1000, 60_000]) {
      const now = () => new Date(Date.now() + ms);
      const context = { caller: { kind: "system", name: "delivery" } as const, db: database.db, now };
      const report = () => undefined;
      const carrier = createSandboxCarrier(database.db, { now });
      await carryDue(context, { carrier, leaseMs: 60_000, carrierTimeoutMs: 5000, report }, 100);
    }
    expect(await receipts()).toEqual([1, 2, 0]);
  });

  test("a text with a NUL, which no database keeps, is refused wherever it stands", async () => {
    const job = { message: "Ciao", receivers: ["+393331234567"], sender: "x", tag: "t" };
    for (const wrong of [{ message: "a\u0000b" }, { sender: "\u0000" }, { tag: "\u0000" }]) {
      const body = { ...job, ...wrong };
      const refused = await ask(server, keys, { method: "POST", path: `/sms/${source}/jobs`, body });
      expect(refused, JSON.stringify(wrong)).toMatchObject({ status: 400 });
    }
  });

  test("a key is asked for as each official client asks, with nulls where it leaves nothing out", async () => {
    const accessRules = [{ method: "GET", path: "/sms" }];
    const asked = (body: object) =>
      askForKey({ method: "POST", path: "/auth/credential", body: { accessRules, ...body } });
    const nulls = { redirection: null, allowedIPs: null };
    for (const body of [{}, { redirection: null }, nulls]) expect((await asked(body)).status).toBe(200);
    expect(await asked({ ...nulls, allowedIPs: ["192.0.2.1/32"] })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("allowedIPs") as string },
    });
  });

  test("an order has a price before it is made, and the same after", async () => {
    const path = `/order/sms/${source}/credits`;
    const price = await ask(server, keys, { path: `${path}?quantity=100` });
    expect(price.body).toMatchObject({ prices: { withTax: { value: 5.12 } }, orderId: null });
    const inBody = await ask(server, keys, { method: "POST", path, body: { quantity: 100 } });
    const inQuery = await ask(server, keys, { method: "POST", path: `${path}?quantity=100` });
    for (const made of [inBody, inQuery]) {
      expect(made).toMatchObject({ status: 200, body: { prices: { withoutTax: { value: 4.2 } } } });
      expect(made.body).toMatchObject({ orderId: expect.any(Number) as number });
    }
    const both = await ask(server, keys, {
      method: "POST",
      path: `${path}?quantity=100`,
      body: { quantity: 200 },
    });
    expect(both.status).toBe(400);
  });
});

describe("addresses", () => {
  test("what no call is named by is a 404, another method a 405, all with the four names", async () => {
    for (const path of ["/", "/nothing", "/sms//", "/sms//x", "/sms/%zz", "/sms/a%2Fjobs", "/sms/a/b/c/d"]) {
      const { status, body } = await ask(server, keys, { path });
      expect(status, path).toBe(404);
      expect(Object.keys(body as object).sort()).toEqual(["class", "errorCode", "httpCode", "message"]);
    }
    const wrong = await ask(server, keys, { method: "DELETE", path: "/sms" });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("Allow")).toBe("GET");
  });

  test("an address in other letters is another account", async () => {
    expect((await ask(server, keys, { path: `/sms/${source.toUpperCase()}` })).status).toBe(404);
    const escaped = source.replace("-", "%2D");
    expect((await ask(server, keys, { path: `/sms/${escaped}` })).status).toBe(200);
  });

  test("each form of the configured address is accepted, and no other", async () => {
    const call = { path: "/sms" };
    expect((await ask(server, keys, { ...call, base: BASE.replace("test", "test:443") })).status).toBe(200);
    const other = await ask(server, keys, {
      ...call,
      base: "https://evil.test/1.0",
      headers: { Host: "evil.test", "X-Forwarded-Host": "evil.test" },
    });
    expect(other.body).toMatchObject({ errorCode: "INVALID_SIGNATURE" });
  });
});
