import "server-only";
import type { AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { creditsOf, printCredits } from "@/lib/credits";
import { ok, type Result } from "@/lib/failure";
import { orderDto } from "@/lib/orders/schema";
import { cutPage, pageLimit } from "@/lib/page";
import { type DecisionRow, readDecisions } from "./decisions-store";
import { readRecharges, type RechargeWithOrder } from "./recharges-store";
import { DECISION_OUTCOMES } from "./rules";
import type { DecisionDto, RechargeDto, RuleVersionDto } from "./schema";
import { readRuleVersions } from "./store";

const MAX_LISTED = 100;

/** An account's recharges, newest first; `before` is the `crossing` of the last one of the page before. */
export async function listRecharges(
  context: Context,
  key: AccountKey,
  { before, limit = 20 }: { readonly before?: number; readonly limit?: number } = {},
): Promise<Result<RechargeDto[]>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const found = await readRecharges(context.db, key, { before, limit: pageLimit(limit, MAX_LISTED) });
  return ok(found.map(rechargeDto));
}

/** What was decided about an account, newest first; `before` is the `decisionId` of the last one of the page before. */
export async function listDecisions(
  context: Context,
  key: AccountKey,
  { before, limit = 20 }: { readonly before?: string | undefined; readonly limit?: number } = {},
): Promise<Result<{ decisions: readonly DecisionDto[]; next: string | null }>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const most = pageLimit(limit, MAX_LISTED);
  const page = { before: before === undefined ? undefined : BigInt(before), limit: most + 1 };
  const found = (await readDecisions(context.db, key, page)).map(decisionDto);
  const { rows, next } = cutPage(found, most, ({ decisionId }) => decisionId);
  return ok({ decisions: rows, next });
}

/** The changes of an account's rule, newest first. */
export async function listRuleVersions(
  context: Context,
  key: AccountKey,
  { limit = 20 }: { readonly limit?: number } = {},
): Promise<Result<RuleVersionDto[]>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const versions = await readRuleVersions(context.db, key, pageLimit(limit, MAX_LISTED));
  return ok(
    versions.map(({ version, rule, changedAt, changedBy, changedByName }) => ({
      version,
      enabled: rule.enabled,
      threshold: rule.enabled ? printCredits(rule.threshold) : null,
      quantity: rule.enabled ? rule.quantity : null,
      changedAt: changedAt.toISOString(),
      changedBy,
      changedByName,
    })),
  );
}

export function rechargeDto({ recharge, order }: RechargeWithOrder): RechargeDto {
  const { claimedAt } = recharge;
  // An order that was to be paid at once was due when it was made.
  const isPostponed = recharge.state === "claimed" && order.dueAt !== null && order.dueAt > claimedAt;
  return {
    rechargeId: recharge.rechargeId,
    crossing: recharge.crossing,
    state: recharge.state,
    ruleVersion: recharge.ruleVersion,
    balance: printCredits(recharge.balance),
    threshold: printCredits(recharge.threshold),
    quantity: recharge.quantity,
    credits: recharge.credits,
    attempts: recharge.attempts,
    refusalReason: recharge.refusalReason,
    declineCode: order.declineCode,
    claimedAt: claimedAt.toISOString(),
    finishedAt: recharge.finishedAt?.toISOString() ?? null,
    retryAt: isPostponed || recharge.state === "waiting" ? (order.dueAt?.toISOString() ?? null) : null,
    order: orderDto(order),
  };
}

function decisionDto(row: DecisionRow): DecisionDto {
  const outcome = DECISION_OUTCOMES.find((one) => one === row.outcome);
  if (outcome === undefined) throw new Error(`a decision "${row.outcome}" of a newer version`);
  return {
    decisionId: row.decisionId.toString(),
    at: row.at.toISOString(),
    outcome,
    reason: row.reason,
    balance: printCredits(creditsOf(row.balanceThousandths)),
    threshold: row.thresholdThousandths === null ? null : printCredits(creditsOf(row.thresholdThousandths)),
    quantity: row.quantity,
    credits: row.credits,
    ruleVersion: row.ruleVersion,
    rechargeId: row.rechargeId,
    crossing: row.crossing,
    sequence: row.sequence?.toString() ?? null,
    orderId: row.orderId?.toString() ?? null,
    attempt: row.attempt,
    declineCode: row.declineCode,
    retryAt: row.retryAt?.toISOString() ?? null,
  };
}
