import "server-only";

import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { APIError } from "better-auth/api";
import type { Context } from "@/lib/context";
import { accessSettings } from "@/lib/env";
import { fail, ok, type Result } from "@/lib/failure";
import type { Locale } from "@/lib/i18n/locales";
import { isMailAddress } from "@/lib/mail-address";
import { queueMail } from "@/lib/mail/service";
import { authIn, RESET_SECONDS } from "./auth-store";
import { networkOf, type Origin, THROTTLE } from "./rules";
import { AddressInput, ChangePasswordInput, NewPasswordInput, problemsOf } from "./schema";
import { countAttempt, deleteVerificationsOf, readUser } from "./store";

/** Who asks is not known yet; `language` is the reader's, in which he is written to. */
type Visit = Pick<Context, "db" | "now"> & { readonly from: Origin; readonly language: Locale };

/** Every answer to "forgotten password" comes after so long, whoever has the address or nobody. */
const ANSWER_AFTER_MS = 600;

/**
 * Sends a link for a new password, if somebody signs in with this address; nobody learns whether. Input: `{ email }`. After
 * the third link within a quarter of an hour no more are sent to an address, and the answer is still the same.
 */
export async function requestPasswordReset(
  visit: Visit,
  input: unknown,
  pause: (delayMs: number) => Promise<unknown> = sleep,
): Promise<Result<null>> {
  const parsed = AddressInput.safeParse(input);
  if (!parsed.success) return fail({ code: "invalid_input", fields: problemsOf(parsed.error) });
  const { email } = parsed.data;
  const wait = await waitFor(
    visit,
    `reset address ${networkOf(visit.from.address)}`,
    THROTTLE.mostPerAddress,
  );
  if (wait !== null) return fail({ code: "too_many_requests", retryAfterSeconds: wait });
  await Promise.all([pause(ANSWER_AFTER_MS), sendResetLink(visit, email)]);
  return ok(null);
}

const MOST_RESETS = 3;

async function sendResetLink(visit: Visit, email: string): Promise<void> {
  const key = `reset email ${createHash("sha256").update(email).digest("base64url")}`;
  if ((await waitFor(visit, key, MOST_RESETS)) !== null) return;
  await visit.db.transaction(async (tx) => {
    const auth = authIn(tx, {
      resetLink: async ({ id, email: address }, token) => {
        const { name, customerId } = await readUser(tx, id);
        if (!isMailAddress(address)) return;
        await queueMail(
          { db: tx, now: visit.now },
          {
            kind: "password_reset",
            values: { name, url: `${accessSettings().origin}/new-password?token=${token}` },
            language: visit.language,
            to: { name, address },
            customerId,
            tellsForMs: RESET_SECONDS * 1000,
          },
        );
      },
    });
    await auth.api.requestPasswordReset({ body: { email } });
  });
}

/**
 * Sets a new password by a link. Input: `{ token, password }`. All sessions of the person end, other links of his are
 * void, and he is told. A link that was used, is too old, or never was, fails with `conflict`.
 */
export async function resetPassword(visit: Visit, input: unknown): Promise<Result<null>> {
  const wait = await waitFor(visit, `new password ${networkOf(visit.from.address)}`, THROTTLE.mostPerAddress);
  if (wait !== null) return fail({ code: "too_many_requests", retryAfterSeconds: wait });
  const parsed = NewPasswordInput.safeParse(input);
  if (!parsed.success) return fail({ code: "invalid_input", fields: problemsOf(parsed.error) });
  const { token, password } = parsed.data;
  try {
    await visit.db.transaction(async (tx) => {
      const auth = authIn(tx, { wasReset: ({ id }) => tellOfChange({ ...visit, db: tx }, id) });
      await auth.api.resetPassword({ body: { token, newPassword: password } });
    });
    return ok(null);
  } catch (error) {
    if (error instanceof APIError && error.statusCode === 400) return fail({ code: "conflict" });
    throw error;
  }
}

/**
 * Changes the caller's password. Input: `{ current, password }`. His other sessions end, and he is told. Succeeds with the
 * cookies of the session that takes the place of this one.
 */
export async function changePassword(
  context: Context,
  session: Headers,
  visit: Pick<Visit, "from" | "language">,
  input: unknown,
): Promise<Result<{ setCookies: readonly string[] }>> {
  const { caller, db, now } = context;
  if (!("userId" in caller)) return fail({ code: "not_allowed" });
  const { userId } = caller;
  const parsed = ChangePasswordInput.safeParse(input);
  if (!parsed.success) return fail({ code: "invalid_input", fields: problemsOf(parsed.error) });
  const { current, password } = parsed.data;
  const wait = await waitFor(context, passwordTries(userId), THROTTLE.mostPerPair);
  if (wait !== null) return fail({ code: "too_many_requests", retryAfterSeconds: wait });
  const headers = new Headers({
    cookie: session.get("cookie") ?? "",
    "x-ricarica-address": visit.from.address,
    "user-agent": visit.from.userAgent ?? "",
  });
  try {
    const setCookies = await db.transaction(async (tx) => {
      const answer = await authIn(tx, {}).api.changePassword({
        body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
        headers,
        returnHeaders: true,
      });
      await tellOfChange({ db: tx, now, language: visit.language }, userId);
      return answer.headers.getSetCookie();
    });
    return ok({ setCookies });
  } catch (error) {
    if (isWrongPassword(error)) return fail(WRONG_PASSWORD);
    throw error;
  }
}

export const passwordTries = (userId: string): string => `password of ${userId}`;

export const isWrongPassword = (error: unknown): boolean =>
  error instanceof APIError && error.body?.code === "INVALID_PASSWORD";

export const WRONG_PASSWORD = {
  code: "invalid_input",
  fields: { current: { problem: "password_wrong" } },
} as const;

/** Links that were sent before let nobody in any more. */
async function tellOfChange({ db, now, language }: Omit<Visit, "from">, userId: string): Promise<void> {
  await deleteVerificationsOf(db, userId);
  const { name, email, customerId } = await readUser(db, userId);
  if (!isMailAddress(email)) return;
  await queueMail(
    { db, now },
    {
      kind: "password_changed",
      values: { name, url: `${accessSettings().origin}/forgot-password` },
      language,
      to: { name, address: email },
      customerId,
    },
  );
}

/** Counts this try under a key; the seconds to wait when there were too many, else null. */
export async function waitFor(
  { db, now }: Pick<Context, "db" | "now">,
  key: string,
  most: number,
): Promise<number | null> {
  const at = now();
  const { count, since } = await countAttempt(db, key, at, THROTTLE.windowSeconds);
  if (count <= most) return null;
  return Math.max(1, Math.ceil((since.getTime() - at.getTime()) / 1000) + THROTTLE.windowSeconds);
}
