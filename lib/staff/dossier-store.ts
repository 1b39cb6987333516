import "server-only";
import { and, desc, eq, gt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sessions, users } from "@/db/schema/access";
import { apiApplications, apiCredentials } from "@/db/schema/credentials";
import { orders, paymentAttempts } from "@/db/schema/payments";
import type { AccountKey } from "@/lib/accounts/rules";

// Each names its columns: the role of staff may not read the others.

export async function readAttempts(db: Database, { customerId, serviceName }: AccountKey, limit: number) {
  return db
    .select({
      orderId: paymentAttempts.orderId,
      attempt: paymentAttempts.attempt,
      startedAt: paymentAttempts.startedAt,
      finishedAt: paymentAttempts.finishedAt,
      outcome: paymentAttempts.outcome,
      code: paymentAttempts.code,
      amountCents: paymentAttempts.amountCents,
      currency: orders.currency,
      gatewayReference: paymentAttempts.gatewayReference,
    })
    .from(paymentAttempts)
    .innerJoin(
      orders,
      and(eq(orders.customerId, paymentAttempts.customerId), eq(orders.orderId, paymentAttempts.orderId)),
    )
    .where(and(eq(orders.customerId, customerId), eq(orders.serviceName, serviceName)))
    .orderBy(desc(paymentAttempts.orderId), desc(paymentAttempts.attempt))
    .limit(limit);
}

export async function readApiCredentials(db: Database, customerId: string, limit: number) {
  return db
    .select({
      credentialId: apiCredentials.credentialId,
      application: apiApplications.name,
      state: apiCredentials.state,
      rules: apiCredentials.rules,
      createdAt: apiCredentials.createdAt,
      expiresAt: apiCredentials.expiresAt,
      lastUsedAt: apiCredentials.lastUsedAt,
      isApplicationDeleted: sql<boolean>`${apiApplications.deletedAt} is not null`,
    })
    .from(apiCredentials)
    .innerJoin(apiApplications, eq(apiApplications.applicationKey, apiCredentials.applicationKey))
    .where(eq(apiCredentials.customerId, customerId))
    .orderBy(desc(apiCredentials.credentialId))
    .limit(limit);
}

export async function readSessions(db: Database, customerId: string, now: Date, limit: number) {
  return db
    .select({
      userName: users.name,
      email: users.email,
      startedAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
      address: sessions.ipAddress,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(users.customerId, customerId), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.createdAt))
    .limit(limit);
}
