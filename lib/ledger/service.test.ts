import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { sqlStateOf } from "@/db/errors";
import { paymentMethods } from "@/db/schema/payments";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import { type Credits, creditsOf, wholeCredits } from "@/lib/credits";
import { post, type PostingInput } from "./service";
import type { AttachedTable } from "./attachment-rules";
import { fresh, message, stateIn, systemOn } from "./ledger.testing";

let database: TestDatabase;
let context: Context;
/** A second process, as far as the ledger can tell: a pool of its own, with what it remembers. */
let elsewhere: Context;
let closeElsewhere: () => Promise<void>;

beforeAll(async () => {
  database = await testDatabase();
  const other = openDatabase(database.url);
  closeElsewhere = other.close;
  context = systemOn(database.db);
  elsewhere = systemOn(other.db);
});
afterAll(async () => {
  await closeElsewhere();
  await database.close();
});

const stateOf = (account: AccountKey) => stateIn(database.db, account);

describe("a posting", () => {
  test("moves the balance, numbers the entry, and never dates it before the last", async () => {
    const account = await anSmsAccount(database.db, { balance: wholeCredits(100) });
    const early = new Date("2020-01-01T00:00:00Z");
    const first = await post(context, message(account, creditsOf(700n)));
    const second = await post(context, { ...message(account, creditsOf(300n)), at: early });
    if (!first.ok || !second.ok) throw new Error("refused");
    expect(first.value.entries[0]).toMatchObject({ sequence: 2n, amount: -700n, balanceAfter: 99_300n });
    expect(second.value.entries[0]).toMatchObject({
      sequence: 3n,
      balanceBefore: 99_300n,
      balanceAfter: 99_000n,
    });
    expect(second.value.entries[0]?.postedAt).toEqual(first.value.entries[0]?.postedAt);
  });

  test("that the balance does not cover is refused whole and changes nothing", async () => {
    const account = await anSmsAccount(database.db, { balance: creditsOf(1000n) });
    const before = await stateOf(account);
    expect(await post(context, message(account, creditsOf(1001n)))).toEqual({
      ok: false,
      failure: { code: "insufficient_credits", available: "1", requested: "1.001" },
    });
    expect(await stateOf(account)).toEqual(before);
    expect(await post(context, message(account, creditsOf(1000n)))).toMatchObject({ ok: true });
  });

  test("is not refused on what was known before another process filled the account", async () => {
    const account = await anSmsAccount(database.db, { balance: creditsOf(1000n) });
    await post(context, message(account, creditsOf(900n)));
    await post(elsewhere, { kind: "purchase", account, amount: wholeCredits(100), ...fresh() });
    // Together, so that one of the same batch is written at once and the other looked at again.
    const results = [creditsOf(1n), creditsOf(50_000n)].map((amount) =>
      post(context, message(account, amount)),
    );
    expect((await Promise.all(results)).map((result) => result.ok)).toEqual([true, true]);
    await post(context, message(account, creditsOf(1n)));
    await post(elsewhere, { kind: "purchase", account, amount: wholeCredits(100), ...fresh() });
    expect(await post(context, message(account, creditsOf(120_000n)))).toMatchObject({ ok: true });
  });

  test("repeated with the same content answers as the first time, with another it is a conflict", async () => {
    const account = await anSmsAccount(database.db, {
      balance: creditsOf(1000n),
      threshold: creditsOf(500n),
    });
    const once = message(account, creditsOf(600n));
    const first = await post(context, once);
    expect(first).toMatchObject({ ok: true, value: { repeated: false, crossing: 1 } });
    if (!first.ok) throw new Error("refused");
    for (const where of [context, elsewhere]) {
      // The balance would not cover it any more, and the price may have changed: it is still the same request.
      for (const amount of [creditsOf(600n), creditsOf(800n)]) {
        expect(await post(where, { ...once, amount })).toEqual({
          ok: true,
          value: { ...first.value, repeated: true },
        });
      }
      const conflict = { ok: false, failure: { code: "conflict" } };
      expect(await post(where, { ...once, requestHash: "other" })).toEqual(conflict);
      expect(await post(where, { ...once, kind: "purchase" })).toEqual(conflict);
      const sibling = await anSmsAccount(database.db, {
        customerId: account.customerId,
        balance: creditsOf(9999n),
      });
      expect(await post(where, { ...once, account: sibling })).toEqual(conflict);
    }
    expect(await stateOf(account)).toMatchObject({ balance: 400n, sequence: 2n });
  });

  test("sent twice at the same moment, from two processes, is posted once", async () => {
    const account = await anSmsAccount(database.db, { balance: wholeCredits(1000) });
    const once = message(account, wholeCredits(1));
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => post(index % 2 === 0 ? context : elsewhere, once)),
    );
    expect(results.filter((result) => result.ok && !result.value.repeated)).toHaveLength(1);
    expect(results.every((result) => result.ok && result.value.entries[0]?.sequence === 2n)).toBe(true);
    expect(await stateOf(account)).toMatchObject({ balance: 999_000n });
  });

  test("by a stranger is not found, by support is not allowed", async () => {
    const account = await anSmsAccount(database.db, { balance: wholeCredits(1) });
    const as = (caller: Context["caller"]) => post({ ...context, caller }, message(account, creditsOf(1n)));
    const failure = (code: string) => ({ ok: false, failure: { code } });
    expect(await as({ kind: "customer", customerId: "someone-else", userId: "u" })).toEqual(
      failure("not_found"),
    );
    expect(await as({ kind: "support", userId: "u", right: "support" })).toEqual(failure("not_allowed"));
    const missing = { customerId: account.customerId, serviceName: "sms-missing-1" };
    expect(await post(context, message(missing, creditsOf(1n)))).toEqual(failure("not_found"));
  });

  test("of nothing, of a negative amount or of more than anyone has is a mistake in the program", () => {
    const account = { customerId: "c", serviceName: "sms-c-1" };
    for (const amount of [0n, -1n, 10n ** 18n]) {
      expect(() => post(context, message(account, creditsOf(amount)))).toThrow(RangeError);
    }
  });
});

describe("a posting with rows of another table", () => {
  const METHODS: AttachedTable<{ customerId: string; token: string | null }> = {
    name: "payment_methods",
    columns: { customer_id: "text", token: "text", label: "text", changed_at: "timestamptz" },
    rowsOf: ({ customerId, token }) => [[customerId, token, "x", new Date().toISOString()]],
  };
  const attach = (customerId: string, token: string | null) => ({
    attach: { tables: [METHODS], row: { customerId, token } },
  });
  const methodsOf = (customerId: string) =>
    database.db.select().from(paymentMethods).where(eq(paymentMethods.customerId, customerId));

  test("writes them if it is accepted, not if it is refused or repeated", async () => {
    const account = await anSmsAccount(database.db, { balance: wholeCredits(1) });
    const { customerId } = account;
    await post(context, { ...message(account, wholeCredits(2)), ...attach(customerId, "refused") });
    expect(await methodsOf(customerId)).toHaveLength(0);
    const accepted = { ...message(account, wholeCredits(1)), ...attach(customerId, "accepted") };
    expect(await post(context, accepted)).toMatchObject({ ok: true });
    expect(await post(context, accepted)).toMatchObject({ ok: true, value: { repeated: true } });
    expect(await methodsOf(customerId)).toMatchObject([{ token: "accepted" }]);
  });

  test("writes those of the accepted, where others of the same batch are refused or repeated", async () => {
    const account = await anSmsAccount(database.db, { balance: wholeCredits(1) });
    const [first, second, third] = [
      await aCustomer(database.db),
      await aCustomer(database.db),
      await aCustomer(database.db),
    ];
    const earlier = message(account, wholeCredits(1));
    await post(context, earlier);
    const together = [
      {
        ...message(account, creditsOf(1n)),
        kind: "purchase" as const,
        ...attach(first.customerId, "accepted"),
      },
      { ...earlier, ...attach(second.customerId, "repeated") },
      { ...message(account, wholeCredits(2)), ...attach(third.customerId, "refused") },
    ];
    const results = await Promise.all(together.map((input) => post(context, input)));
    expect(results.map((result) => result.ok)).toEqual([true, true, false]);
    expect(await methodsOf(first.customerId)).toHaveLength(1);
    expect(await methodsOf(second.customerId)).toHaveLength(0);
    expect(await methodsOf(third.customerId)).toHaveLength(0);
  });

  test("writes them once, where one account of the batch was changed by another process", async () => {
    const known = await anSmsAccount(database.db, { balance: wholeCredits(9) });
    const { customerId } = known;
    const changed = await anSmsAccount(database.db, { customerId, balance: wholeCredits(9) });
    for (const account of [known, changed]) await post(context, message(account, wholeCredits(1)));
    await post(elsewhere, message(changed, wholeCredits(1)));
    const another = await aCustomer(database.db);
    const results = await Promise.all([
      post(context, { ...message(known, wholeCredits(1)), ...attach(customerId, "known") }),
      post(context, { ...message(changed, wholeCredits(1)), ...attach(another.customerId, "changed") }),
    ]);
    expect(results).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await methodsOf(customerId)).toHaveLength(1);
    expect(await methodsOf(another.customerId)).toHaveLength(1);
    expect(await stateOf(known)).toMatchObject({ balance: 7000n });
    expect(await stateOf(changed)).toMatchObject({ balance: 6000n });
  });

  test("that fail takes its entry back, and no other of the same batch", async () => {
    const account = await anSmsAccount(database.db, { balance: wholeCredits(100) });
    const { customerId } = account;
    const results = await Promise.allSettled([
      post(context, { ...message(account, wholeCredits(1)), ...attach(customerId, "kept") }),
      post(context, { ...message(account, wholeCredits(1)), ...attach(customerId, null) }),
      post(context, message(account, wholeCredits(1))),
      post(context, { ...message(account, wholeCredits(1)), requestHash: "\u0000" }),
    ]);
    expect(results.map((result) => result.status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "rejected",
    ]);
    expect(await stateOf(account)).toMatchObject({ balance: 98_000n, sequence: 3n });
    expect(await methodsOf(customerId)).toHaveLength(1);
  });
});

describe("a posting in the caller's transaction", () => {
  test("stands or falls with it, and is not remembered when it falls", async () => {
    const account = await anSmsAccount(database.db, { balance: wholeCredits(10) });
    await post(context, message(account, wholeCredits(1)));
    const inside = message(account, wholeCredits(2));
    await expect(
      database.db.transaction(async (tx) => {
        expect(await post({ ...context, db: tx }, inside)).toMatchObject({ ok: true });
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(await stateOf(account)).toMatchObject({ balance: 9000n });
    await database.db.transaction((tx) => post({ ...context, db: tx }, inside));
    await post(context, message(account, wholeCredits(3)));
    expect(await stateOf(account)).toMatchObject({ balance: 4000n, sequence: 4n });
  });
});

describe("a transfer", () => {
  const transfer = (from: AccountKey, to: AccountKey, amount: Credits): PostingInput => ({
    kind: "transfer",
    from,
    to,
    amount,
    ...fresh(),
  });

  test("moves credits between two accounts of one customer, once", async () => {
    const { customerId } = await aCustomer(database.db);
    const from = await anSmsAccount(database.db, { customerId, balance: wholeCredits(10) });
    const to = await anSmsAccount(database.db, { customerId });
    const request = transfer(from, to, wholeCredits(4));
    const first = await post(context, request);
    if (!first.ok) throw new Error("refused");
    expect(first.value.entries).toMatchObject([
      { kind: "transfer_out", amount: -4000n, peerServiceName: to.serviceName },
      { kind: "transfer_in", amount: 4000n, peerServiceName: from.serviceName },
    ]);
    expect(await post(elsewhere, request)).toEqual({ ok: true, value: { ...first.value, repeated: true } });
    expect(await post(context, transfer(from, to, creditsOf(6001n)))).toMatchObject({ ok: false });
    expect(await stateOf(from)).toMatchObject({ balance: 6000n });
    expect(await stateOf(to)).toMatchObject({ balance: 4000n });
  });

  test("to itself, to another customer's account and to none is refused, the last two alike", async () => {
    const from = await anSmsAccount(database.db, { balance: wholeCredits(10) });
    const foreign = await anSmsAccount(database.db);
    const none = { customerId: from.customerId, serviceName: "sms-none-1" };
    expect(await post(context, transfer(from, from, wholeCredits(1)))).toMatchObject({
      failure: { code: "invalid_input", fields: { to: { problem: "transfer_to_itself" } } },
    });
    const notFound = { ok: false, failure: { code: "not_found" } };
    expect(await post(context, transfer(from, foreign, wholeCredits(1)))).toEqual(notFound);
    expect(await post(context, transfer(from, none, wholeCredits(1)))).toEqual(notFound);
  });
});

describe("the database", () => {
  test("refuses entries that do not continue their account, whoever inserts them", async () => {
    const { customerId, serviceName } = await anSmsAccount(database.db, { balance: wholeCredits(10) });
    const insert = (sequence: number, before: number) =>
      database.sql`
        insert into entries (customer_id, service_name, sequence, kind, counter, amount, balance_before, balance_after,
          idempotency_key, request_hash, posted_at)
        values (${customerId}, ${serviceName}, ${sequence}, 'message', 'spent', -1000, ${before}, ${before - 1000},
          'rogue', 'f', now())`.then(
        () => "done",
        (error: unknown) => sqlStateOf(error),
      );
    // Without the account's row; with a gap; from another balance; for an account that does not exist.
    expect(await insert(2, 10_000)).toBe("23514");
    expect(await insert(3, 10_000)).toBe("23514");
    expect(await insert(2, 9000)).toBe("23514");
    // Continued in every figure, but dated before the one that it follows.
    const dated = (at: string) =>
      database.owner.sql
        .begin(async (tx) => {
          await tx`update ledger_accounts set balance = 9000, sequence = 2, version = version + 1
            where customer_id = ${customerId} and service_name = ${serviceName}`;
          await tx`
            insert into entries (customer_id, service_name, sequence, kind, counter, amount, balance_before, balance_after,
              idempotency_key, request_hash, posted_at)
            select ${customerId}, ${serviceName}, 2, 'message', 'spent', -1000, 10000, 9000, 'dated', 'f',
              posted_at + ${at}::interval from entries where customer_id = ${customerId} and sequence = 1`;
          throw new Error("taken back");
        })
        .catch((error: unknown) => sqlStateOf(error));
    expect(await dated("-1 ms")).toBe("23514");
    expect(await dated("0")).not.toBe("23514");
    const balance = database.sql`update ledger_accounts set balance = -1 where service_name = ${serviceName}`;
    await expect(balance).rejects.toMatchObject({ constraint_name: "ledger_balance_not_negative" });
  });
});
