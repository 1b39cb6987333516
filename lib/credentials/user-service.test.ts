import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { anSmsAccount, testDatabase, type TestDatabase } from "@/db/testing";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Caller } from "@/lib/caller";
import { valueOf } from "@/lib/failure";
import { MAX_API_USERS, WRONG_PASSWORDS } from "./user-rules";
import { changeApiUserPassword, createApiUser, deleteApiUser, listApiUsers } from "./user-service";
import { signInApiUser } from "./user-sign-in-service";

const checks = vi.hoisted(() => ({ scrypt: 0 }));
vi.mock("better-auth/crypto", async (importOriginal) => {
  const real = await importOriginal<typeof import("better-auth/crypto")>();
  return {
    ...real,
    hashPassword: (password: string) => {
      checks.scrypt += 1;
      return real.hashPassword(password);
    },
    verifyPassword: (given: { hash: string; password: string }) => {
      checks.scrypt += 1;
      return real.verifyPassword(given);
    },
  };
});

const PASSWORD = "Xk3-pR9s.w2Q";
let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.close());

const now = () => new Date();
const as = (caller: Caller) => ({ caller, db: base.db, now });
const owner = ({ customerId }: AccountKey) => as({ kind: "customer", customerId, userId: "u" });
const support = () => as({ kind: "support", userId: "s", right: "support" });

async function anAccountWithUser(login = "contabilita"): Promise<AccountKey & { login: string }> {
  const { customerId, serviceName } = await anSmsAccount(base.db);
  const key = { customerId, serviceName };
  valueOf(await createApiUser(owner(key), key, { login, password: PASSWORD }));
  return { customerId, serviceName, login };
}

let addresses = 0;
const signIn = (
  { serviceName, login }: { serviceName: string; login: string },
  password = PASSWORD,
  given: { address?: string; now?: () => Date } = {},
) => {
  addresses += 1;
  const address = given.address ?? `192.0.2.${addresses.toString()}`;
  return signInApiUser({ db: base.db, now: given.now ?? now }, { serviceName, login, password, address });
};
const REFUSED = { ok: false, failure: { code: "not_authenticated" } };

describe("who makes, sees and deletes users", () => {
  test("the owner does; to a stranger the account does not exist; staff look and do not touch", async () => {
    const user = await anAccountWithUser();
    const stranger = owner({ customerId: "somebody-else", serviceName: "" });
    const input = { login: "another", password: PASSWORD };
    expect(valueOf(await listApiUsers(owner(user), user))).toMatchObject([{ login: user.login }]);
    expect(valueOf(await listApiUsers(support(), user))).toHaveLength(1);
    expect(await listApiUsers(stranger, user)).toMatchObject({ failure: { code: "not_found" } });
    for (const [context, code] of [
      [stranger, "not_found"],
      [support(), "not_allowed"],
    ] as const) {
      const refused = { ok: false, failure: { code } };
      expect(await createApiUser(context, user, input)).toEqual(refused);
      expect(await changeApiUserPassword(context, user, user.login, input)).toEqual(refused);
      expect(await deleteApiUser(context, user, user.login)).toEqual(refused);
    }
    expect(await deleteApiUser(owner(user), user, user.login)).toEqual({ ok: true, value: null });
    expect(await deleteApiUser(owner(user), user, user.login)).toMatchObject({
      failure: { code: "not_found" },
    });
    expect(valueOf(await listApiUsers(owner(user), user))).toEqual([]);
  });

  test("a login is taken once for each account, and forms that no program can send are refused", async () => {
    const user = await anAccountWithUser();
    const make = (input: unknown) => createApiUser(owner(user), user, input);
    const wrong = (field: string, problem: string) => ({
      failure: { code: "invalid_input", fields: { [field]: { problem } } },
    });
    expect(await make({ login: user.login, password: PASSWORD })).toMatchObject(
      wrong("login", "api_login_taken"),
    );
    for (const login of ["", "a/b", "-a", "è", "a b", "a+b", "x".repeat(65)])
      expect(await make({ login, password: PASSWORD })).toMatchObject(wrong("login", "api_login_form"));
    for (const password of ["short12", "with blank", "accentuatè", "x".repeat(65)])
      expect(await make({ login: "other", password })).toMatchObject(wrong("password", "api_password_form"));
    await expect(anAccountWithUser(user.login)).resolves.toBeDefined();
  });

  test(`of more than ${MAX_API_USERS.toString()} that are asked for at once, that many are made`, async () => {
    const user = await anAccountWithUser();
    const { customerId, serviceName } = user;
    const logins = Array.from({ length: MAX_API_USERS - 3 }, (_, index) => `u${index.toString()}`);
    await base.owner.sql`insert into api_users (customer_id, service_name, login, password_hash, created_at)
      select ${customerId}, ${serviceName}, unnest(${logins}::text[]), 'x', now()`;
    const made = await Promise.all(
      ["a", "b", "c", "d"].map((login) => createApiUser(owner(user), user, { login, password: PASSWORD })),
    );
    expect(made.filter(({ ok }) => ok)).toHaveLength(2);
    expect(made.find(({ ok }) => !ok)).toMatchObject({
      failure: { fields: { login: { problem: "api_too_many_users", values: { most: MAX_API_USERS } } } },
    });
  });

  test("the password is nowhere kept as it is", async () => {
    const { customerId } = await anAccountWithUser();
    const [row] = await base.sql`select * from api_users where customer_id = ${customerId}`;
    expect(JSON.stringify(row)).not.toContain(PASSWORD);
  });
});

describe("a program that brings login and password", () => {
  test("is let in for the customer of the account, and refused alike for anything else", async () => {
    const user = await anAccountWithUser();
    expect(await signIn(user)).toEqual({ ok: true, value: { customerId: user.customerId } });
    expect(await signIn(user, "Xk3-pR9s.w2q")).toEqual(REFUSED);
    expect(await signIn({ ...user, login: "nobody" })).toEqual(REFUSED);
    expect(await signIn({ ...user, serviceName: "sms-nobody-1" })).toEqual(REFUSED);
    expect(await signIn({ ...user, login: "a\0b" })).toEqual(REFUSED);
    const other = await anAccountWithUser();
    valueOf(await changeApiUserPassword(owner(other), other, other.login, { password: "another-one-9" }));
    expect(await signIn({ ...user, serviceName: other.serviceName })).toEqual(REFUSED);
  });

  test("is checked by the slow hash once, however often it calls, and each wrong one costs as much", async () => {
    const user = await anAccountWithUser();
    checks.scrypt = 0;
    await Promise.all(Array.from({ length: 5 }, () => signIn(user)));
    await Promise.all(Array.from({ length: 20 }, () => signIn(user)));
    expect(checks.scrypt).toBe(1);
    checks.scrypt = 0;
    await signIn(user, "wrong-password");
    await signIn({ ...user, login: "nobody" });
    await signIn({ ...user, serviceName: "sms-nobody-1" });
    expect(checks.scrypt).toBe(3);
  });

  test("is refused at once after its password was changed, its user deleted, or its account gone", async () => {
    const changed = await anAccountWithUser();
    const deleted = await anAccountWithUser();
    for (const user of [changed, deleted]) expect(await signIn(user)).toMatchObject({ ok: true });
    valueOf(
      await changeApiUserPassword(owner(changed), changed, changed.login, { password: "another-one-9" }),
    );
    expect(await signIn(changed)).toEqual(REFUSED);
    expect(await signIn(changed, "another-one-9")).toMatchObject({ ok: true });
    valueOf(await deleteApiUser(owner(deleted), deleted, deleted.login));
    expect(await signIn(deleted)).toEqual(REFUSED);
  });

  test("that guesses is stopped by the login and by the address, while one known to be right goes on", async () => {
    const user = await anAccountWithUser();
    const newcomer = await anAccountWithUser();
    expect(await signIn(user)).toMatchObject({ ok: true });
    const from = { address: "203.0.113.5" };
    const guesses = await Promise.all(
      Array.from({ length: 14 }, (_, index) => signIn(user, `guess-${index.toString()}-x`, from)),
    );
    const stopped = { failure: { code: "too_many_requests" } };
    expect(guesses.filter((one) => !one.ok && one.failure.code === "not_authenticated")).toHaveLength(
      WRONG_PASSWORDS.mostPerPair,
    );
    expect(await signIn(user, "guess-again-x", from)).toMatchObject(stopped);
    expect(await signIn(user, PASSWORD, from)).toMatchObject({ ok: true });
    expect(await signIn(user, "guess-again-x")).toEqual(REFUSED);
    const later = () => new Date(Date.now() + (WRONG_PASSWORDS.windowSeconds + 1) * 1000);
    expect(await signIn(user, "guess-again-x", { address: from.address, now: later })).toEqual(REFUSED);

    const address = "198.51.100.7";
    for (let tries = 0; tries < WRONG_PASSWORDS.mostPerAddress; tries += 1)
      await signIn({ serviceName: `sms-none-${tries.toString()}`, login: "x" }, PASSWORD, { address });
    expect(await signIn(newcomer, PASSWORD, { address })).toMatchObject(stopped);
    expect(await signIn(newcomer)).toMatchObject({ ok: true });
  });
});
