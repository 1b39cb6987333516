import "server-only";
import { mayChange, mayRead } from "@/lib/caller";
import { type Context, oncePerPage } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import {
  accountNameProblem,
  type AccountDetail,
  type AccountKey,
  type AccountStatus,
  type AccountSummary,
} from "./rules";
import { AccountInput, AccountNameInput, CustomerInput } from "./schema";
import {
  insertAccount,
  insertCustomer,
  readAccount,
  readAccountsOf,
  writeAccountName,
  writeAccountStatus,
} from "./store";

/** A customer's SMS accounts with balance and rule, by service name. */
export async function listAccounts(context: Context, customerId: string): Promise<Result<AccountSummary[]>> {
  if (!mayRead(context.caller, customerId)) return fail({ code: "not_found" });
  return ok(await readAccountsOf(context.db, customerId));
}

/** One SMS account. Fails with `not_found` for one that does not exist and for another customer's alike. */
export async function getAccount(context: Context, key: AccountKey): Promise<Result<AccountDetail>> {
  if (!mayRead(context.caller, key.customerId)) return fail({ code: "not_found" });
  const account = await readAccountOnce(context, key);
  return account === null ? fail({ code: "not_found" }) : ok(account);
}

const readAccountOnce = oncePerPage(({ db }, key: AccountKey) => readAccount(db, key));

/** Gives an SMS account another name. Input: `{ name }`. */
export async function renameAccount(
  context: Context,
  key: AccountKey,
  input: unknown,
): Promise<Result<{ name: string }>> {
  if (!mayRead(context.caller, key.customerId)) return fail({ code: "not_found" });
  if (!mayChange(context.caller, key.customerId)) return fail({ code: "not_allowed" });
  const parsed = AccountNameInput.safeParse(input);
  if (!parsed.success) return fail({ code: "invalid_input", fields: { name: nameProblemOf(input) } });
  const name = parsed.data.name.trim();
  return (await writeAccountName(context.db, key, name)) ? ok({ name }) : fail({ code: "not_found" });
}

function nameProblemOf(input: unknown) {
  const named = typeof input === "object" && input !== null && "name" in input ? input.name : undefined;
  return (typeof named === "string" ? accountNameProblem(named) : null) ?? { problem: "name_empty" };
}

/** A disabled account keeps its credits and sends nothing. */
export async function setAccountStatus(
  context: Context,
  key: AccountKey,
  status: AccountStatus,
): Promise<Result<{ status: AccountStatus }>> {
  if (!mayRead(context.caller, key.customerId)) return fail({ code: "not_found" });
  if (!mayChange(context.caller, key.customerId)) return fail({ code: "not_allowed" });
  return (await writeAccountStatus(context.db, key, status)) ? ok({ status }) : fail({ code: "not_found" });
}

/**
 * Begins a customer's contract, for the operator's commands only. A customer who is there already is left as he is:
 * `created` is false.
 */
export async function createCustomer(
  context: Context,
  input: unknown,
): Promise<Result<{ customerId: string; created: boolean }>> {
  if (context.caller.kind !== "system") return fail({ code: "not_allowed" });
  const customer = CustomerInput.parse(input);
  const created = await insertCustomer(context.db, { ...customer, createdAt: context.now() });
  return ok({ customerId: customer.customerId, created });
}

/** Opens an SMS account without credits, for the operator's commands only. Leaves one that is there as it is. */
export async function createAccount(
  context: Context,
  customerId: string,
  input: unknown,
): Promise<Result<{ serviceName: string; created: boolean }>> {
  if (context.caller.kind !== "system") return fail({ code: "not_allowed" });
  const account = AccountInput.parse(input);
  const created = await insertAccount(context.db, { ...account, customerId, createdAt: context.now() });
  return ok({ serviceName: account.serviceName, created });
}
