import "server-only";
import { and, count, desc, eq, isNull, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { prepared } from "@/db/prepared";
import { customers } from "@/db/schema/accounts";
import { apiApplications, apiCredentials } from "@/db/schema/credentials";
import { parseAccessRule, printAccessRule, type AccessRule, type StoredState } from "./rules";

export type ApplicationRow = {
  readonly applicationKey: string;
  readonly applicationId: bigint;
  readonly customerId: string;
  readonly name: string;
  readonly description: string;
  readonly sealedSecret: string;
  readonly createdAt: Date;
};

export type CredentialRow = {
  readonly credentialId: bigint;
  readonly applicationKey: string;
  readonly applicationName: string;
  readonly applicationDescription: string;
  readonly applicationId: bigint;
  readonly customerId: string | null;
  readonly state: StoredState;
  readonly rules: readonly AccessRule[];
  readonly redirection: string | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly isApplicationDeleted: boolean;
};

/** Makes an application. Nothing is returned: the caller chose the key and the secret. */
export async function insertApplication(
  db: Database,
  row: Omit<ApplicationRow, "applicationId">,
): Promise<void> {
  await db.insert(apiApplications).values(row);
}

/** An application that still exists, by its key. */
export async function readApplication(db: Database, applicationKey: string): Promise<ApplicationRow | null> {
  const [row] = await db
    .select()
    .from(apiApplications)
    .where(and(eq(apiApplications.applicationKey, applicationKey), isNull(apiApplications.deletedAt)));
  return row ?? null;
}

const applicationsStatement = prepared((db) =>
  db
    .select()
    .from(apiApplications)
    .where(
      and(
        sql`${apiApplications.applicationKey} = any(${sql.placeholder("applicationKeys")}::text[])`,
        isNull(apiApplications.deletedAt),
      ),
    )
    .prepare("applications"),
);

/** As above, of many keys at once; those that exist. */
export async function readApplications(
  db: Database,
  applicationKeys: readonly string[],
): Promise<ReadonlyMap<string, ApplicationRow>> {
  const rows = await applicationsStatement(db).execute({ applicationKeys });
  return new Map(rows.map((row) => [row.applicationKey, row]));
}

/** A customer's applications, the newest first, with how many keys each has that work or wait. */
export async function readApplicationsOf(db: Database, customerId: string) {
  return db
    .select({
      applicationKey: apiApplications.applicationKey,
      name: apiApplications.name,
      description: apiApplications.description,
      createdAt: apiApplications.createdAt,
    })
    .from(apiApplications)
    .where(and(eq(apiApplications.customerId, customerId), isNull(apiApplications.deletedAt)))
    .orderBy(desc(apiApplications.applicationId))
    .limit(500);
}

export async function customerExists(db: Database, customerId: string): Promise<boolean> {
  const rows = await db
    .select({ id: customers.customerId })
    .from(customers)
    .where(eq(customers.customerId, customerId));
  return rows.length > 0;
}

export async function countApplicationsOf(db: Database, customerId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(apiApplications)
    .where(and(eq(apiApplications.customerId, customerId), isNull(apiApplications.deletedAt)));
  return row?.count ?? 0;
}

/** Returns false when the customer has no such application. */
export async function writeApplicationDeleted(
  db: Database,
  customerId: string,
  applicationKey: string,
  at: Date,
): Promise<boolean> {
  const rows = await db
    .update(apiApplications)
    .set({ deletedAt: at })
    .where(
      and(
        eq(apiApplications.customerId, customerId),
        eq(apiApplications.applicationKey, applicationKey),
        isNull(apiApplications.deletedAt),
      ),
    )
    .returning({ key: apiApplications.applicationKey });
  return rows.length > 0;
}

export async function insertCredential(
  db: Database,
  row: {
    applicationKey: string;
    consumerKeyHash: string;
    validationTokenHash: string;
    customerId: string | null;
    state: StoredState;
    rules: readonly AccessRule[];
    redirection: string | null;
    createdAt: Date;
    decidedAt: Date | null;
    expiresAt: Date | null;
  },
): Promise<bigint> {
  const [made] = await db
    .insert(apiCredentials)
    .values({ ...row, rules: row.rules.map(printAccessRule) })
    .returning({ credentialId: apiCredentials.credentialId });
  if (made === undefined) throw new Error("the consumer key was not stored");
  return made.credentialId;
}

const credentialColumns = {
  credentialId: apiCredentials.credentialId,
  consumerKeyHash: apiCredentials.consumerKeyHash,
  applicationKey: apiCredentials.applicationKey,
  applicationName: apiApplications.name,
  applicationDescription: apiApplications.description,
  applicationId: apiApplications.applicationId,
  applicationDeletedAt: apiApplications.deletedAt,
  customerId: apiCredentials.customerId,
  state: apiCredentials.state,
  rules: apiCredentials.rules,
  redirection: apiCredentials.redirection,
  createdAt: apiCredentials.createdAt,
  decidedAt: apiCredentials.decidedAt,
  expiresAt: apiCredentials.expiresAt,
  lastUsedAt: apiCredentials.lastUsedAt,
};

const selectCredentials = (db: Database) =>
  db
    .select(credentialColumns)
    .from(apiCredentials)
    .innerJoin(apiApplications, eq(apiApplications.applicationKey, apiCredentials.applicationKey));

type SelectedCredential = Awaited<ReturnType<typeof selectCredentials>>[number];

function credentialOf({
  applicationDeletedAt,
  consumerKeyHash: _,
  ...row
}: SelectedCredential): CredentialRow {
  return {
    ...row,
    isApplicationDeleted: applicationDeletedAt !== null,
    rules: row.rules.flatMap((text) => parseAccessRule(text) ?? []),
  };
}

const credentialsStatement = prepared((db) =>
  selectCredentials(db)
    .where(sql`${apiCredentials.consumerKeyHash} = any(${sql.placeholder("hashes")}::text[])`)
    .prepare("credentials"),
);

/** By the hashes of their keys, which are no two credentials' own; those that exist. */
export async function readCredentialsByHash(
  db: Database,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, CredentialRow>> {
  if (hashes.length === 0) return new Map();
  const rows = await credentialsStatement(db).execute({ hashes });
  return new Map(rows.map((row) => [row.consumerKeyHash, credentialOf(row)]));
}

export async function readCredentialByToken(db: Database, tokenHash: string): Promise<CredentialRow | null> {
  const [row] = await selectCredentials(db).where(eq(apiCredentials.validationTokenHash, tokenHash));
  return row === undefined ? null : credentialOf(row);
}

/** The keys that act for a customer or did, the newest first. */
export async function readCredentialsOf(db: Database, customerId: string): Promise<CredentialRow[]> {
  const rows = await selectCredentials(db)
    .where(eq(apiCredentials.customerId, customerId))
    .orderBy(desc(apiCredentials.credentialId))
    .limit(500);
  return rows.map(credentialOf);
}

/** Writes the decision about a request that still waits. Returns false when it does not wait any longer. */
export async function writeDecision(
  db: Database,
  credentialId: bigint,
  decision: {
    state: "validated" | "refused";
    customerId: string;
    decidedBy: string;
    decidedAt: Date;
    expiresAt: Date | null;
  },
): Promise<boolean> {
  const rows = await db
    .update(apiCredentials)
    .set(decision)
    .where(
      and(
        eq(apiCredentials.credentialId, credentialId),
        eq(apiCredentials.state, "pending"),
        or(
          isNull(apiCredentials.expiresAt),
          sql`${apiCredentials.expiresAt} > ${decision.decidedAt.toISOString()}::timestamptz`,
        ),
      ),
    )
    .returning({ id: apiCredentials.credentialId });
  return rows.length > 0;
}

/** Returns false when the customer has no such key, or it is revoked already. */
export async function writeRevoked(
  db: Database,
  customerId: string,
  credentialId: bigint,
  at: Date,
): Promise<boolean> {
  const rows = await db
    .update(apiCredentials)
    .set({ state: "revoked", revokedAt: at })
    .where(
      and(
        eq(apiCredentials.customerId, customerId),
        eq(apiCredentials.credentialId, credentialId),
        eq(apiCredentials.state, "validated"),
      ),
    )
    .returning({ id: apiCredentials.credentialId });
  return rows.length > 0;
}
