import "server-only";
import { and, desc, eq, getTableColumns, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/access";
import { apiApplications, apiCredentials } from "@/db/schema/credentials";
import { ledgerAccounts } from "@/db/schema/ledger";
import { rechargeRules, ruleVersions } from "@/db/schema/recharge";
import type { AccountKey } from "@/lib/accounts/rules";
import { creditsOf, type Credits } from "@/lib/credits";
import { NEVER_SET, parseQuantityOnOffer, type Rule, type StandingRule, stateOf } from "./rules";
import { isSuspensionReason, type SuspensionReason } from "./reasons-rules";

/**
 * Locks the account's one row. Whoever changes a rule, its suspension, or what a crossing leads to, holds this lock
 * first: it is the same that each posting takes, so that all of them see each other's outcome. Null if there is none.
 */
export async function lockAccount(tx: Database, key: AccountKey): Promise<{ balance: Credits } | null> {
  const [account] = await tx
    .select({ balance: ledgerAccounts.balance })
    .from(ledgerAccounts)
    .where(
      and(eq(ledgerAccounts.customerId, key.customerId), eq(ledgerAccounts.serviceName, key.serviceName)),
    )
    .for("no key update");
  return account === undefined ? null : { balance: creditsOf(account.balance) };
}

type RuleRow = typeof rechargeRules.$inferSelect;

export async function readRule(db: Database, key: AccountKey): Promise<StandingRule> {
  const [row] = await db
    .select()
    .from(rechargeRules)
    .where(and(eq(rechargeRules.customerId, key.customerId), eq(rechargeRules.serviceName, key.serviceName)));
  return row === undefined ? NEVER_SET : standingOf(row);
}

/** The accounts of a customer for which a rule was ever set, in the order in which several are locked. */
export async function readRuledAccounts(db: Database, customerId: string): Promise<AccountKey[]> {
  return db
    .select({ customerId: rechargeRules.customerId, serviceName: rechargeRules.serviceName })
    .from(rechargeRules)
    .where(eq(rechargeRules.customerId, customerId))
    .orderBy(rechargeRules.serviceName);
}

function standingOf(row: RuleRow): StandingRule {
  return {
    rule: ruleOf(row),
    version: row.version,
    suspension:
      row.suspensionReason === null
        ? null
        : { reason: suspensionReasonOf(row.suspensionReason), since: row.suspendedAt ?? row.changedAt },
    declines: row.declines,
    retryAt: row.retryAt,
    changedAt: row.changedAt,
  };
}

function ruleOf(row: Pick<RuleRow, "thresholdThousandths" | "quantity">): Rule {
  const quantity = parseQuantityOnOffer(row.quantity);
  if (row.thresholdThousandths === null || quantity === null) return { enabled: false };
  return { enabled: true, threshold: creditsOf(row.thresholdThousandths), quantity };
}

function suspensionReasonOf(text: string): SuspensionReason {
  return isSuspensionReason(text) ? text : "payment_declined";
}

const amountsOf = (rule: Rule) => ({
  thresholdThousandths: rule.enabled ? rule.threshold : null,
  quantity: rule.enabled ? rule.quantity : null,
});

export async function writeRule(
  tx: Database,
  key: AccountKey,
  standing: StandingRule,
  now: Date,
): Promise<void> {
  const row = {
    ...amountsOf(standing.rule),
    state: stateOf(standing),
    version: standing.version,
    declines: standing.declines,
    retryAt: standing.retryAt,
    suspensionReason: standing.suspension?.reason ?? null,
    suspendedAt: standing.suspension?.since ?? null,
    changedAt: standing.changedAt ?? now,
  };
  await tx
    .insert(rechargeRules)
    .values({ ...key, ...row })
    .onConflictDoUpdate({ target: [rechargeRules.customerId, rechargeRules.serviceName], set: row });
}

/** One change of a rule by its customer. */
export type RuleVersion = {
  readonly version: number;
  readonly rule: Rule;
  readonly changedAt: Date;
  /** "user:<id>" or "api:<consumer key id>". */
  readonly changedBy: string;
};

export async function insertRuleVersion(tx: Database, key: AccountKey, version: RuleVersion): Promise<void> {
  const { rule, ...fields } = version;
  await tx.insert(ruleVersions).values({ ...key, ...fields, enabled: rule.enabled, ...amountsOf(rule) });
}

/** Newest first, with the name of the person or of the program, where it is known. */
export async function readRuleVersions(
  db: Database,
  key: AccountKey,
  limit: number,
): Promise<(RuleVersion & { readonly changedByName: string | null })[]> {
  const { changedBy } = ruleVersions;
  const rows = await db
    .select({
      ...getTableColumns(ruleVersions),
      changedByName: sql<string | null>`coalesce(${users.name}, ${apiApplications.name})`,
    })
    .from(ruleVersions)
    .leftJoin(
      users,
      and(
        eq(users.customerId, ruleVersions.customerId),
        eq(users.id, sql`substring(${changedBy} from '^user:(.*)$')`),
      ),
    )
    .leftJoin(
      apiCredentials,
      and(
        eq(apiCredentials.customerId, ruleVersions.customerId),
        eq(sql`${apiCredentials.credentialId}::text`, sql`substring(${changedBy} from '^api:(.*)$')`),
      ),
    )
    .leftJoin(apiApplications, eq(apiApplications.applicationKey, apiCredentials.applicationKey))
    .where(and(eq(ruleVersions.customerId, key.customerId), eq(ruleVersions.serviceName, key.serviceName)))
    .orderBy(desc(ruleVersions.version))
    .limit(limit);
  return rows.map((row) => ({
    version: row.version,
    rule: ruleOf(row),
    changedAt: row.changedAt,
    changedBy: row.changedBy,
    changedByName: row.changedByName,
  }));
}
