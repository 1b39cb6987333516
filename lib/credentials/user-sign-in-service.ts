import "server-only";
import { createHmac, randomBytes } from "node:crypto";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { LRUCache } from "lru-cache";
import { type AttemptLimit, forgetAttemptsOf, waitAfterAttempts } from "@/lib/access/attempt-service";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { API_PASSWORD_FORM, LOGIN_FORM, WRONG_PASSWORDS } from "./user-rules";
import { hashOf } from "./seal";
import { readApiUsersByLogin, writeUserSeen } from "./user-store";

/** What a program brings that cannot sign. */
export type ApiUserSignIn = {
  readonly serviceName: string;
  readonly login: string;
  readonly password: string;
  /** As far as it can be vouched for. */
  readonly address: string;
};

/**
 * Who calls by a login and a password. Succeeds with the customer whose account it is. A wrong password, an unknown
 * login and an unknown account fail alike (`not_authenticated`) and take as long. Too many wrong ones of a login or an
 * address fail with `too_many_requests`, unseen, but for a password that this process has found right before.
 */
export async function signInApiUser(
  { db, now }: Pick<Context, "db" | "now">,
  { serviceName, login, password, address }: ApiUserSignIn,
): Promise<Result<{ customerId: string }>> {
  const isWellFormed = LOGIN_FORM.test(login) && API_PASSWORD_FORM.test(password) && serviceName.length <= 60;
  const users = isWellFormed ? await readApiUsersByLogin(db, serviceName, login) : [];
  const hasRight = users.some(({ passwordHash }) => knownRight.has(digestOf(passwordHash, password)));
  const loginKey = `api-user ${hashOf(`${serviceName}\n${login}`)}`;
  const pairKey = `${loginKey} ${address}`;
  if (!hasRight) {
    const limits: AttemptLimit[] = [
      [pairKey, WRONG_PASSWORDS.mostPerPair],
      [`api-user address ${address}`, WRONG_PASSWORDS.mostPerAddress],
      [loginKey, WRONG_PASSWORDS.mostPerLogin],
    ];
    const wait = await waitAfterAttempts({ db, now }, limits, WRONG_PASSWORDS.windowSeconds);
    if (wait !== null) return fail({ code: "too_many_requests", retryAfterSeconds: wait });
  }
  if (users.length === 0) await hashPassword("the time that a check takes");
  const verified = await Promise.all(users.map(({ passwordHash }) => isRight(passwordHash, password)));
  const [user, another] = users.filter((_user, index) => verified[index] === true);
  // Two customers may have accounts of one name; with one login and one password, too, nobody can say whose it is.
  if (user === undefined || another !== undefined) return fail({ code: "not_authenticated" });
  const { customerId, lastUsedAt } = user;
  const at = now();
  if (!hasRight) await forgetAttemptsOf({ db, now }, [loginKey, pairKey]);
  if (lastUsedAt === null || at.getTime() - lastUsedAt.getTime() >= 60_000) {
    await writeUserSeen(db, { customerId, serviceName }, login, at);
  }
  return ok({ customerId });
}

/** Passwords that were found right, by what only this process can make of them: scrypt for each call would be too dear. */
const knownRight = new LRUCache<string, true>({ max: 5000 });
const checking = new Map<string, Promise<boolean>>();
const processSecret = randomBytes(32);

const digestOf = (passwordHash: string, password: string): string =>
  createHmac("sha256", processSecret).update(`${passwordHash}\n${password}`).digest("base64url");

/** Whether a password is the one of a hash. Calls that ask the same together wait for one check. */
async function isRight(passwordHash: string, password: string): Promise<boolean> {
  const digest = digestOf(passwordHash, password);
  if (knownRight.get(digest) === true) return true;
  const asked = checking.get(digest) ?? verifyPassword({ hash: passwordHash, password });
  checking.set(digest, asked);
  try {
    const right = await asked;
    if (right) knownRight.set(digest, true);
    return right;
  } finally {
    checking.delete(digest);
  }
}
