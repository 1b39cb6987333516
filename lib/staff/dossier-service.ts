import "server-only";
import type { AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { lastCheck } from "@/lib/health/check-service";
import { listRuleVersions } from "@/lib/recharge/history-service";
import { listCorrections } from "./corrections-service";
import { readApiCredentials, readAttempts, readSessions } from "./dossier-store";
import { staffOf } from "./rules";
import type { Dossier } from "./dossier-schema";

const MAX_LISTED = 100;

/** What staff see beside what the customer sees. The page has recorded the access. Fails with `not_found`. */
export async function getDossier(context: Context, key: AccountKey): Promise<Result<Dossier>> {
  if (staffOf(context.caller) === null) return fail({ code: "not_found" });
  const { db, now } = context;
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const [attempts, credentials, versions, sessions, corrections, checked] = await Promise.all([
    readAttempts(db, key, MAX_LISTED),
    readApiCredentials(db, key.customerId, MAX_LISTED),
    listRuleVersions(context, key, { limit: MAX_LISTED }),
    readSessions(db, key.customerId, now(), MAX_LISTED),
    listCorrections(context, { key }),
    lastCheck(context, key),
  ]);
  if (!versions.ok) return versions;
  if (!corrections.ok) return corrections;
  if (!checked.ok) return checked;
  return ok({
    attempts: attempts.map((row) => ({
      ...row,
      orderId: row.orderId.toString(),
      amountCents: row.amountCents.toString(),
      startedAt: row.startedAt.toISOString(),
      finishedAt: iso(row.finishedAt),
    })),
    credentials: credentials.map(({ isApplicationDeleted, ...row }) => ({
      ...row,
      credentialId: row.credentialId.toString(),
      state: isApplicationDeleted
        ? "deleted"
        : row.expiresAt !== null && row.expiresAt <= now() && row.state !== "revoked"
          ? "expired"
          : row.state,
      createdAt: row.createdAt.toISOString(),
      expiresAt: iso(row.expiresAt),
      lastUsedAt: iso(row.lastUsedAt),
    })),
    ruleVersions: versions.value,
    sessions: sessions.map((row) => ({
      ...row,
      startedAt: row.startedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    })),
    corrections: corrections.value,
    lastCheck: checked.value,
  });
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
