import "server-only";

import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { APIError } from "better-auth/api";
import { hashPassword } from "better-auth/crypto";
import type { Context } from "@/lib/context";
import { count } from "@/lib/counters";
import { accessSettings } from "@/lib/env";
import { fail, ok, type Result } from "@/lib/failure";
import { waitAfterAttempts } from "./attempt-service";
import { authOn } from "./auth-store";
import { isDeviceOf, markDevice } from "./device";
import { delayMs, networkOf, THROTTLE, type Origin } from "./rules";
import { SignInInput, UserInput } from "./schema";
import { countAttempt, deleteOtherSessions, forgetAttempts, insertUser, readSessionsOf } from "./store";

/** An entry for people who have no caller yet. */
type Threshold = Pick<Context, "db" | "now">;

type Entered = {
  readonly setCookies: readonly string[];
  /** For the browser to keep, and to show at its next sign-in. */
  readonly device: string;
};

/**
 * Signs a person in. Input: `{ email, password }`. Succeeds with the cookies to set, as `Set-Cookie` values.
 * A wrong password, an unknown address and an address that is none fail alike (`not_authenticated`) and take as long:
 * nobody learns who has an account. Too many tries fail with `too_many_requests`, whether the password is right or not.
 */
export async function signIn(
  context: Threshold,
  origin: Origin,
  input: unknown,
  pause: (delayMs: number) => Promise<unknown> = sleep,
): Promise<Result<Entered>> {
  const entered = await tryToEnter(context, origin, input, pause);
  const outcome = entered.ok ? "succeeded" : entered.failure.code;
  count("ricarica_sign_ins_total", { outcome });
  return entered;
}

async function tryToEnter(
  { db, now }: Threshold,
  origin: Origin,
  input: unknown,
  pause: (delayMs: number) => Promise<unknown>,
): Promise<Result<Entered>> {
  const parsed = SignInInput.safeParse(input);
  const email = parsed.success ? parsed.data.email : "";
  const keys = attemptKeys(
    networkOf(origin.address),
    email,
    email === "" ? null : knownDevice(origin, email),
  );
  const { wait, tries } = await countTries({ db, now }, keys);
  if (wait !== null) return fail({ code: "too_many_requests", retryAfterSeconds: wait });
  const delay = delayMs(tries);
  if (delay > 0) await pause(delay);

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
    const forgotten = [keys.email, ...keys.limits.slice(-1).map(([key]) => key)];
    await forgetAttempts(
      db,
      forgotten.filter((key) => key !== null),
      new Date(now().getTime() - DAY_MS),
    );
    return ok({ setCookies: headers.getSetCookie(), device: markDevice(accessSettings().secret, email) });
  } catch (error) {
    if (error instanceof APIError && error.statusCode === 401) return fail({ code: "not_authenticated" });
    throw error;
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

const knownDevice = ({ device }: Origin, email: string): string | null =>
  device !== null && isDeviceOf(accessSettings().secret, device, email) ? device : null;

type AttemptKeys = {
  /** What may refuse, each with its limit; the last is that of this person. */
  readonly limits: readonly (readonly [key: string, most: number])[];
  /** What only slows; null for who is known. */
  readonly email: string | null;
};

/** Where no e-mail address was typed there is nobody to be counted for. */
function attemptKeys(network: string, email: string, device: string | null): AttemptKeys {
  const hashOf = (text: string) => createHash("sha256").update(text).digest("base64url");
  if (device !== null)
    return { limits: [[`sign-in device ${hashOf(device)}`, THROTTLE.mostPerDevice]], email: null };
  const address = [`sign-in address ${network}`, THROTTLE.mostPerAddress] as const;
  if (email === "") return { limits: [address], email: null };
  const pair = [`sign-in pair ${network} ${hashOf(email)}`, THROTTLE.mostPerPair] as const;
  return { limits: [address, pair], email: `sign-in email ${hashOf(email)}` };
}

/** Counts this try; `wait` in seconds when there were too many, else null. What is refused is not counted for the e-mail address. */
async function countTries(
  { db, now }: Threshold,
  { limits, email }: AttemptKeys,
): Promise<{ wait: number | null; tries: number }> {
  const wait = await waitAfterAttempts({ db, now }, limits, THROTTLE.windowSeconds);
  if (wait !== null || email === null) return { wait, tries: 0 };
  return { wait, tries: (await countAttempt(db, email, now(), THROTTLE.windowSeconds)).count };
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
