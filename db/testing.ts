import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { type Credits, NO_CREDITS } from "../lib/credits";
import { openDatabase, type Database, type Pool, type PoolOptions } from "./client";
import { customers, smsAccounts } from "./schema/accounts";
import { ledgerAccounts, movements } from "./schema/ledger";
import { assertLocal, TEMPLATE, withDatabase } from "./testing-server";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the server of this run, as the owner. */
    serverUrl: string;
  }
}

export type TestDatabase = Pool & {
  readonly url: string;
  /** As the owner of the tables, for what the product itself may not do. */
  readonly owner: Pool;
};

/** A database of its own: migrated, price lists loaded, no customers. `close` drops it. */
export async function testDatabase(options: PoolOptions = {}): Promise<TestDatabase> {
  const serverUrl = inject("serverUrl");
  assertLocal(serverUrl);
  const name = `test_${unique()}`;
  await onServer(serverUrl, `create database ${name} template ${TEMPLATE}`);
  const url = withDatabase(serverUrl, name);
  const pool = openDatabase(url, options);
  const owner = openDatabase(url, { as: "owner", max: 2 });
  const close = async () => {
    await Promise.all([pool.close(), owner.close()]);
    await onServer(serverUrl, `drop database if exists ${name} with (force)`);
  };
  return { db: pool.db, sql: pool.sql, url, owner, close };
}

/** A database without anything in it, not even tables. */
export async function emptyDatabase(): Promise<{ url: string; close: () => Promise<void> }> {
  const serverUrl = inject("serverUrl");
  assertLocal(serverUrl);
  const name = `test_${unique()}`;
  await onServer(serverUrl, `create database ${name}`);
  const close = () => onServer(serverUrl, `drop database if exists ${name} with (force)`);
  return { url: withDatabase(serverUrl, name), close };
}

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
 * correction, so that it is the sum of the movements here too.
 */
export async function anSmsAccount(
  db: Database,
  given: Partial<SmsAccountRow> & { balance?: Credits; watermark?: Credits | null } = {},
): Promise<SmsAccountRow> {
  const { balance = NO_CREDITS, watermark = null, ...fields } = given;
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
    await tx
      .insert(ledgerAccounts)
      .values({
        ...{ customerId, serviceName, balance, watermark, sequence: isFilled ? 1n : 0n },
        ...(isFilled && { lastPostedAt: account.createdAt }),
      });
    if (!isFilled) return;
    await tx.insert(movements).values({
      ...{ customerId, serviceName, sequence: 1n, kind: "correction", counter: "corrected" },
      ...{ amount: balance, balanceBefore: 0n, balanceAfter: balance },
      ...{ reference: `test:${serviceName}`, fingerprint: "test", reason: "opening balance of a test" },
      postedAt: account.createdAt,
    });
  });
  return account;
}

function unique(): string {
  return randomBytes(6).toString("hex");
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const { sql, close } = openDatabase(serverUrl, { as: "owner", max: 1 });
  try {
    await sql.unsafe(statement);
  } finally {
    await close();
  }
}
