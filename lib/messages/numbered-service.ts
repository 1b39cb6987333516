import "server-only";
import type { AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import { mayRead } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { outgoingId, placeOf } from "./numbered-rules";
import {
  readNumbered,
  readNumberOf,
  readNumbers,
  readReceivers,
  type NumberedFilter,
  type NumberedMessage,
} from "./numbered-store";

/** Most identifiers of one list. */
export const MAX_NUMBERED = 10_000;

/** The identifiers of what an account sent, one for each receiver, the newest message first. */
export async function listNumbered(
  context: Context,
  key: AccountKey,
  filter: NumberedFilter,
): Promise<Result<number[]>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const messages = await readNumbers(context.db, key, filter, MAX_NUMBERED);
  const ids: number[] = [];
  for (const { number, recipients } of messages) {
    for (let position = 1; position <= recipients && ids.length < MAX_NUMBERED; position += 1) {
      ids.push(outgoingId(number, position));
    }
  }
  return ok(ids);
}

/** One message to one receiver. */
export async function getNumbered(
  context: Context,
  key: AccountKey,
  id: number,
): Promise<Result<NumberedMessage>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const { message, position } = placeOf(id);
  const found = await readNumbered(context.db, key, message, position);
  return found === null ? fail({ code: "not_found" }) : ok(found);
}

/** The receivers of a message that was sent, in their order, each with its identifier. */
export async function listReceivers(
  context: Context,
  customerId: string,
  messageId: string,
): Promise<Result<{ id: number; receiver: string }[]>> {
  if (!mayRead(context.caller, customerId)) return fail({ code: "not_found" });
  const number = await readNumberOf(context.db, customerId, messageId);
  if (number === null) return fail({ code: "not_found" });
  const receivers = await readReceivers(context.db, customerId, messageId);
  return ok(receivers.map((each) => ({ id: outgoingId(number, each.position), receiver: each.number })));
}
