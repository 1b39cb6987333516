import "server-only";

import { createHash } from "node:crypto";
import { APIError } from "better-auth/api";
import { hashPassword } from "better-auth/crypto";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { authOn } from "./auth-store";
import { networkOf, THROTTLE, type Origin } from "./rules";
import { SignInInput, UserInput } from "./schema";
import { countAttempt, deleteOtherSessions, forgetAttempts, insertUser, readSessionsOf } from "./store";

/** An entry for people who have no caller yet. */
type Threshold = Pick<Context, "db" | "now">;

/**
 * Signs a person in. Input: `{ email, password }`. Succeeds with the cookies to set, as `Set-Cookie` values.
 * A wrong password, an unknown address and an address that is none fail alike (`not_authenticated`) and take as long:
 * nobody learns who has an account. Too many tries fail with `too_many_requests`, whether the password is right or not.
 */
export async function signIn(
  { db, now }: Threshold,
  origin: Origin,
  input: unknown,
): Promise<Result<{ setCookies: readonly string[] }>> {
  const parsed = SignInInput.safeParse(input);
  const email = parsed.success ? parsed.data.email : "";
  const emailKey = `sign-in email ${createHash("sha256").update(email).digest("base64url")}`;
  const wait = await throttled({ db, now }, networkOf(origin.address), email === "" ? null : emailKey);
  if (wait !== null) return fail({ code: "too_many_requests", retryAfterSeconds: wait });

  if (!parsed.success) {
    await hashPassword("the time that a check takes");
    return fail({ code: "not_authenticated" });
  }
  try {
    const { headers } = await authOn(db).api.signInEmail({
      body: parsed.data,
      headers: new Headers({ "x-ricarica-address": origin.address, "user-agent": origin.userAgent ?? "" }),
      returnHeaders: true,
    });
    await forgetAttempts(db, emailKey, new Date(now().getTime() - 24 * 60 * 60 * 1000));
    return ok({ setCookies: headers.getSetCookie() });
  } catch (error) {
    if (error instanceof APIError && error.statusCode === 401) return fail({ code: "not_authenticated" });
    throw error;
  }
}

/** Counts this attempt; the seconds to wait when there were too many, else null. */
async function throttled(
  { db, now }: Threshold,
  network: string,
  emailKey: string | null,
): Promise<number | null> {
  const limits: (readonly [string, number])[] = [[`sign-in address ${network}`, THROTTLE.mostPerAddress]];
  if (emailKey !== null) limits.push([emailKey, THROTTLE.mostPerEmail]);
  const at = now();
  let wait: number | null = null;
  for (const [key, most] of limits) {
    const { count, since } = await countAttempt(db, key, at, THROTTLE.windowSeconds);
    const seconds = Math.ceil((since.getTime() - at.getTime()) / 1000) + THROTTLE.windowSeconds;
    if (count > most) wait = Math.max(wait ?? 1, seconds);
  }
  return wait;
}

/** Ends the session of these headers; the cookies to set clear it in the browser. A stranger has nothing to end. */
export async function signOut(
  { db }: Threshold,
  headers: Headers,
): Promise<{ setCookies: readonly string[] }> {
  const answer = await authOn(db).api.signOut({ headers, returnHeaders: true });
  return { setCookies: answer.headers.getSetCookie() };
}

/** Lets a person sign in, for the operator's commands only. Leaves one who is there as he is: `created` is false. */
export async function createUser(
  context: Context,
  input: unknown,
): Promise<Result<{ userId: string; created: boolean }>> {
  if (context.caller.kind !== "system") return fail({ code: "not_allowed" });
  const { password, ...user } = UserInput.parse(input);
  const passwordHash = await hashPassword(password);
  return ok(await insertUser(context.db, { ...user, passwordHash, at: context.now() }));
}

export type SessionSummary = {
  readonly sessionId: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  readonly userAgent: string | null;
  readonly address: string | null;
};

/** The caller's own sessions that have not ended, newest first. */
export async function listSessions(context: Context): Promise<Result<readonly SessionSummary[]>> {
  if (!("userId" in context.caller)) return fail({ code: "not_allowed" });
  return ok(await readSessionsOf(context.db, context.caller.userId, context.now()));
}

/** Ends the caller's sessions elsewhere. `current` is the one to keep. */
export async function endOtherSessions(
  context: Context,
  current: string,
): Promise<Result<{ ended: number }>> {
  if (!("userId" in context.caller)) return fail({ code: "not_allowed" });
  return ok({ ended: await deleteOtherSessions(context.db, context.caller.userId, current) });
}
