import "server-only";
import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { messages } from "@/db/schema/messages";
import { orders } from "@/db/schema/payments";
import type { AccountKey } from "@/lib/accounts/rules";
import { type Cents, centsOf } from "@/lib/money";

/** How many recipients each of these messages of a customer had. */
export async function readRecipientCounts(
  db: Database,
  customerId: string,
  messageIds: readonly string[],
): Promise<Map<string, number>> {
  if (messageIds.length === 0) return new Map();
  const rows = await db
    .select({ messageId: messages.messageId, recipients: messages.recipientCount })
    .from(messages)
    .where(and(eq(messages.customerId, customerId), isAnyOf(messages.messageId, messageIds)));
  return new Map(rows.map((row) => [row.messageId, row.recipients]));
}

/** The numbers of a customer's orders with these keys. */
export async function readOrderNumbers(
  db: Database,
  customerId: string,
  keys: readonly string[],
): Promise<Map<string, bigint>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .select({ key: orders.idempotencyKey, orderId: orders.orderId })
    .from(orders)
    .where(and(eq(orders.customerId, customerId), isAnyOf(orders.idempotencyKey, keys)));
  return new Map(rows.map((row) => [row.key, row.orderId]));
}

/** One parameter, however many there are: a part of a file names thousands. */
const isAnyOf = (column: AnyPgColumn, values: readonly string[]): SQL =>
  sql`${column} = any(${sql.param(values)}::${sql.raw(column.getSQLType())}[])`;

/** What the orders of an account that were credited in a period cost without VAT. */
export async function readPaid(db: Database, key: AccountKey, from: Date, to: Date): Promise<Cents> {
  const [row] = await db
    .select({ net: sql<string | null>`sum(${orders.netCents})::text` })
    .from(orders)
    .where(
      and(
        eq(orders.customerId, key.customerId),
        eq(orders.serviceName, key.serviceName),
        gte(orders.creditedAt, from),
        lt(orders.creditedAt, to),
      ),
    );
  return centsOf(BigInt(row?.net ?? 0));
}
