import "server-only";
import type { AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { type CheckDto, lastCheck } from "@/lib/health/check-service";
import { listRuleVersions } from "@/lib/recharge/history-service";
import type { RuleVersionDto } from "@/lib/recharge/schema";
import { type CorrectionDto, listCorrections } from "./corrections-service";
import { readApiCredentials, readAttempts, readSessions } from "./dossier-store";
import { staffOf } from "./rules";

/** What only staff see of an account. Instants in ISO form; no secret, no token, no hash is in it or was read for it. */
export type Dossier = {
  readonly attempts: readonly {
    readonly orderId: string;
    readonly attempt: number;
    readonly startedAt: string;
    readonly finishedAt: string | null;
    /** Null while the gateway is being asked. */
    readonly outcome: "paid" | "declined" | "needs_authentication" | "unknown" | null;
    /** The gateway's. */
    readonly code: string | null;
    readonly amountCents: string;
    readonly currency: string;
    readonly gatewayReference: string | null;
  }[];
  /** Of the customer. */
  readonly credentials: readonly {
    readonly credentialId: string;
    readonly application: string;
    /** As stored, or "expired", or "deleted" with its application. */
    readonly state: "pending" | "validated" | "refused" | "revoked" | "expired" | "deleted";
    readonly rules: readonly string[];
    readonly createdAt: string;
    readonly expiresAt: string | null;
    readonly lastUsedAt: string | null;
  }[];
  readonly ruleVersions: readonly RuleVersionDto[];
  /** Of the customer's people, those that have not ended. */
  readonly sessions: readonly {
    readonly userName: string;
    readonly email: string;
    readonly startedAt: string;
    readonly expiresAt: string;
    readonly address: string | null;
    readonly userAgent: string | null;
  }[];
  readonly corrections: readonly CorrectionDto[];
  readonly lastCheck: CheckDto | null;
};

const MOST_LISTED = 100;

/** What staff see beside what the customer sees. The door has recorded the look. Fails with `not_found`. */
export async function getDossier(context: Context, key: AccountKey): Promise<Result<Dossier>> {
  if (staffOf(context.caller) === null) return fail({ code: "not_found" });
  const { db, now } = context;
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const [attempts, credentials, versions, sessions, corrections, checked] = await Promise.all([
    readAttempts(db, key, MOST_LISTED),
    readApiCredentials(db, key.customerId, MOST_LISTED),
    listRuleVersions(context, key, { limit: MOST_LISTED }),
    readSessions(db, key.customerId, now(), MOST_LISTED),
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
