import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aCustomer, testDatabase, type TestDatabase } from "@/db/testing";
import { answerOnce } from "./admission-service";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** Work that takes a while, and counts how often it was done. */
async function aWork() {
  const { customerId } = await aCustomer(database.db);
  const done = { times: 0 };
  const ask = (work: () => Promise<{ status: number; body: string; keep?: boolean }>) =>
    answerOnce(
      { db: database.db, now: () => new Date() },
      { customerId, holdsSecret: false, idempotencyKey: "k", requestHash: "f" },
      work,
    );
  return {
    done,
    ask,
    slowly: () =>
      ask(async () => {
        done.times += 1;
        await sleep(150);
        return { status: 200, body: String(done.times) };
      }),
  };
}

test("while the work runs, others with its key wait for it and do none of their own", async () => {
  const { done, slowly } = await aWork();
  const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => slowly()));
  expect(done.times).toBe(1);
  expect(answers).toEqual(
    answers.map(() => ({ kind: "answer", answer: expect.objectContaining({ body: "1" }) as unknown })),
  );
});

test("work that failed, or asks to come again, is done anew by the next", async () => {
  const { done, ask, slowly } = await aWork();
  await expect(ask(() => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
  await ask(() => Promise.resolve({ status: 503, body: "later", keep: false }));
  expect(await slowly()).toMatchObject({ answer: { status: 200, body: "1" } });
  await slowly();
  expect(done.times).toBe(1);
});

test.each([true, false])(
  "a call that was paused, and comes back when another has answered, answers as that one did (one transaction: %s)",
  async (isOneTransaction) => {
    const { customerId } = await aCustomer(database.db);
    let at = new Date("2026-11-02T09:00:00Z").getTime();
    const request = {
      customerId,
      holdsSecret: false,
      idempotencyKey: "k",
      requestHash: "f",
      isOneTransaction,
    };
    const ask = (work: () => Promise<string>) =>
      answerOnce({ db: database.db, now: () => new Date(at) }, request, async () => ({
        status: 200,
        body: await work(),
      }));
    const answered = await ask(async () => {
      at += 30_000;
      await ask(() => Promise.resolve("the other's"));
      return "its own";
    });
    expect(answered).toEqual({ kind: "answer", answer: { status: 200, body: "the other's" } });
  },
);
