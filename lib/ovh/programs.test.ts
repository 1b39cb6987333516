import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { wholeCredits } from "@/lib/credits";
import type { ApiServer } from "./server";
import { aServer, ask, keysOf, signed, type Keys } from "./testing/client";

/** What public programs send, field by field, as their sources write it. */

let database: TestDatabase;
let server: ApiServer;
let keys: Keys;
let account: string;

beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
  server = aServer(database.db);
  const { customerId } = await aCustomer(database.db);
  ({ serviceName: account } = await anSmsAccount(database.db, { customerId, balance: wholeCredits(1000) }));
  keys = await keysOf(server, customerId);
});
afterAll(() => database.close());

const send = (body: object) =>
  ask(server, keys, {
    method: "POST",
    path: `/sms/${account}/jobs`,
    body: { message: "Ciao", receivers: ["+393331234567"], ...body },
  });

const balance = async () => {
  const { body } = await ask(server, keys, { path: `/sms/${account}` });
  return (body as { creditsLeft: number }).creditsLeft;
};

describe("a job", () => {
  test.each([
    { senderForResponse: true },
    { senderForResponse: "true", noStopClause: "1" },
    { senderForResponse: 1, noStopClause: 0 },
    { senderForResponse: "", noStopClause: null },
    { class: "flash" },
    { class: "phoneDisplay" },
    { class: "sim" },
    { class: "toolkit" },
    { charset: "utf-8", coding: "8bit", priority: "veryLow" },
    { coding: "7bit", priority: "high", charset: "UTF-8" },
    { validityPeriod: 2880 },
    { validityPeriod: "2880" },
    { validityPeriod: 10_080 },
    { validityPeriod: 0 },
    { differedPeriod: 0 },
    { differedPeriod: "0", receiversDocumentUrl: "", receiversSlotId: "" },
    { receiversDocumentUrl: null, receiversSlotId: null, tag: "", sender: "" },
  ])("with %o is sent", async (fields) => {
    const before = await balance();
    expect(await send(fields)).toMatchObject({
      status: 200,
      body: { validReceivers: ["+393331234567"], totalCreditsRemoved: 0.7 },
    });
    expect(await balance()).toBeCloseTo(before - 0.7, 3);
  });

  test.each([
    [{ receiversDocumentUrl: "https://example.com/numbers.csv" }, "receiversDocumentUrl: send receivers"],
    [
      { receiversDocumentUrl: "https://example.com/numbers.csv", receivers: undefined },
      "receiversDocumentUrl: send receivers",
    ],
    [{ receiversSlotId: "12", receivers: undefined }, "receiversSlotId: send receivers"],
    [{ differedPeriod: 60 }, "differedPeriod: 0: messages are sent at once"],
    [{ differedPeriod: "60" }, "differedPeriod: 0: messages are sent at once"],
    [{ validityPeriod: "two days" }, "validityPeriod: minutes, a whole number"],
    [{ senderForResponse: "maybe" }, "senderForResponse: true or false"],
  ])("with %o, which would do something else here, is refused with what to send", async (fields, words) => {
    const before = await balance();
    const { status, body } = await send(fields);
    expect(status).toBe(400);
    expect((body as { message: string }).message).toContain(words);
    expect(await balance()).toBe(before);
  });

  test("whose receivers are all invalid is answered with their list, sends nothing and takes nothing", async () => {
    const before = await balance();
    const receivers = ["0612345678", "not a number", "+39061234567"];
    expect(await send({ receivers, tag: "mine" })).toMatchObject({
      status: 200,
      body: { ids: [], validReceivers: [], invalidReceivers: receivers, totalCreditsRemoved: 0, tag: "mine" },
    });
    expect(await balance()).toBe(before);
    const listed = await ask(server, keys, { path: `/sms/${account}/outgoing?tag=mine` });
    expect(listed.body).toEqual([]);
    expect(await send({ receivers, message: " " })).toMatchObject({ status: 400 });
  });
});

describe("a slash at the end of a path", () => {
  test("changes nothing, is signed as called, and may stand in access rules", async () => {
    expect(await ask(server, keys, { path: "/sms/" })).toMatchObject({ status: 200, body: [account] });
    const { customerId } = await aCustomer(database.db);
    const { serviceName } = await anSmsAccount(database.db, { customerId, balance: wholeCredits(10) });
    const few = await keysOf(server, customerId, [
      { method: "GET", path: "/sms/" },
      { method: "POST", path: "/sms/*/jobs/" },
    ]);
    for (const path of ["/sms", "/sms/"]) {
      expect(await ask(server, few, { path }), path).toMatchObject({ status: 200, body: [serviceName] });
    }
    for (const path of [`/sms/${serviceName}/jobs`, `/sms/${serviceName}/jobs/`]) {
      const body = { message: "Ciao", receivers: ["+393331234567"] };
      expect(await ask(server, few, { method: "POST", path, body }), path).toMatchObject({ status: 200 });
    }
    expect(await ask(server, few, { path: `/sms/${serviceName}/` })).toMatchObject({ status: 403 });
    const signedWithout = signed(server, few, { path: "/sms" });
    expect(await ask(server, null, { path: "/sms/", headers: signedWithout })).toMatchObject({
      status: 400,
      body: { errorCode: "INVALID_SIGNATURE" },
    });
  });

  test("is no open door: what /sms/* does not open, its slash does not either", async () => {
    const { customerId } = await aCustomer(database.db);
    const few = await keysOf(server, customerId, [{ method: "GET", path: "/sms/*" }]);
    expect(await ask(server, few, { path: "/sms/" })).toMatchObject({ status: 403 });
  });
});
