import "server-only";
import { and, asc, eq, type Placeholder, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { prepared } from "@/db/prepared";
import { customers, smsAccounts } from "@/db/schema/accounts";
import { ledgerAccounts } from "@/db/schema/ledger";
import { rechargeRules } from "@/db/schema/recharge";
import { creditsOf, type Credits } from "@/lib/credits";
import type { AccountDetail, AccountKey, AccountStatus } from "./rules";

const isAccount = (key: { [Name in keyof AccountKey]: AccountKey[Name] | Placeholder<Name> }) =>
  and(eq(smsAccounts.customerId, key.customerId), eq(smsAccounts.serviceName, key.serviceName));

/** Balance, rule and contract of SMS accounts, each row as of one moment. */
const selectAccounts = (db: Database) =>
  db
    .select({
      customerId: smsAccounts.customerId,
      serviceName: smsAccounts.serviceName,
      name: smsAccounts.name,
      status: smsAccounts.status,
      createdAt: smsAccounts.createdAt,
      balance: ledgerAccounts.balance,
      version: ledgerAccounts.version,
      rule: rechargeRules.state,
      threshold: rechargeRules.thresholdThousandths,
      quantity: rechargeRules.quantity,
      isRecharging: ledgerAccounts.hasOpenCrossing,
      ruleVersion: rechargeRules.version,
      customerName: customers.name,
      priceList: customers.priceList,
      timeZone: customers.timeZone,
    })
    .from(smsAccounts)
    .innerJoin(customers, eq(customers.customerId, smsAccounts.customerId))
    .innerJoin(
      ledgerAccounts,
      and(
        eq(ledgerAccounts.customerId, smsAccounts.customerId),
        eq(ledgerAccounts.serviceName, smsAccounts.serviceName),
      ),
    )
    .leftJoin(
      rechargeRules,
      and(
        eq(rechargeRules.customerId, smsAccounts.customerId),
        eq(rechargeRules.serviceName, smsAccounts.serviceName),
      ),
    )
    .$dynamic();

type SelectedAccount = Awaited<ReturnType<typeof selectAccounts>>[number];

const detailOf = (row: SelectedAccount): AccountDetail => ({
  ...row,
  balance: creditsOf(row.balance),
  rule: row.rule ?? "off",
  threshold: creditsOrNull(row.threshold),
  ruleVersion: row.ruleVersion ?? 0,
});

const creditsOrNull = (thousandths: bigint | null): Credits | null =>
  thousandths === null ? null : creditsOf(thousandths);

/** A customer has tens of accounts; the bound keeps a page from ever reading without one. */
const MAX_ACCOUNTS_LISTED = 1000;

export async function readAccountsOf(db: Database, customerId: string): Promise<AccountDetail[]> {
  const rows = await selectAccounts(db)
    .where(eq(smsAccounts.customerId, customerId))
    .orderBy(asc(smsAccounts.serviceName))
    .limit(MAX_ACCOUNTS_LISTED);
  return rows.map(detailOf);
}

const accountStatement = prepared((db) => {
  const key = { customerId: sql.placeholder("customerId"), serviceName: sql.placeholder("serviceName") };
  return selectAccounts(db).where(isAccount(key)).prepare("account");
});

export async function readAccount(db: Database, key: AccountKey): Promise<AccountDetail | null> {
  const [row] = await accountStatement(db).execute({ ...key });
  return row === undefined ? null : detailOf(row);
}

/** Returns false if there is no such account. */
export async function writeAccountName(db: Database, key: AccountKey, name: string): Promise<boolean> {
  const rows = await db
    .update(smsAccounts)
    .set({ name })
    .where(isAccount(key))
    .returning({ name: smsAccounts.name });
  return rows.length > 0;
}

/** Returns false if there is no such account. */
export async function writeAccountStatus(
  db: Database,
  key: AccountKey,
  status: AccountStatus,
): Promise<boolean> {
  const rows = await db
    .update(smsAccounts)
    .set({ status })
    .where(isAccount(key))
    .returning({ status: smsAccounts.status });
  return rows.length > 0;
}

/** Returns false, and changes nothing, if the customer is there already. */
export async function insertCustomer(
  db: Database,
  customer: { customerId: string; name: string; priceList: string; timeZone: string; createdAt: Date },
): Promise<boolean> {
  const rows = await db
    .insert(customers)
    .values(customer)
    .onConflictDoNothing()
    .returning({ customerId: customers.customerId });
  return rows.length > 0;
}

/** An SMS account is born with the ledger account that holds its credits. Returns false if it is there already. */
export async function insertAccount(
  db: Database,
  account: AccountKey & { name: string; createdAt: Date },
): Promise<boolean> {
  const { customerId, serviceName } = account;
  return db.transaction(async (tx) => {
    const rows = await tx
      .insert(smsAccounts)
      .values(account)
      .onConflictDoNothing()
      .returning({ serviceName: smsAccounts.serviceName });
    if (rows.length === 0) return false;
    await tx
      .insert(ledgerAccounts)
      .values({ customerId, serviceName, lastPostedAt: account.createdAt })
      .onConflictDoNothing();
    return true;
  });
}
