import crypto, { randomUUID } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { users } from "@/db/schema/access";
import { aCustomer, testDatabase, type TestDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { readCounters } from "@/lib/counters";
import { delayMs, THROTTLE, type Origin, type Role } from "./rules";
import { createUser, endOtherSessions, listSessions, signIn, signOut } from "./service";
import { personOf } from "./session";
import { countAttempt } from "./store";

const PASSWORD = "correct horse battery";
let base: TestDatabase;

beforeAll(async () => {
  vi.stubEnv("AUTH_SECRET", "a secret of the tests, long enough to be one");
  base = await testDatabase();
});
afterAll(async () => {
  await base.close();
  vi.unstubAllEnvs();
});

const now = () => new Date();
const system = (): Context => ({ caller: { kind: "system", name: "test" }, db: base.db, now });

async function aUser(role: Role = "customer", password = PASSWORD) {
  const email = `${randomUUID()}@example.test`;
  const customerId = role === "customer" ? (await aCustomer(base.db)).customerId : null;
  const made = await createUser(system(), { email, password, name: "Persona", role, customerId });
  if (!made.ok) throw new Error("not made");
  return { email, customerId, userId: made.value.userId };
}

// Each test comes from an address of its own, so that none uses up another's tries.
const anOrigin = (): Origin => ({ address: `test-${randomUUID()}`, userAgent: "curl/8", device: null });
const pauses: number[] = [];
const pause = (delayMs: number) => Promise.resolve(pauses.push(delayMs));
const attempt = (email: string, password: string, origin = anOrigin(), at = now) =>
  signIn({ db: base.db, now: at }, origin, { email, password }, pause);
const codeOf = (result: Awaited<ReturnType<typeof attempt>>) => (result.ok ? "ok" : result.failure.code);

async function cookiesOf(email: string, password = PASSWORD): Promise<Headers> {
  const result = await attempt(email, password);
  if (!result.ok) throw new Error(result.failure.code);
  return new Headers({ cookie: result.value.setCookies.map((line) => line.split(";")[0]).join("; ") });
}

describe("who signs in", () => {
  test("a customer's user is a caller for that customer, and support for none", async () => {
    const customer = await aUser();
    expect(await personOf(base.db, await cookiesOf(customer.email))).toMatchObject({
      email: customer.email,
      caller: { kind: "customer", customerId: customer.customerId, userId: customer.userId },
    });
    const support = await aUser("support");
    expect(await personOf(base.db, await cookiesOf(support.email))).toMatchObject({
      role: "support",
      customerId: null,
      caller: { kind: "support", userId: support.userId, right: "support" },
    });
  });

  test("a stranger, a forged cookie and an ended session are nobody", async () => {
    const { email } = await aUser();
    const cookies = await cookiesOf(email);
    expect(await personOf(base.db, new Headers())).toBeNull();
    const forged = new Headers({ cookie: (cookies.get("cookie") ?? "").replace(/=..../, "=AAAA") });
    expect(await personOf(base.db, forged)).toBeNull();
    const { setCookies } = await signOut({ db: base.db, now }, cookies);
    expect(setCookies.join()).toContain("Max-Age=0");
    expect(await personOf(base.db, cookies)).toBeNull();
  });

  test("a role that is taken away is gone at the next request", async () => {
    const { email, userId } = await aUser();
    const cookies = await cookiesOf(email);
    await base.db.update(users).set({ customerId: null }).where(eq(users.id, userId));
    expect(await personOf(base.db, cookies)).toBeNull();
  });

  test("the e-mail address may be typed in capitals", async () => {
    const { email } = await aUser();
    expect((await attempt(email.toUpperCase(), PASSWORD)).ok).toBe(true);
  });

  test("the session's cookie is out of reach of scripts and of other sites, and secure over https", async () => {
    const { email } = await aUser();
    const plain = await attempt(email, PASSWORD);
    expect(plain.ok && plain.value.setCookies.join()).toMatch(/HttpOnly; SameSite=Lax/);
    vi.stubEnv("APP_URL", "https://panel.example");
    // The library keeps its settings for a pool: another pool reads them anew.
    const other = await testDatabase();
    try {
      const customerId = (await aCustomer(other.db)).customerId;
      const context: Context = { caller: { kind: "system", name: "test" }, db: other.db, now };
      await createUser(context, { email, password: PASSWORD, name: "P", role: "customer", customerId });
      const secure = await signIn({ db: other.db, now }, anOrigin(), { email, password: PASSWORD });
      expect(secure.ok && secure.value.setCookies.join()).toMatch(
        /^__Host-ricarica\.session_token=[^;]+;.*Path=\/;.*Secure/,
      );
    } finally {
      vi.stubEnv("APP_URL", undefined);
      await other.close();
    }
  });
});

describe("nobody learns who has an account", () => {
  test("a wrong password, an unknown address and an address that is none get the same answer", async () => {
    const { email } = await aUser();
    const refused = { ok: false, failure: { code: "not_authenticated" } };
    expect(await attempt(email, "wrong")).toEqual(refused);
    expect(await attempt(`${randomUUID()}@example.test`, "wrong")).toEqual(refused);
    expect(await attempt("nobody", "wrong")).toEqual(refused);
    expect(await attempt(email, "x".repeat(5000))).toEqual(refused);
    expect(await signIn({ db: base.db, now }, anOrigin(), null)).toEqual(refused);
  });

  test("each of them hashes one password at the same cost, which is what a check takes", async () => {
    const { email } = await aUser();
    const costs: unknown[] = [];
    const scrypt = vi.spyOn(crypto, "scrypt");
    syncBuiltinESMExports();
    try {
      for (const [typed, password] of [
        [email, "wrong"],
        [`${randomUUID()}@example.test`, "wrong"],
        ["nobody", "wrong"],
        [email, "x".repeat(5000)],
      ] as const) {
        scrypt.mockClear();
        await attempt(typed, password);
        costs.push(scrypt.mock.calls.map(([, , length, cost]) => ({ length, cost })));
      }
    } finally {
      scrypt.mockRestore();
      syncBuiltinESMExports();
    }
    expect(costs[0]).toHaveLength(1);
    for (const cost of costs) expect(cost).toEqual(costs[0]);
  });
});

describe("guessing is slowed down", () => {
  test("after too many tries for one person from one address even the right password waits there", async () => {
    const { email } = await aUser();
    const origin = anOrigin();
    const at = new Date("2026-11-22T10:00:00Z");
    for (let tries = 0; tries < THROTTLE.mostPerPair; tries += 1) {
      expect(codeOf(await attempt(email, "wrong", origin, () => at))).toBe("not_authenticated");
    }
    const later = new Date(at.getTime() + 60_000);
    expect(await attempt(email, PASSWORD, origin, () => later)).toEqual({
      ok: false,
      failure: { code: "too_many_requests", retryAfterSeconds: THROTTLE.windowSeconds - 60 },
    });
    const over = new Date(at.getTime() + (THROTTLE.windowSeconds + 1) * 1000);
    expect(codeOf(await attempt(email, PASSWORD, origin, () => over))).toBe("ok");
  });

  test("wrong tries from elsewhere lock nobody out: they make the next ones slow, and no slower than five seconds", async () => {
    const { email } = await aUser();
    for (let tries = 0; tries < 4 * THROTTLE.promptPerEmail; tries += 1) {
      expect(codeOf(await attempt(email, "wrong"))).toBe("not_authenticated");
    }
    pauses.length = 0;
    expect(codeOf(await attempt(email, PASSWORD))).toBe("ok");
    expect(pauses).toEqual([THROTTLE.slowestMs]);
    expect([10, 11, 12, 30, 1e6].map(delayMs)).toEqual([0, 250, 500, 5000, 5000]);
  });

  test("a browser that has signed in passes at once, with limits of its own, and for its own person alone", async () => {
    const [{ email }, other] = [await aUser(), await aUser()];
    const first = await attempt(email, PASSWORD);
    if (!first.ok) throw new Error(first.failure.code);
    const origin = anOrigin();
    const known = { ...origin, device: first.value.device };
    for (let tries = 0; tries < THROTTLE.mostPerPair + 2; tries += 1) await attempt(email, "wrong", origin);
    expect(codeOf(await attempt(email, PASSWORD, origin))).toBe("too_many_requests");
    pauses.length = 0;
    expect(codeOf(await attempt(email, PASSWORD, known))).toBe("ok");
    expect(pauses).toEqual([]);
    const forged = { ...origin, device: `${first.value.device.slice(0, -4)}AAAA` };
    expect(codeOf(await attempt(email, PASSWORD, forged))).toBe("too_many_requests");
    for (let tries = 0; tries < THROTTLE.mostPerDevice; tries += 1) await attempt(email, "wrong", known);
    expect(codeOf(await attempt(email, PASSWORD, known))).toBe("too_many_requests");

    const elsewhere = anOrigin();
    for (let tries = 0; tries < THROTTLE.mostPerPair; tries += 1)
      await attempt(other.email, "wrong", elsewhere);
    const stranger = { ...elsewhere, device: first.value.device };
    expect(codeOf(await attempt(other.email, PASSWORD, stranger))).toBe("too_many_requests");
  });

  test("tries at once are counted as so many", async () => {
    const { email } = await aUser();
    const origin = anOrigin();
    const results = await Promise.all(
      Array.from({ length: THROTTLE.mostPerPair + 15 }, () => attempt(email, "wrong", origin)),
    );
    const codes = results.map(codeOf);
    expect(codes.filter((code) => code === "not_authenticated")).toHaveLength(THROTTLE.mostPerPair);
    expect(codes.filter((code) => code === "too_many_requests")).toHaveLength(15);
  });

  test("each try is counted for the metrics, by its outcome", async () => {
    const { email } = await aUser();
    const origin = anOrigin();
    const counted = async (outcome: string) =>
      (await readCounters()).find(
        (one) => one.name === "ricarica_sign_ins_total" && one.labels["outcome"] === outcome,
      )?.value ?? 0;
    const outcomes = ["succeeded", "not_authenticated", "too_many_requests"];
    const before = await Promise.all(outcomes.map(counted));
    await attempt(email, PASSWORD, origin);
    for (let tries = 0; tries < THROTTLE.mostPerPair + 2; tries += 1) await attempt(email, "wrong", origin);
    const after = await Promise.all(outcomes.map(counted));
    expect(after.map((value, index) => value - (before[index] ?? 0))).toEqual([1, THROTTLE.mostPerPair, 2]);
  });

  test("one network address cannot try many people", async () => {
    const origin = anOrigin();
    const key = `sign-in address ${origin.address}`;
    for (let tries = 1; tries < THROTTLE.mostPerAddress; tries += 1) {
      await countAttempt(base.db, key, now(), THROTTLE.windowSeconds);
    }
    const codes: string[] = [];
    for (let tries = 0; tries < 2; tries += 1) {
      const result = await attempt(`${randomUUID()}@example.test`, "wrong", origin);
      codes.push(result.ok ? "ok" : result.failure.code);
    }
    expect(codes).toEqual(["not_authenticated", "too_many_requests"]);
  });

  test("a sign-in that succeeds forgets the tries before it", async () => {
    const { email } = await aUser();
    const origin = anOrigin();
    for (let round = 0; round < 3; round += 1) {
      for (let tries = 1; tries < THROTTLE.mostPerPair; tries += 1) await attempt(email, "wrong", origin);
      expect(codeOf(await attempt(email, PASSWORD, origin))).toBe("ok");
    }
  });
});

describe("users and sessions", () => {
  test("a user is made once; a second time changes neither the password nor the role", async () => {
    const { email, userId, customerId } = await aUser();
    const again = await createUser(system(), {
      email,
      password: "another password",
      name: "Altro",
      role: "support",
      customerId: null,
    });
    expect(again).toEqual({ ok: true, value: { userId, created: false } });
    expect((await attempt(email, "another password")).ok).toBe(false);
    expect(await personOf(base.db, await cookiesOf(email))).toMatchObject({ role: "customer", customerId });
  });

  test("only the operator's commands make users", async () => {
    const callers: Context["caller"][] = [
      { kind: "customer", customerId: "c", userId: "u" },
      { kind: "support", userId: "u", right: "support" },
      { kind: "api_client", customerId: "c", consumerKeyId: "k" },
    ];
    for (const caller of callers) {
      expect(await createUser({ ...system(), caller }, {})).toMatchObject({
        failure: { code: "not_allowed" },
      });
    }
  });

  test("one sees and ends one's own sessions, and no one else's", async () => {
    const [mine, other] = [await aUser(), await aUser()];
    const [first, second] = [await cookiesOf(mine.email), await cookiesOf(mine.email)];
    const others = await cookiesOf(other.email);
    const person = await personOf(base.db, second);
    if (person === null) throw new Error("not signed in");
    const context: Context = { caller: person.caller, db: base.db, now };
    const sessions = await listSessions(context);
    expect(sessions.ok && sessions.value.length).toBe(2);
    expect(await endOtherSessions(context, person.sessionId)).toEqual({ ok: true, value: { ended: 1 } });
    expect(await personOf(base.db, first)).toBeNull();
    expect(await personOf(base.db, second)).not.toBeNull();
    expect(await personOf(base.db, others)).not.toBeNull();
    expect(await listSessions(system())).toMatchObject({ failure: { code: "not_allowed" } });
  });
});
