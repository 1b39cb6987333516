import "server-only";

import { APIError } from "better-auth/api";
import { sqlStateOf } from "@/db/errors";
import type { Context } from "@/lib/context";
import { accessSettings } from "@/lib/env";
import { fail, ok, type Result } from "@/lib/failure";
import type { Locale } from "@/lib/i18n/locales";
import { isMailAddress } from "@/lib/mail-address";
import { queueMail } from "@/lib/mail/service";
import { authIn, RESET_SECONDS } from "./auth-store";
import { isWrongPassword, passwordTries, waitFor, WRONG_PASSWORD } from "./password-service";
import { THROTTLE } from "./rules";
import { ChangeAddressInput, ConfirmAddressInput, problemsOf } from "./schema";
import { deleteVerificationsOf, lockToken, readUser } from "./store";

/**
 * Sends a link to a new mail address of the caller. Input: `{ email, current }`, the second being his password. The old
 * address holds until the link is used. Whether somebody else has the new one already, nobody learns.
 */
export async function requestAddressChange(
  context: Context,
  session: Headers,
  language: Locale,
  input: unknown,
): Promise<Result<null>> {
  const { caller, db, now } = context;
  if (!("userId" in caller)) return fail({ code: "not_allowed" });
  const parsed = ChangeAddressInput.safeParse(input);
  if (!parsed.success) return fail({ code: "invalid_input", fields: problemsOf(parsed.error) });
  const { email, current } = parsed.data;
  const wait = await waitFor(context, passwordTries(caller.userId), THROTTLE.mostPerPair);
  if (wait !== null) return fail({ code: "too_many_requests", retryAfterSeconds: wait });
  const { name, email: old, customerId } = await readUser(db, caller.userId);
  const headers = new Headers({ cookie: session.get("cookie") ?? "" });
  try {
    await db.transaction(async (tx) => {
      const auth = authIn(tx, {
        addressLink: async (address, token) => {
          await queueMail(
            { db: tx, now },
            {
              kind: "address_confirmation",
              values: { name, url: `${accessSettings().origin}/confirm-address?token=${token}` },
              language,
              to: { name, address },
              customerId,
              tellsForMs: RESET_SECONDS * 1000,
            },
          );
        },
      });
      await auth.api.verifyPassword({ body: { password: current }, headers });
      if (email !== old) await auth.api.changeEmail({ body: { newEmail: email }, headers });
    });
    return ok(null);
  } catch (error) {
    if (isWrongPassword(error)) return fail(WRONG_PASSWORD);
    throw error;
  }
}

const TAKEN = "23505";

/**
 * Puts a new mail address in the place of the old one, by the link that was sent to the new one, and tells the old one.
 * Input: `{ token }`. Fails with `conflict` if the link was used, is too old, or is another person's.
 */
export async function confirmAddress(
  { caller, db, now }: Context,
  session: Headers,
  language: Locale,
  input: unknown,
): Promise<Result<{ setCookies: readonly string[] }>> {
  if (!("userId" in caller)) return fail({ code: "not_allowed" });
  const { userId } = caller;
  const parsed = ConfirmAddressInput.safeParse(input);
  if (!parsed.success) return fail({ code: "conflict" });
  const { token } = parsed.data;
  try {
    const setCookies = await db.transaction(async (tx) => {
      // The token itself is not kept: of two who use it at once the second waits, and finds it used.
      await lockToken(tx, token);
      const before = await readUser(tx, userId);
      const headers = new Headers({ cookie: session.get("cookie") ?? "" });
      const answer = await authIn(tx, {}).api.verifyEmail({ query: { token }, headers, returnHeaders: true });
      const after = await readUser(tx, userId);
      if (after.email === before.email) return null;
      await deleteVerificationsOf(tx, userId);
      if (isMailAddress(before.email)) {
        await queueMail(
          { db: tx, now },
          {
            kind: "address_changed",
            values: { name: before.name },
            language,
            to: { name: before.name, address: before.email },
            customerId: before.customerId,
          },
        );
      }
      return answer.headers.getSetCookie();
    });
    return setCookies === null ? fail({ code: "conflict" }) : ok({ setCookies });
  } catch (error) {
    if (error instanceof APIError || sqlStateOf(error) === TAKEN) return fail({ code: "conflict" });
    throw error;
  }
}
