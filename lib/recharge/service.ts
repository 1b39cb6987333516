import "server-only";
import type { AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import { actorOf, mayRead, writingCustomer } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { printCredits } from "@/lib/credits";
import { fail, ok, type Result } from "@/lib/failure";
import { closeCrossing, setThreshold } from "@/lib/ledger/service";
import { getPrices } from "@/lib/orders/service";
import { withdrawOrder } from "@/lib/orders/waiting-service";
import { getPaymentMethod } from "@/lib/payments/service";
import { insertDecision } from "./decisions-store";
import { rechargeNumbers } from "./order-handler-service";
import { rechargeDto } from "./history-service";
import { moveRecharge, readOpenRecharge, readRecharges } from "./recharges-store";
import { isSameRule, type Rule, type StandingRule, stateOf, thresholdOf } from "./rules";
import { readRuleInput, type RuleDto } from "./schema";
import { ruleNumbers } from "./standing-service";
import { insertRuleVersion, lockAccount, readRule, writeRule } from "./store";

/** The rule as it stands, with the prices, the recharge that is under way and how the customer pays. */
export async function getRule(context: Context, key: AccountKey): Promise<Result<RuleDto>> {
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const [standing, latest, method, prices] = await Promise.all([
    readRule(context.db, key),
    readRecharges(context.db, key, { before: undefined, limit: 1 }),
    getPaymentMethod(context, key.customerId),
    getPrices(context, key),
  ]);
  if (!method.ok) return method;
  if (!prices.ok) return prices;
  const [newest] = latest;
  const { rule, suspension } = standing;
  return ok({
    state: stateOf(standing),
    threshold: rule.enabled ? printCredits(rule.threshold) : null,
    quantity: rule.enabled ? rule.quantity : null,
    version: standing.version,
    changedAt: standing.changedAt?.toISOString() ?? null,
    declines: standing.declines,
    suspension: suspension && {
      reason: suspension.reason,
      since: suspension.since.toISOString(),
      declineCode: newest?.recharge.state === "suspended" ? newest.order.declineCode : null,
    },
    balance: printCredits(account.value.balance),
    openRecharge: newest?.recharge.finishedAt === null ? rechargeDto(newest) : null,
    paymentMethod: method.value,
    prices: prices.value,
  });
}

/**
 * Sets the rule, or turns it off, and evaluates it in the same transaction. Input: `{ threshold, quantity, version? }`, as
 * `readRuleInput` reads it. Only the customer does this, never the system. The same rule again changes nothing; with
 * a `version`, a rule that has another one by now is a `conflict` and stays.
 */
export async function saveRule(context: Context, key: AccountKey, input: unknown): Promise<Result<RuleDto>> {
  if (!mayRead(context.caller, key.customerId)) return fail({ code: "not_found" });
  if (writingCustomer(context.caller) !== key.customerId) return fail({ code: "not_allowed" });
  const read = readRuleInput(input);
  if (!read.ok) return fail({ code: "invalid_input", fields: read.fields });
  const refusal = await context.db.transaction((tx) =>
    changeRule({ ...context, db: tx }, key, read.rule, read.seen),
  );
  return refusal === null ? getRule(context, key) : fail({ code: refusal });
}

async function changeRule(
  context: Context,
  key: AccountKey,
  rule: Rule,
  seen: number | undefined,
): Promise<"not_found" | "conflict" | null> {
  const { db } = context;
  if ((await lockAccount(db, key)) === null) return "not_found";
  const before = await readRule(db, key);
  if (isSameRule(before.rule, rule)) {
    await setThreshold(context, key, thresholdOf(before));
    return null;
  }
  if (seen !== undefined && seen !== before.version) return "conflict";
  const now = context.now();
  const after: StandingRule = { ...before, rule, version: before.version + 1, changedAt: now };
  await writeRule(db, key, after, now);
  const changedBy = actorOf(context.caller);
  await insertRuleVersion(db, key, { version: after.version, rule, changedAt: now, changedBy });
  const outcome = !rule.enabled ? "turned_off" : before.rule.enabled ? "changed" : "turned_on";
  await insertDecision(db, { ...ruleNumbers(key, after), at: now, outcome });
  await dropOpenRecharge(context, key, rule.enabled ? "rule_changed" : "off");
  await setThreshold(context, key, thresholdOf(after));
  return null;
}

/** A recharge for which no money can have moved ends with the rule that claimed it. One that is being paid goes on. */
async function dropOpenRecharge(
  context: Context,
  key: AccountKey,
  reason: "off" | "rule_changed",
): Promise<void> {
  const open = await readOpenRecharge(context.db, key);
  if (open === null) return;
  const cancelled = await withdrawOrder(context, key.customerId, open.order.orderId);
  if (cancelled === null) return;
  const at = context.now();
  const end = { state: "refused", refusalReason: reason, finishedAt: at } as const;
  const recharge = await moveRecharge(context.db, cancelled, end);
  await insertDecision(context.db, {
    ...rechargeNumbers(recharge, cancelled),
    at,
    outcome: "refused",
    reason,
  });
  await closeCrossing(context, key, recharge.crossing);
}
