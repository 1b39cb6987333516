import "server-only";
import { randomUUID } from "node:crypto";
import type { Context } from "@/lib/context";
import { newLease } from "@/lib/leases/rules";
import { reevaluate } from "@/lib/ledger/service";
import type { HeldOrder } from "@/lib/orders/pay-engine";
import { placeOrder } from "@/lib/orders/service";
import { payingMethod } from "@/lib/payments/method-service";
import { insertDecision, readDecisions } from "./decisions-store";
import { hasRecharge, insertRecharge } from "./recharges-store";
import { AFTER_REFUSAL, type AfterRefusal, type RefusalReason } from "./reasons-rules";
import { evaluateCrossing, type StandingRule } from "./rules";
import { applyRefusal, ruleNumbers } from "./standing-service";
import { lockAccount, readRule } from "./store";
import { type OpenCrossing, readOpenCrossing, readOverlooked, readUnanswered } from "./worker-store";

type Leasing = { readonly leaseMs: number };

/** Crossings that nobody has answered, the oldest first; of one customer if it is named. Other workers may be at the same ones. */
export function listUnanswered(
  context: Context,
  limit: number,
  customerId?: string,
): Promise<OpenCrossing[]> {
  return readUnanswered(context.db, limit, customerId);
}

/**
 * Answers a crossing: with a recharge and its order, or with a refusal. Everything that decides is read under the
 * account's lock, so that of any number of workers one claims, and the rule is the one of this moment. Returns the
 * order, held by the caller, if it is due now; null also if it cannot be answered yet.
 */
export function claimCrossing(
  context: Context,
  leasing: Leasing,
  { account: key, crossing, sequence }: OpenCrossing,
): Promise<HeldOrder | null> {
  return context.db.transaction(async (tx) => {
    const inside = { ...context, db: tx };
    const account = await lockAccount(tx, key);
    // Sent together, after the lock: what another worker has committed is seen, and one trip is made instead of four.
    const [openCrossing, isAnswered, standing, method] = await Promise.all([
      readOpenCrossing(tx, key),
      hasRecharge(tx, key, crossing),
      readRule(tx, key),
      payingMethod(inside, key.customerId),
    ]);
    if (account === null || openCrossing !== crossing || isAnswered) return null;
    const claim = evaluateCrossing(standing, account.balance, method !== null);
    if (claim.kind === "refuse") {
      await refuse(inside, { account: key, crossing, sequence }, standing, claim.reason);
      return null;
    }

    const now = context.now();
    const rechargeId = randomUUID();
    // After a decline the wait holds for whatever is claimed next, too.
    const dueAt = standing.retryAt !== null && standing.retryAt > now ? standing.retryAt : now;
    const held = dueAt > now ? null : newLease(now, leasing.leaseMs);
    const placed = await placeOrder(inside, {
      account: key,
      kind: "recharge",
      quantity: claim.credits,
      idempotencyKey: `recharge:${rechargeId}`,
      dueAt,
      ...(held !== null && { held }),
    });
    if (!placed.ok) {
      const { code } = placed.failure;
      if (code !== "invalid_input")
        throw new Error(`no order of ${claim.credits.toString()} credits: ${code}`);
      await refuse(inside, { account: key, crossing, sequence }, standing, "no_price");
      return null;
    }
    const { order } = placed.value;
    const { threshold, quantity, credits } = claim;
    const numbers = {
      account: key,
      rechargeId,
      crossing,
      ruleVersion: standing.version,
      threshold,
      quantity,
      credits,
    };
    const { orderId } = order;
    await Promise.all([
      insertRecharge(tx, { ...numbers, balance: account.balance, claimedAt: now }, orderId),
      insertDecision(tx, { ...numbers, sequence, orderId, at: now, outcome: "claimed" }),
    ]);
    return held === null ? null : { order, lease: held.lease };
  });
}

async function refuse(
  context: Context,
  { account, crossing, sequence }: OpenCrossing,
  standing: StandingRule,
  reason: RefusalReason,
): Promise<void> {
  const after: AfterRefusal = AFTER_REFUSAL[reason];
  if (after.next === "wait") {
    const [latest] = await readDecisions(context.db, account, { before: undefined, limit: 1 });
    if (latest?.crossing === crossing && latest.reason === reason) return;
  }
  const outcome = after.next === "suspend" ? "suspended" : "refused";
  const numbers = { ...ruleNumbers(account, standing), crossing, sequence, at: context.now() };
  await insertDecision(context.db, { ...numbers, outcome, reason });
  await applyRefusal(context, account, crossing, standing, reason);
}

/**
 * Evaluates accounts again that are due and have no open crossing. The ledger leaves none behind; this is the net under
 * it, so that whatever happens, a rule is never deaf.
 */
export async function sweepOverlooked(context: Context, limit: number): Promise<number> {
  const overlooked = await readOverlooked(context.db, limit);
  for (const key of overlooked) await reevaluate(context, key);
  return overlooked.length;
}
