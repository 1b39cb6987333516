import "server-only";
import { and, asc, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { prepared } from "@/db/prepared";
import { smsAccounts } from "@/db/schema/accounts";
import { apiUsers } from "@/db/schema/api-users";
import type { AccountKey } from "@/lib/accounts/rules";
import type { ApiUser } from "./user-rules";

const isUser = ({ customerId, serviceName }: AccountKey, login: string) =>
  and(eq(apiUsers.customerId, customerId), eq(apiUsers.serviceName, serviceName), eq(apiUsers.login, login));

/** Of one account, by their logins. */
export async function readApiUsers(
  db: Database,
  { customerId, serviceName }: AccountKey,
): Promise<readonly ApiUser[]> {
  return db
    .select({ login: apiUsers.login, createdAt: apiUsers.createdAt, lastUsedAt: apiUsers.lastUsedAt })
    .from(apiUsers)
    .where(and(eq(apiUsers.customerId, customerId), eq(apiUsers.serviceName, serviceName)))
    .orderBy(asc(apiUsers.login));
}

/**
 * Writes a user. The account's row is locked meanwhile, so that two that come together are counted one after the
 * other. `full` when the account has as many as it may, `taken` when it has one of this login.
 */
export async function insertApiUser(
  db: Database,
  { customerId, serviceName }: AccountKey,
  user: { login: string; passwordHash: string; createdAt: Date },
  most: number,
): Promise<"made" | "full" | "taken"> {
  const isAccount = and(eq(smsAccounts.customerId, customerId), eq(smsAccounts.serviceName, serviceName));
  return db.transaction(async (tx) => {
    await tx
      .select({ one: sql`1` })
      .from(smsAccounts)
      .where(isAccount)
      .for("no key update");
    const users = await readApiUsers(tx, { customerId, serviceName });
    if (users.some(({ login }) => login === user.login)) return "taken";
    if (users.length >= most) return "full";
    await tx.insert(apiUsers).values({
      customerId,
      serviceName,
      login: user.login,
      passwordHash: user.passwordHash,
      createdAt: user.createdAt,
    });
    return "made";
  });
}

/** False when there is no such user. */
export async function writePassword(
  db: Database,
  key: AccountKey,
  login: string,
  passwordHash: string,
): Promise<boolean> {
  const rows = await db
    .update(apiUsers)
    .set({ passwordHash })
    .where(isUser(key, login))
    .returning({ login: apiUsers.login });
  return rows.length > 0;
}

/** False when there is no such user. */
export async function deleteApiUserRow(db: Database, key: AccountKey, login: string): Promise<boolean> {
  const rows = await db.delete(apiUsers).where(isUser(key, login)).returning({ login: apiUsers.login });
  return rows.length > 0;
}

export type KnownApiUser = {
  readonly customerId: string;
  readonly passwordHash: string;
  readonly lastUsedAt: Date | null;
};

const usersStatement = prepared((db) =>
  db
    .select({
      customerId: apiUsers.customerId,
      passwordHash: apiUsers.passwordHash,
      lastUsedAt: apiUsers.lastUsedAt,
    })
    .from(apiUsers)
    .where(
      and(
        eq(apiUsers.serviceName, sql.placeholder("serviceName")),
        eq(apiUsers.login, sql.placeholder("login")),
      ),
    )
    .orderBy(asc(apiUsers.customerId))
    .limit(3)
    .prepare("api_users_by_login"),
);

/** Who goes by this login of an account of this name. Whose account it is follows from the row that is found. */
export async function readApiUsersByLogin(
  db: Database,
  serviceName: string,
  login: string,
): Promise<readonly KnownApiUser[]> {
  return usersStatement(db).execute({ serviceName, login });
}

/** Remembers when a user was last there, to the minute. */
export async function writeUserSeen(db: Database, key: AccountKey, login: string, at: Date): Promise<void> {
  const aMinuteAgo = new Date(at.getTime() - 60_000);
  await db
    .update(apiUsers)
    .set({ lastUsedAt: at })
    .where(and(isUser(key, login), or(isNull(apiUsers.lastUsedAt), lt(apiUsers.lastUsedAt, aMinuteAgo))));
}
