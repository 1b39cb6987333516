import "server-only";
import type { Context } from "@/lib/context";
import { closeCrossing } from "@/lib/ledger/service";
import type { OrderHandler } from "@/lib/orders/order-handler";
import type { Order } from "@/lib/orders/rules";
import { payingMethod } from "@/lib/payments/method-service";
import { insertDecision } from "./decisions-store";
import { moveRecharge, readRechargeOf, type Recharge } from "./recharges-store";
import { type DeclineEvaluation, evaluateDecline } from "./decline-rules";
import { creditsToBuy, type Decision, RECHARGE_STATE, type StandingRule } from "./rules";
import type { RefusalReason } from "./reasons-rules";
import { applyRefusal, resume, suspend } from "./standing-service";
import { lockAccount, readRule, writeRule } from "./store";

/** What the steps of an order mean for the recharge that made it, and for its rule. */
export const rechargeOrderHandler: OrderHandler = {
  async lock(tx, order) {
    await lockAccount(tx, order.account);
  },

  // While the order waited, a transfer or a purchase by hand may have lifted the balance, or messages lowered it
  // so far that what was ordered would not lift it above the threshold: a second purchase would follow at once.
  async evaluate(context, order) {
    const account = await lockAccount(context.db, order.account);
    const { rule, suspension } = await readRule(context.db, order.account);
    if (account === null || !rule.enabled || suspension !== null) return "dropped";
    const needed = creditsToBuy(account.balance, rule.threshold, rule.quantity);
    if (needed === 0) return "dropped";
    return needed === order.quantity ? "paying" : "resized";
  },

  async planDecline(context, order, decline) {
    const standing = await readRule(context.db, order.account);
    const { ruleVersion } = await readRechargeOf(context.db, order);
    const method = await payingMethod(context, order.account.customerId);
    const circumstances = { standing, ruleVersion, methodToken: method?.token ?? null };
    const evaluation = evaluateDecline(decline, circumstances, context.now());
    return {
      retryAt: evaluation.kind === "wait" ? evaluation.retryAt : null,
      apply: (moved) => applyDecline(context, moved, standing, evaluation),
    };
  },

  async posting(tx, order) {
    const { rechargeId, crossing } = await readRechargeOf(tx, order);
    return { kind: "recharge", idempotencyKey: `recharge:${rechargeId}`, closesCrossing: crossing };
  },

  async handle(context, order, event) {
    switch (event) {
      case "paying":
      case "unknown":
      case "paid":
        await record(context, order, { state: RECHARGE_STATE[order.state] }, { outcome: event });
        return;
      case "credited": {
        const end = { state: "credited", finishedAt: context.now() } as const;
        await record(context, order, end, { outcome: "credited" });
        await resume(context, order.account, await readRule(context.db, order.account), "purchase_succeeded");
        return;
      }
      case "dropped":
        await refuse(context, order, "no_longer_due");
        return;
      case "resized":
        await refuse(context, order, "resized");
    }
  },
};

/**
 * How long a purchase may wait for its first payment. A worker begins it within a second; a day spans a night in which
 * none ran. After that the buyer has long looked elsewhere, and the price shown may no longer hold: nobody is charged
 * for what they may have bought again.
 */
const PURCHASE_STANDS_MS = 24 * 60 * 60_000;

/** A purchase by hand has no recharge; when it succeeds, the card works, and the account's rule may buy again. */
export const purchaseOrderHandler: OrderHandler = {
  async lock(tx, order) {
    await lockAccount(tx, order.account);
  },
  evaluate: (context, order) => {
    const stands =
      order.attempts > 0 || context.now().getTime() - order.createdAt.getTime() <= PURCHASE_STANDS_MS;
    return Promise.resolve(stands ? "paying" : "dropped");
  },
  // Whoever bought is there, and can try again or take another card.
  planDecline: () => Promise.resolve({ retryAt: null, apply: () => Promise.resolve() }),
  posting: (_, order) =>
    Promise.resolve({ kind: "purchase", idempotencyKey: `order:${order.orderId.toString()}` }),
  async handle(context, order, event) {
    if (event !== "credited") return;
    await resume(context, order.account, await readRule(context.db, order.account), "purchase_succeeded");
  },
};

/** Ends a recharge for which no money has moved. */
async function refuse(context: Context, order: Order, reason: RefusalReason): Promise<void> {
  const end = { state: "refused", refusalReason: reason, finishedAt: context.now() } as const;
  const { crossing } = await record(context, order, end, { outcome: "refused", reason });
  // The rule keeps its count of declines and its wait, so that another size wins no attempts.
  const standing = await readRule(context.db, order.account);
  await applyRefusal(context, order.account, crossing, standing, reason);
}

async function applyDecline(
  context: Context,
  order: Order,
  standing: StandingRule,
  evaluation: DeclineEvaluation,
): Promise<void> {
  const { account } = order;
  const { kind, declines } = evaluation;
  const declineCode = order.declineCode ?? "declined";
  const finishedAt = context.now();
  switch (kind) {
    case "wait": {
      const { retryAt } = evaluation;
      await record(context, order, { state: "waiting" }, { outcome: "waiting", declineCode, retryAt });
      await writeRule(context.db, account, { ...standing, declines, retryAt }, finishedAt);
      return;
    }
    case "suspend": {
      const { reason } = evaluation;
      const end = { state: "suspended", finishedAt } as const;
      const { crossing } = await record(context, order, end, { outcome: "suspended", declineCode, reason });
      await suspend(context, account, { ...standing, declines }, reason);
      await closeCrossing(context, account, crossing);
      return;
    }
    case "refuse": {
      const { reason, retryAt } = evaluation;
      const end = { state: "refused", refusalReason: reason, finishedAt } as const;
      const { crossing } = await record(context, order, end, { outcome: "refused", declineCode, reason });
      const declined = { ...standing, declines, retryAt };
      await writeRule(context.db, account, declined, finishedAt);
      await applyRefusal(context, account, crossing, declined, reason);
    }
  }
}

/** Brings the recharge to where its order stands, and says so in the log. */
async function record(
  context: Context,
  order: Order,
  step: Parameters<typeof moveRecharge>[2],
  decision: Pick<Decision, "outcome" | "reason" | "declineCode" | "retryAt">,
): Promise<Recharge> {
  const recharge = await moveRecharge(context.db, order, step);
  await insertDecision(context.db, { ...decision, ...rechargeNumbers(recharge, order), at: context.now() });
  return recharge;
}

/** The numbers of a recharge and its order, for the decision log. */
export function rechargeNumbers(recharge: Recharge, order: Order): Omit<Decision, "at" | "outcome"> {
  return {
    account: order.account,
    threshold: recharge.threshold,
    quantity: recharge.quantity,
    credits: recharge.credits,
    ruleVersion: recharge.ruleVersion,
    rechargeId: recharge.rechargeId,
    crossing: recharge.crossing,
    orderId: order.orderId,
    ...(order.attempts > 0 && { attempt: order.attempts }),
  };
}
