import { afterAll, beforeAll, expect, test } from "vitest";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import { wholeCredits } from "@/lib/credits";
import type { ApiServer } from "./server";
import { aServer, ask, type Keys, keysOf } from "./testing/client";

let database: TestDatabase;
let server: ApiServer;
beforeAll(async () => {
  process.env["DATA_DIR"] = `.artifacts/api-${process.pid.toString()}`;
  database = await testDatabase();
  server = aServer(database.db);
});
afterAll(() => database.close());

const PASSWORD = "Xk3-pR9s.w2Q";

async function anAccount(): Promise<{ keys: Keys; path: string; customerId: string }> {
  const { customerId, serviceName } = await anSmsAccount(database.db, { balance: wholeCredits(10) });
  return { customerId, keys: await keysOf(server, customerId), path: `/sms/${serviceName}/users` };
}

test("users are made, listed, read, given another password and deleted as OVH has it", async () => {
  const { keys, path } = await anAccount();
  const call = (method: string, below = "", body?: unknown) =>
    ask(server, keys, { method, path: path + below, body });
  expect((await call("GET")).body).toEqual([]);
  for (const login of ["zeta", "a.lfa@example.com"]) {
    expect(await call("POST", "", { login, password: PASSWORD })).toMatchObject({ status: 200, body: null });
  }
  expect((await call("GET")).body).toEqual(["a.lfa@example.com", "zeta"]);
  const read = {
    login: "a.lfa@example.com",
    password: null,
    ipRestrictions: [],
    quotaInformations: { quotaLeft: 0, quotaStatus: "inactive", quotaTotal: 0 },
    alertThresholdInformations: {
      alertEmail: null,
      alertNumber: null,
      alertStatus: "inactive",
      alertThreshold: 0,
    },
    callBack: null,
    stopCallBack: null,
  };
  expect((await call("GET", "/a.lfa%40example.com")).body).toEqual(read);
  // Programs send back what they have read, with what they want to change.
  for (const body of [read, { ...read, password: "another-one-9" }, { password: "another-one-9" }])
    expect(await call("PUT", "/a.lfa%40example.com", body)).toMatchObject({ status: 200, body: null });
  expect((await call("GET", "/zeta/jobs")).body).toEqual([]);
  expect(await call("DELETE", "/zeta")).toMatchObject({ status: 200, body: null });
  expect((await call("GET")).body).toEqual(["a.lfa@example.com"]);
});

test("a job of a user goes as one of the account, once, and is recorded as that user's", async () => {
  const { keys, path, customerId } = await anAccount();
  await ask(server, keys, { method: "POST", path, body: { login: "zeta", password: PASSWORD } });
  const body = { message: "Ciao", receivers: ["+393331234567", "12"] };
  const headers = { "Idempotency-Key": "one" };
  const sent = await ask(server, keys, { method: "POST", path: `${path}/zeta/jobs`, body, headers });
  expect(sent.body).toMatchObject({ validReceivers: ["+393331234567"], totalCreditsRemoved: 0.7 });
  const again = await ask(server, keys, { method: "POST", path: `${path}/zeta/jobs`, body, headers });
  expect(again.body).toEqual(sent.body);
  const rows = await database.sql`select sent_by from messages where customer_id = ${customerId}`;
  expect(rows).toEqual([{ sent_by: "api-user:zeta" }]);
});

test("what cannot be is refused in words, and another's account has no users", async () => {
  const { keys, path } = await anAccount();
  const other = await anAccount();
  const call = (method: string, below = "", body?: unknown, of = path) =>
    ask(server, keys, { method, path: of + below, body });
  await call("POST", "", { login: "zeta", password: PASSWORD });
  const takes = (message: string) => ({ status: 400, body: { message } });
  expect(await call("POST", "", { login: "zeta", password: PASSWORD })).toMatchObject({
    status: 409,
    body: { message: "This account has a user of this login" },
  });
  expect(await call("POST", "", { login: "è", password: PASSWORD })).toMatchObject(
    takes(
      "Invalid parameter login: 1 to 64 letters A to Z, digits, dots, underlines, at signs and hyphens, a letter or digit first",
    ),
  );
  expect(await call("POST", "", { login: "beta", password: "short" })).toMatchObject(
    takes("Invalid parameter password: 8 to 64 visible ASCII characters"),
  );
  expect(await call("PUT", "/zeta", { callBack: "https://example.com" })).toMatchObject(
    takes("Invalid parameter callBack: null: no address is called back"),
  );
  expect(await call("PUT", "/zeta", { ipRestrictions: ["192.0.2.1"] })).toMatchObject({ status: 400 });
  const noUser = { status: 404, body: { message: "This user does not exist" } };
  const job = { message: "Ciao", receivers: ["+393331234567"] };
  expect(await call("GET", "/nobody")).toMatchObject(noUser);
  expect(await call("PUT", "/nobody", { password: PASSWORD })).toMatchObject(noUser);
  expect(await call("DELETE", "/nobody")).toMatchObject(noUser);
  expect(await call("GET", "/nobody/jobs")).toMatchObject(noUser);
  expect(await call("POST", "/nobody/jobs", job)).toMatchObject(noUser);
  const noService = { status: 404, body: { message: "This service does not exist" } };
  await ask(server, other.keys, {
    method: "POST",
    path: other.path,
    body: { login: "zeta", password: PASSWORD },
  });
  for (const answer of [
    await call("GET", "", undefined, other.path),
    await call("GET", "/zeta", undefined, other.path),
    await call("POST", "", { login: "theta", password: PASSWORD }, other.path),
    await call("PUT", "/zeta", { password: PASSWORD }, other.path),
    await call("DELETE", "/zeta", undefined, other.path),
    await call("POST", "/zeta/jobs", job, other.path),
  ])
    expect(answer).toMatchObject(noService);
});
