import "server-only";
import { createHash } from "node:crypto";
import type { AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import { mayChange } from "@/lib/caller";
import { printCredits } from "@/lib/credits";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { post } from "@/lib/ledger/service";
import { parseTransferAmount, targetProblem } from "./rules";
import { TransferInput, type TransferDto } from "./schema";

/**
 * Moves credits at once from one SMS account to another of the same customer. Input: `{ credits, target, idempotency key }`.
 *
 * Fails with `not_found` when either account does not exist or is another customer's, which is one answer, so that
 * names cannot be probed; with `invalid_input` for `credits` or `target`; with `insufficient_credits`; with
 * `conflict` when the idempotency key was used for another transfer.
 */
export async function transferCredits(
  context: Context,
  from: AccountKey,
  input: unknown,
): Promise<Result<TransferDto>> {
  const source = await getAccount(context, from);
  if (!source.ok) return source;
  if (!mayChange(context.caller, from.customerId)) return fail({ code: "not_allowed" });

  const parsed = TransferInput.safeParse(input);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path[0] === "target" ? "target" : "credits";
    return fail({ code: "invalid_input", fields: { [field]: { problem: "transfer_amount_unreadable" } } });
  }
  const { credits, target, idempotencyKey } = parsed.data;
  const amount = parseTransferAmount(credits);
  if (!amount.ok) return fail({ code: "invalid_input", fields: { credits: amount.problem } });
  const wrongTarget = targetProblem(from.serviceName, target);
  if (wrongTarget !== null) return fail({ code: "invalid_input", fields: { target: wrongTarget } });

  const content = JSON.stringify([from.serviceName, target, amount.amount.toString()]);
  const posted = await post(context, {
    kind: "transfer",
    from,
    to: { customerId: from.customerId, serviceName: target },
    amount: amount.amount,
    idempotencyKey: `transfer:${idempotencyKey}`,
    requestHash: createHash("sha256").update(content).digest("hex"),
  });
  if (!posted.ok) return posted;
  const { entries, repeated } = posted.value;
  const balanceOf = (serviceName: string): string => {
    const entry = entries.find((each) => each.account.serviceName === serviceName);
    if (entry === undefined) throw new Error(`a transfer without an entry of ${serviceName}`);
    return printCredits(entry.balanceAfter);
  };
  return ok({
    credits: printCredits(amount.amount),
    source: from.serviceName,
    target,
    sourceBalance: balanceOf(from.serviceName),
    targetBalance: balanceOf(target),
    repeated,
  });
}
