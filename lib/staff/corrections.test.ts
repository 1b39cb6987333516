import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Pool } from "@/db/client";
import { aCustomer, anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { AccountKey } from "@/lib/accounts/rules";
import { wholeCredits } from "@/lib/credits";
import type { Result } from "@/lib/failure";
import {
  approveCorrection,
  listCorrections,
  rejectCorrection,
  requestCorrection,
} from "./corrections-service";
import type { CorrectionDto } from "./schema";
import { aStaffMember, staffPool } from "./staff.testing";

type Member = Awaited<ReturnType<typeof aStaffMember>>;

let base: TestDatabase;
let pool: Pool;
let asker: Member;
let second: Member;
let third: Member;
let key: AccountKey;

beforeAll(async () => {
  base = await testDatabase();
  pool = staffPool(base);
});
beforeEach(async () => {
  // Anew, because what one person corrects adds up.
  [asker, second, third] = await Promise.all([
    aStaffMember(base, pool, "billing"),
    aStaffMember(base, pool, "billing"),
    aStaffMember(base, pool, "billing"),
  ]);
  const { customerId, serviceName } = await anSmsAccount(base.db, { balance: wholeCredits(200) });
  key = { customerId, serviceName };
});
afterAll(async () => {
  await pool.close();
  await base.close();
});

const REASON = "Charged twice for one message";
const ask = (amount: string, reason = REASON, idempotencyKey: string = randomUUID(), fourEyesAbove = 100) =>
  requestCorrection(asker, base.db, key, { amount, reason, idempotencyKey }, { fourEyesAbove });
const approve = (who: Member, { correctionId }: CorrectionDto) =>
  approveCorrection(who, base.db, key.customerId, correctionId);

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}
const codeOf = (result: Result<unknown>) => (result.ok ? "ok" : result.failure.code);

async function ledger() {
  const rows = await base.sql<
    { amount: bigint; balance_after: bigint; reason: string; idempotency_key: string }[]
  >`
    select amount, balance_after, reason, idempotency_key from entries
    where customer_id = ${key.customerId} and kind = 'correction' and sequence > 1 order by sequence`;
  return [...rows];
}

describe("up to the set amount", () => {
  test.each(["0.001", "100", "-100", "+7.5"])("%s is posted at once, with its reason", async (amount) => {
    const made = valueOf(await ask(amount));
    expect(made).toMatchObject({ state: "posted", sequence: "2", reason: REASON, mayDecide: false });
    expect(await ledger()).toMatchObject([
      { reason: REASON, idempotency_key: `correction:${made.correctionId}` },
    ]);
  });
});

describe("a large correction in small pieces", () => {
  const stateOf = async (result: ReturnType<typeof ask>) => valueOf(await result).state;
  const day = (at: string) => () => new Date(at);

  test("waits for somebody else as a whole one does, of one account and whoever asks", async () => {
    expect(await stateOf(ask("60"))).toBe("posted");
    expect(await stateOf(ask("-40"))).toBe("posted");
    expect(await stateOf(ask("0.001"))).toBe("requested");
    asker = second;
    expect(await stateOf(ask("0.001"))).toBe("requested");
    expect(await ledger()).toHaveLength(2);
  });

  test("and by one person, over however many accounts", async () => {
    expect(await stateOf(ask("100"))).toBe("posted");
    const other = await anSmsAccount(base.db, { balance: wholeCredits(1) });
    key = { customerId: other.customerId, serviceName: other.serviceName };
    expect(await stateOf(ask("1"))).toBe("requested");
    asker = third;
    expect(await stateOf(ask("1"))).toBe("posted");
  });

  test("also when all of it comes at once", async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => ask("40")));
    expect(made.map((one) => valueOf(one).state).filter((state) => state === "posted")).toHaveLength(2);
    expect(await ledger()).toHaveLength(2);
  });

  test("what was approved does not count, and after 24 hours one may correct alone again", async () => {
    const [first, later, next] = ["2030-05-01T10:00:00Z", "2030-05-02T09:59:59Z", "2030-05-02T10:00:01Z"].map(
      day,
    );
    if (first === undefined || later === undefined || next === undefined) throw new Error("three days");
    asker = { ...asker, now: first };
    second = { ...second, now: first };
    valueOf(await approve(second, valueOf(await ask("150"))));
    expect(await stateOf(ask("100"))).toBe("posted");
    asker = { ...asker, now: later };
    expect(await stateOf(ask("1"))).toBe("requested");
    asker = { ...asker, now: next };
    expect(await stateOf(ask("100"))).toBe("posted");
  });
});

describe("asked for again with its key", () => {
  test.each(["5", "150"])("%s is one correction, also when both come at once", async (amount) => {
    const asked = await Promise.all(Array.from({ length: 8 }, () => ask(amount, REASON, "the-key")));
    const ids = [...asked, await ask(amount, REASON, "the-key")].map((one) => valueOf(one).correctionId);
    expect(new Set(ids).size).toBe(1);
    expect(valueOf(await listCorrections(asker, { key }))).toHaveLength(1);
    expect(await ledger()).toHaveLength(amount === "5" ? 1 : 0);
  });

  test.each([
    ["another amount", () => ask("6", REASON, "the-key")],
    ["another reason", () => ask("5", "Some other reason for it", "the-key")],
  ])("%s is refused and changes nothing", async (_what, again) => {
    valueOf(await ask("5", REASON, "the-key"));
    expect(codeOf(await again())).toBe("conflict");
    expect(await ledger()).toHaveLength(1);
  });

  test("what was refused may be asked for again", async () => {
    expect(codeOf(await ask("-100", REASON, "the-key", 1000))).toBe("ok");
    expect(codeOf(await ask("-100", REASON, "second", 1000))).toBe("ok");
    expect(codeOf(await ask("-1", REASON, "third", 1000))).toBe("insufficient_credits");
    valueOf(await ask("50", REASON, randomUUID(), 1000));
    expect(codeOf(await ask("-1", REASON, "third", 1000))).toBe("ok");
  });
});

describe("above it", () => {
  test.each(["100.001", "-100.001", "150"])("%s waits for somebody else", async (amount) => {
    const made = valueOf(await ask(amount));
    expect(made).toMatchObject({ state: "requested", sequence: null, decidedBy: null });
    expect(await ledger()).toEqual([]);
    expect(codeOf(await approve(asker, made))).toBe("not_allowed");
    expect(await ledger()).toEqual([]);
    const approved = valueOf(await approve(second, made));
    expect(approved).toMatchObject({ state: "posted", sequence: "2" });
    expect(approved.decidedBy).not.toBe(approved.requestedBy);
    expect(await ledger()).toHaveLength(1);
  });

  test("whoever asked sees that it is not theirs to approve, and others that it is", async () => {
    valueOf(await ask("150"));
    expect(valueOf(await listCorrections(asker, { key }))).toMatchObject([{ mayDecide: false }]);
    expect(valueOf(await listCorrections(second, { key }))).toMatchObject([{ mayDecide: true }]);
    const waiting = valueOf(await listCorrections(second, { state: "requested" }));
    expect(waiting.filter((one) => one.serviceName === key.serviceName)).toHaveLength(1);
  });

  test("the table itself refuses an approval by whoever asked", async () => {
    const made = valueOf(await ask("150"));
    const forged = base.sql`
      update corrections set state = 'posted', decided_by = requested_by, decided_at = now(), sequence = 2
      where customer_id = ${key.customerId} and correction_id = ${made.correctionId}::bigint`;
    await expect(forged).rejects.toMatchObject({ constraint_name: "correction_approved_by_another" });
  });

  test("of two who approve at the same time one does, and the credits move once", async () => {
    const made = valueOf(await ask("150"));
    const answers = await Promise.all([approve(second, made), approve(third, made)]);
    expect(answers.map(codeOf).sort()).toEqual(["conflict", "ok"]);
    expect(await ledger()).toMatchObject([{ amount: 150_000n, balance_after: 350_000n }]);
  });

  test("an approval and a rejection at the same time: one of them counts", async () => {
    const made = valueOf(await ask("150"));
    const answers = await Promise.all([
      approve(second, made),
      rejectCorrection(third, base.db, key.customerId, made.correctionId),
    ]);
    expect(answers.map(codeOf).sort()).toEqual(["conflict", "ok"]);
    const [end] = valueOf(await listCorrections(asker, { key }));
    expect(await ledger()).toHaveLength(end?.state === "posted" ? 1 : 0);
  });

  test("one may take back one's own; what is decided stays so", async () => {
    const made = valueOf(await ask("150"));
    const taken = await rejectCorrection(asker, base.db, key.customerId, made.correctionId);
    expect(valueOf(taken)).toMatchObject({ state: "rejected", sequence: null });
    expect(codeOf(await approve(second, made))).toBe("conflict");
    expect(await ledger()).toEqual([]);
  });

  test("what the balance no longer bears when it is approved stays asked for", async () => {
    const made = valueOf(await ask("-150"));
    valueOf(await ask("-100"));
    expect(codeOf(await approve(second, made))).toBe("insufficient_credits");
    expect(valueOf(await listCorrections(second, { state: "requested", key }))).toHaveLength(1);
    expect(await ledger()).toHaveLength(1);
  });
});

describe("is refused", () => {
  test.each([
    ["", REASON, "amount"],
    ["0", REASON, "amount"],
    ["1.0005", REASON, "amount"],
    ["1e3", REASON, "amount"],
    ["9999999999999", REASON, "amount"],
    ["5", "too short", "reason"],
    ["5", `${REASON}\nand more`, "reason"],
    ["5", "x".repeat(501), "reason"],
  ])("%s, %s", async (amount, reason, field) => {
    const refused = await ask(amount, reason);
    expect(refused).toMatchObject({ ok: false, failure: { code: "invalid_input" } });
    if (!refused.ok && refused.failure.code === "invalid_input")
      expect(Object.keys(refused.failure.fields)).toEqual([field]);
    expect(await ledger()).toEqual([]);
  });

  test("below zero", async () => {
    valueOf(await ask("-100", REASON, randomUUID(), 1000));
    valueOf(await ask("-100", REASON, randomUUID(), 1000));
    expect(codeOf(await ask("-0.001", REASON, randomUUID(), 1000))).toBe("insufficient_credits");
    // The refusal leaves nothing that could be approved later.
    expect(valueOf(await listCorrections(asker, { key }))).toHaveLength(2);
  });

  test("for an account that does not exist, and for another customer's correction", async () => {
    const made = valueOf(await ask("150"));
    const nobody = { ...key, serviceName: "sms-nobody-1" };
    const input = { amount: "5", reason: REASON, idempotencyKey: randomUUID() };
    expect(codeOf(await requestCorrection(asker, base.db, nobody, input))).toBe("not_found");
    const { customerId } = await aCustomer(base.db);
    expect(codeOf(await approveCorrection(second, base.db, customerId, made.correctionId))).toBe("not_found");
    expect(codeOf(await approveCorrection(second, base.db, key.customerId, "1; drop"))).toBe("not_found");
  });
});
