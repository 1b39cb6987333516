import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, type Pool } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { type DoomedServer, startDoomedServer } from "@/db/testing-outage";
import { aServer, ask } from "./testing/client";

let doomed: DoomedServer;
let pool: Pool;
beforeAll(async () => {
  doomed = await startDoomedServer();
  await migrateDatabase(doomed.url);
  pool = openDatabase(doomed.url);
});
afterAll(async () => {
  await pool.close();
  await doomed.close();
});

test("while the database is away every call is told to come again, from the first moment to the last", async () => {
  const reported: unknown[] = [];
  const server = { ...aServer(pool.db), report: (error: unknown) => reported.push(error) };
  expect((await ask(server, null, { path: "/auth/time" })).status).toBe(200);
  const back = new AbortController();
  const killed = doomed.kill(1500).then(() => {
    back.abort();
  });
  const answers = [];
  while (!back.signal.aborted) {
    for (const path of ["/auth/time", "/sms", "/sms/rates/packs"])
      answers.push(await ask(server, null, { path }));
  }
  await killed;
  const away = answers.filter(({ status }) => status !== 200 && status !== 401 && status !== 400);
  expect(away.length).toBeGreaterThan(0);
  for (const answer of away) {
    expect(answer).toMatchObject({
      status: 503,
      body: {
        class: "Server::ServiceUnavailable",
        errorCode: "UNAVAILABLE",
        httpCode: "503 Service Unavailable",
        message: "The service is not available at this moment",
      },
    });
    expect(answer.headers.get("Retry-After")).toBe("2");
  }
  expect(reported).toEqual([]);
  expect((await ask(server, null, { path: "/auth/time" })).status).toBe(200);
});
