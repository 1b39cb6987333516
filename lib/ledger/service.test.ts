import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { creditsOf, wholeCredits } from "@/lib/credits";
import { post } from "./service";

let database: TestDatabase;
let context: Context;
beforeAll(async () => {
  database = await testDatabase();
  context = { caller: { kind: "system", name: "test" }, db: database.db, now: () => new Date() };
});
afterAll(() => database.close());

describe("a posting", () => {
  test("moves the balance and answers its movement", async () => {
    const account = await anSmsAccount(database.db, { balance: wholeCredits(100) });
    for (let index = 0; index < 3; index += 1) {
      const result = await post(context, {
        kind: "message",
        account,
        amount: creditsOf(700n),
        reference: `message:${index}`,
        fingerprint: "f",
      });
      expect(result).toMatchObject({ ok: true, value: { repeated: false, crossing: null } });
    }
  });
});
