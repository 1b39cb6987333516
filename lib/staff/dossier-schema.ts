import type { RuleVersionDto } from "@/lib/recharge/schema";
import type { CorrectionDto } from "./schema";

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
  /** What the self-check last found. */
  readonly lastCheck: { readonly checkedAt: string; readonly problems: readonly string[] } | null;
};
