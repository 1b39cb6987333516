import "server-only";
import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { users } from "@/db/schema/access";
import { corrections } from "@/db/schema/staff";
import type { AccountKey } from "@/lib/accounts/rules";
import { creditsOf, type Credits } from "@/lib/credits";

export type Correction = AccountKey & {
  readonly correctionId: bigint;
  readonly idempotencyKey: string;
  readonly amount: Credits;
  readonly reason: string;
  readonly needsApproval: boolean;
  readonly state: "requested" | "posted" | "rejected";
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly sequence: bigint | null;
};

const correctionOf = (row: typeof corrections.$inferSelect): Correction => ({
  ...row,
  amount: creditsOf(row.amount),
});

/**
 * The thousandths that were corrected without anybody's approval since then: by this person, or of this account, whichever is
 * more. Ups and downs add up. Until the commit nobody else can correct as this person or correct this account.
 */
export async function sumCorrectedAlone(
  tx: Database,
  { customerId, serviceName }: AccountKey,
  userId: string,
  since: Date,
): Promise<bigint> {
  // Always in this order, so that no two wait for each other.
  await tx.execute(sql`select from users where id = ${userId} for no key update`);
  await tx.execute(sql`
    select from ledger_accounts where customer_id = ${customerId} and service_name = ${serviceName} for no key update`);
  const sumWhere = (condition: SQL) => sql`
    (select coalesce(sum(abs(amount)), 0) from corrections
     where not needs_approval and state = 'posted' and requested_at > ${since.toISOString()}::timestamptz and ${condition})`;
  const ofPerson = sumWhere(sql`requested_by = ${userId}`);
  const ofAccount = sumWhere(sql`customer_id = ${customerId} and service_name = ${serviceName}`);
  const [row] = await tx.execute<{ most: string }>(
    sql`select greatest(${ofPerson}, ${ofAccount})::text as most`,
  );
  return BigInt(row?.most ?? "0");
}

/** Null if its customer has one with this key; that of a transaction which still runs is waited for. */
export async function insertCorrection(
  tx: Database,
  correction: Omit<Correction, "correctionId" | "state" | "decidedBy" | "decidedAt" | "sequence">,
): Promise<Correction | null> {
  const [row] = await tx
    .insert(corrections)
    .values({ ...correction, state: "requested" })
    .onConflictDoNothing({ target: [corrections.customerId, corrections.idempotencyKey] })
    .returning();
  return row === undefined ? null : correctionOf(row);
}

export async function readCorrectionOfKey(
  tx: Database,
  customerId: string,
  idempotencyKey: string,
): Promise<Correction | null> {
  const [row] = await tx
    .select()
    .from(corrections)
    .where(and(eq(corrections.customerId, customerId), eq(corrections.idempotencyKey, idempotencyKey)));
  return row === undefined ? null : correctionOf(row);
}

const isCorrection = (customerId: string, correctionId: bigint) =>
  and(eq(corrections.customerId, customerId), eq(corrections.correctionId, correctionId));

/** Locked until the commit, so that of two who decide one is the first. */
export async function lockCorrection(
  tx: Database,
  customerId: string,
  correctionId: bigint,
): Promise<Correction | null> {
  const [row] = await tx
    .select()
    .from(corrections)
    .where(isCorrection(customerId, correctionId))
    .for("update");
  return row === undefined ? null : correctionOf(row);
}

export async function writeCorrectionEnd(
  tx: Database,
  { customerId, correctionId }: Pick<Correction, "customerId" | "correctionId">,
  end: {
    readonly state: "posted" | "rejected";
    readonly decidedBy: string;
    readonly decidedAt: Date;
    readonly sequence: bigint | null;
  },
): Promise<void> {
  await tx.update(corrections).set(end).where(isCorrection(customerId, correctionId));
}

export type NamedCorrection = Correction & {
  readonly requestedByName: string;
  readonly decidedByName: string | null;
};

export type CorrectionFilter = {
  readonly key?: AccountKey | undefined;
  readonly correctionId?: bigint | undefined;
  readonly state?: "requested" | undefined;
};

/** Newest first, with the names of who asked and who decided. */
export async function readCorrections(
  db: Database,
  { key, correctionId, state }: CorrectionFilter,
  limit: number,
): Promise<NamedCorrection[]> {
  const asker = alias(users, "asker");
  const decider = alias(users, "decider");
  const rows = await db
    .select({ correction: corrections, asked: asker.name, decided: decider.name })
    .from(corrections)
    .innerJoin(asker, eq(asker.id, corrections.requestedBy))
    .leftJoin(decider, eq(decider.id, corrections.decidedBy))
    .where(
      and(
        key && and(eq(corrections.customerId, key.customerId), eq(corrections.serviceName, key.serviceName)),
        correctionId === undefined ? undefined : eq(corrections.correctionId, correctionId),
        // Written out, so that the partial index serves.
        state === undefined ? undefined : sql`${corrections.state} = 'requested'`,
      ),
    )
    .orderBy(desc(corrections.correctionId))
    .limit(limit);
  return rows.map(({ correction, asked, decided }) => ({
    ...correctionOf(correction),
    requestedByName: asked,
    decidedByName: decided,
  }));
}
