import "server-only";
import { hashPassword } from "better-auth/crypto";
import type { AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import { mayChange } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { type ApiUser, MAX_API_USERS } from "./user-rules";
import { ApiUserInput, PasswordInput } from "./user-schema";
import { deleteApiUserRow, insertApiUser, readApiUsers, writePassword } from "./user-store";

/** The API users of an SMS account, by their logins. Fails with `not_found`. */
export async function listApiUsers(context: Context, key: AccountKey): Promise<Result<readonly ApiUser[]>> {
  const account = await getAccount(context, key);
  return account.ok ? ok(await readApiUsers(context.db, key)) : account;
}

/** One of them. Fails with `not_found`. */
export async function getApiUser(context: Context, key: AccountKey, login: string): Promise<Result<ApiUser>> {
  const users = await listApiUsers(context, key);
  if (!users.ok) return users;
  const user = users.value.find((each) => each.login === login);
  return user === undefined ? fail({ code: "not_found" }) : ok(user);
}

/**
 * Makes a user who may send from this account by a login and a password. Input: `{ login, password }`. Fails
 * with `not_found`, `not_allowed` and `invalid_input` (fields `login`, `password`).
 */
export async function createApiUser(
  context: Context,
  key: AccountKey,
  input: unknown,
): Promise<Result<ApiUser>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  if (!mayChange(context.caller, key.customerId)) return fail({ code: "not_allowed" });
  const parsed = ApiUserInput.safeParse(input);
  if (!parsed.success) return fail({ code: "invalid_input", fields: problemsOf(parsed.error.issues) });
  const { login, password } = parsed.data;
  const user = { login, passwordHash: await hashPassword(password), createdAt: context.now() };
  switch (await insertApiUser(context.db, key, user, MAX_API_USERS)) {
    case "made":
      return ok({ login, createdAt: user.createdAt, lastUsedAt: null });
    case "taken":
      return fail({ code: "invalid_input", fields: { login: { problem: "api_login_taken" } } });
    case "full":
      return fail({
        code: "invalid_input",
        fields: { login: { problem: "api_too_many_users", values: { most: MAX_API_USERS } } },
      });
  }
}

/** Gives a user another password; the one before is refused from then on. Input: `{ password }`. */
export async function changeApiUserPassword(
  context: Context,
  key: AccountKey,
  login: string,
  input: unknown,
): Promise<Result<null>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  if (!mayChange(context.caller, key.customerId)) return fail({ code: "not_allowed" });
  const parsed = PasswordInput.safeParse(input);
  if (!parsed.success) return fail({ code: "invalid_input", fields: problemsOf(parsed.error.issues) });
  const changed = await writePassword(context.db, key, login, await hashPassword(parsed.data.password));
  return changed ? ok(null) : fail({ code: "not_found" });
}

/** Deletes a user; the programs that use it are refused at once. What it sent stays. */
export async function deleteApiUser(context: Context, key: AccountKey, login: string): Promise<Result<null>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  if (!mayChange(context.caller, key.customerId)) return fail({ code: "not_allowed" });
  return (await deleteApiUserRow(context.db, key, login)) ? ok(null) : fail({ code: "not_found" });
}

function problemsOf(issues: readonly { path: readonly PropertyKey[]; message: string }[]) {
  return Object.fromEntries(
    issues.map(({ path, message }) => [String(path[0] ?? "login"), { problem: message }]),
  );
}
