import "server-only";

import { randomUUID } from "node:crypto";
import { and, desc, eq, gt, inArray, lt, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { credentials, rateLimits, sessions, users, verifications } from "@/db/schema/access";
import type { Role } from "./rules";

/**
 * Counts one attempt under `key` and returns how many there were in the window, this one included, and when the
 * window began. One statement, so that a hundred attempts at once are counted as a hundred.
 */
export async function countAttempt(
  db: Database,
  key: string,
  now: Date,
  windowSeconds: number,
): Promise<{ count: number; since: Date }> {
  const at = BigInt(now.getTime());
  const oldest = at - BigInt(windowSeconds) * 1000n;
  const isOver = lt(rateLimits.lastRequest, oldest);
  const [row] = await db
    .insert(rateLimits)
    .values({ id: randomUUID(), key, count: 1, lastRequest: at })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        count: sql`case when ${isOver} then 1 else ${rateLimits.count} + 1 end`,
        lastRequest: sql`case when ${isOver} then excluded.last_request else ${rateLimits.lastRequest} end`,
      },
    })
    .returning({ count: rateLimits.count, since: rateLimits.lastRequest });
  if (row === undefined) throw new Error("an upsert returned no row");
  return { count: row.count, since: new Date(Number(row.since)) };
}

export async function forgetAttempts(db: Database, keys: readonly string[], olderThan: Date): Promise<void> {
  await db.delete(rateLimits).where(inArray(rateLimits.key, [...keys]));
  await db.delete(rateLimits).where(lt(rateLimits.lastRequest, BigInt(olderThan.getTime())));
}

/** Writes a user with a password, or leaves the one who has this e-mail address as he is. */
export async function insertUser(
  db: Database,
  user: {
    email: string;
    name: string;
    role: Role;
    customerId: string | null;
    passwordHash: string;
    at: Date;
  },
): Promise<{ userId: string; created: boolean }> {
  return db.transaction(async (tx) => {
    const id = randomUUID();
    const { passwordHash, at, ...columns } = user;
    const inserted = await tx
      .insert(users)
      .values({ id, ...columns, emailVerified: true, createdAt: at, updatedAt: at })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id });
    if (inserted.length === 0) {
      const [present] = await tx.select({ id: users.id }).from(users).where(eq(users.email, user.email));
      if (present === undefined) throw new Error("a user vanished between two statements");
      return { userId: present.id, created: false };
    }
    await tx.insert(credentials).values({
      id: randomUUID(),
      // The library finds a password by this pair.
      accountId: id,
      providerId: "credential",
      userId: id,
      password: passwordHash,
      createdAt: at,
      updatedAt: at,
    });
    return { userId: id, created: true };
  });
}

export async function readSessionsOf(db: Database, userId: string, now: Date) {
  return db
    .select({
      sessionId: sessions.id,
      startedAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
      userAgent: sessions.userAgent,
      address: sessions.ipAddress,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.createdAt))
    .limit(50);
}

/** Ends all sessions of a user but one; returns how many there were. */
export async function deleteOtherSessions(db: Database, userId: string, keep: string): Promise<number> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), ne(sessions.id, keep)))
    .returning({ id: sessions.id });
  return ended.length;
}

/** Whom a mail is about. */
export async function readUser(db: Database, userId: string) {
  const [user] = await db
    .select({ name: users.name, email: users.email, customerId: users.customerId })
    .from(users)
    .where(eq(users.id, userId));
  if (user === undefined) throw new Error("a user vanished");
  return user;
}

/** Makes the links void that were sent to a person. */
export async function deleteVerificationsOf(db: Database, userId: string): Promise<void> {
  await db.delete(verifications).where(eq(verifications.value, userId));
}

/** Until the end of the transaction nobody else works with this token. */
export async function lockToken(tx: Database, token: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${token}, 0))`);
}
