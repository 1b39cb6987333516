import { randomBytes } from "node:crypto";
import { type Credits, NO_CREDITS } from "../lib/credits";
import type { Database } from "./client";
import { customers, smsAccounts } from "./schema/accounts";
import { ledgerAccounts, entries } from "./schema/ledger";

type CustomerRow = typeof customers.$inferSelect;
type SmsAccountRow = typeof smsAccounts.$inferSelect;

/** A customer of its own, with a handle that no other test uses. Italian unless told otherwise. */
export async function aCustomer(db: Database, given: Partial<CustomerRow> = {}): Promise<CustomerRow> {
  const customer = {
    customerId: `c${unique()}-test`,
    name: "Cliente di prova",
    priceList: "it",
    timeZone: "Europe/Rome",
    createdAt: new Date(),
    ...given,
  };
  await db.insert(customers).values(customer);
  return customer;
}

/**
 * An SMS account with its ledger account, of a customer of its own unless one is given. The balance comes from one
 * correction, so that it is the sum of the entries here too.
 */
export async function anSmsAccount(
  db: Database,
  given: Partial<SmsAccountRow> & { balance?: Credits; threshold?: Credits | null } = {},
): Promise<SmsAccountRow> {
  const { balance = NO_CREDITS, threshold = null, ...fields } = given;
  const customerId = fields.customerId ?? (await aCustomer(db)).customerId;
  const account = {
    serviceName: `sms-${unique()}-1`,
    name: "Account di prova",
    status: "enable" as const,
    createdAt: new Date(),
    ...fields,
    customerId,
  };
  const { serviceName } = account;
  const isFilled = balance > 0n;
  await db.transaction(async (tx) => {
    await tx.insert(smsAccounts).values(account);
    await tx.insert(ledgerAccounts).values({
      customerId,
      serviceName,
      balance,
      threshold,
      sequence: isFilled ? 1n : 0n,
      ...(isFilled && { lastPostedAt: account.createdAt }),
    });
    if (!isFilled) return;
    await tx.insert(entries).values({
      customerId,
      serviceName,
      sequence: 1n,
      kind: "correction",
      counter: "corrected",
      amount: balance,
      balanceBefore: 0n,
      balanceAfter: balance,
      idempotencyKey: `test:${serviceName}`,
      requestHash: "test",
      reason: "opening balance of a test",
      postedAt: account.createdAt,
    });
  });
  return account;
}

/** Twelve characters that no other test has. */
export function unique(): string {
  return randomBytes(6).toString("hex");
}
