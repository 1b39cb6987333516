import "server-only";
import { mayChange, mayRead } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { isRowNumber } from "@/lib/search-parameters";
import {
  ALL_RULES,
  PENDING_HOURS,
  stateAt,
  type AccessRule,
  type CredentialState,
  type ValidityDays,
} from "./rules";
import { ApplicationInput, CredentialRequestInput, DecisionInput, ValidatedKeyInput } from "./schema";
import { hashOf, randomWord, seal } from "./seal";
import { sealingKey } from "./sealing-key";
import {
  countApplicationsOf,
  customerExists,
  insertApplication,
  insertCredential,
  readApplication,
  readApplicationsOf,
  readCredentialByToken,
  readCredentialsOf,
  writeApplicationDeleted,
  writeDecision,
  writeRevoked,
  type CredentialRow,
} from "./store";

const MAX_APPLICATIONS = 50;
const MILLISECONDS_PER_DAY = 86_400_000;

export type Application = {
  readonly applicationKey: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: Date;
};

/** A consumer key as its customer sees it. The key itself is nowhere kept. */
export type Credential = {
  readonly credentialId: bigint;
  readonly applicationKey: string;
  readonly applicationId: bigint;
  readonly applicationName: string;
  readonly applicationDescription: string;
  readonly state: CredentialState;
  readonly rules: readonly AccessRule[];
  readonly redirection: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
};

/** A customer's applications and consumer keys, the newest first. */
export async function listApiKeys(
  context: Context,
  customerId: string,
): Promise<Result<{ applications: Application[]; credentials: Credential[] }>> {
  if (!mayRead(context.caller, customerId)) return fail({ code: "not_found" });
  const applications = await readApplicationsOf(context.db, customerId);
  const credentials = await readCredentialsOf(context.db, customerId);
  return ok({ applications, credentials: credentials.map((row) => credentialOf(row, context.now())) });
}

/** Makes an application. The secret is in this answer and in none after it. Input: `{ name, description? }`. */
export async function createApplication(
  context: Context,
  customerId: string,
  input: unknown,
): Promise<Result<{ applicationKey: string; applicationSecret: string }>> {
  if (!mayRead(context.caller, customerId)) return fail({ code: "not_found" });
  if (!mayManageKeys(context, customerId)) return fail({ code: "not_allowed" });
  const parsed = ApplicationInput.safeParse(input);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(
      (issue) =>
        [
          issue.path.join("."),
          { problem: issue.code === "too_big" ? "api_text_too_long" : "api_name_empty" },
        ] as const,
    );
    return fail({ code: "invalid_input", fields: Object.fromEntries(fields) });
  }
  if (!(await customerExists(context.db, customerId))) return fail({ code: "not_found" });
  // The operator's command makes one for each key, and is not a form that somebody could fill for ever.
  const isPerson = context.caller.kind === "customer";
  if (isPerson && (await countApplicationsOf(context.db, customerId)) >= MAX_APPLICATIONS) {
    return fail({
      code: "invalid_input",
      fields: { name: { problem: "api_too_many_applications", values: { most: MAX_APPLICATIONS } } },
    });
  }
  const applicationKey = randomWord(16);
  const applicationSecret = randomWord(32);
  await insertApplication(context.db, {
    ...parsed.data,
    applicationKey,
    customerId,
    sealedSecret: seal(applicationSecret, applicationKey, sealingKey()),
    createdAt: context.now(),
  });
  return ok({ applicationKey, applicationSecret });
}

/** Deletes an application; all its keys, of any customer, stop working at once. */
export async function deleteApplication(
  context: Context,
  customerId: string,
  applicationKey: string,
): Promise<Result<null>> {
  if (!mayRead(context.caller, customerId)) return fail({ code: "not_found" });
  if (!mayManageKeys(context, customerId)) return fail({ code: "not_allowed" });
  const deleted = await writeApplicationDeleted(context.db, customerId, applicationKey, context.now());
  return deleted ? ok(null) : fail({ code: "not_found" });
}

/**
 * An application asks for a key. Open to any caller, since it gives no right: the key does nothing until a customer
 * has allowed it at the page that `validationToken` opens. Input: `{ rules, redirection }`.
 */
export async function requestCredential(
  context: Pick<Context, "db" | "now">,
  applicationKey: string,
  input: unknown,
): Promise<Result<{ consumerKey: string; validationToken: string }>> {
  const application = await readApplication(context.db, applicationKey);
  if (application === null) return fail({ code: "not_found" });
  const parsed = CredentialRequestInput.safeParse(input);
  if (!parsed.success)
    return fail({ code: "invalid_input", fields: { rules: { problem: "api_rules_unreadable" } } });
  const { rules, redirection } = parsed.data;
  const consumerKey = randomWord(32);
  const validationToken = randomWord(48);
  const createdAt = context.now();
  await insertCredential(context.db, {
    applicationKey,
    consumerKeyHash: hashOf(consumerKey),
    validationTokenHash: hashOf(validationToken),
    customerId: null,
    state: "pending",
    rules,
    redirection,
    createdAt,
    decidedAt: null,
    expiresAt: new Date(createdAt.getTime() + PENDING_HOURS * 3_600_000),
  });
  return ok({ consumerKey, validationToken });
}

/** What a key request asks for, for the page on which a customer decides. Any signed-in customer may look. */
export async function getCredentialRequest(
  context: Context,
  validationToken: string,
): Promise<Result<Credential>> {
  if (context.caller.kind !== "customer") return fail({ code: "not_allowed" });
  const row = await readCredentialByToken(context.db, hashOf(validationToken));
  // A decided request is shown to the one who decided alone.
  const isTheirs = row?.customerId === null || row?.customerId === context.caller.customerId;
  if (row === null || !isTheirs || row.isApplicationDeleted) return fail({ code: "not_found" });
  return ok(credentialOf(row, context.now()));
}

/**
 * A customer allows or refuses a key request, for the accounts that are theirs. Fails with `conflict` when it was
 * decided before or is too old. Input: `{ decision: "refuse" }` or `{ decision: "allow", validityDays }`.
 */
export async function decideCredentialRequest(
  context: Context,
  validationToken: string,
  input: unknown,
): Promise<Result<{ redirection: string | null; state: "validated" | "refused" }>> {
  const { caller } = context;
  if (caller.kind !== "customer") return fail({ code: "not_allowed" });
  const row = await readCredentialByToken(context.db, hashOf(validationToken));
  if (row === null || row.isApplicationDeleted) return fail({ code: "not_found" });
  const parsed = DecisionInput.safeParse(input);
  if (!parsed.success) {
    return fail({ code: "invalid_input", fields: { validityDays: { problem: "api_validity_unknown" } } });
  }
  const decidedAt = context.now();
  const state = parsed.data.decision === "allow" ? "validated" : "refused";
  const days = parsed.data.decision === "allow" ? parsed.data.validityDays : null;
  const written = await writeDecision(context.db, row.credentialId, {
    state,
    customerId: caller.customerId,
    decidedBy: caller.userId,
    decidedAt,
    expiresAt: endAfter(decidedAt, days),
  });
  return written ? ok({ redirection: row.redirection, state }) : fail({ code: "conflict" });
}

/** Takes a key's rights away, at once and for good. */
export async function revokeCredential(
  context: Context,
  customerId: string,
  /** As printed. */
  credentialId: string,
): Promise<Result<null>> {
  if (!isRowNumber(credentialId)) return fail({ code: "not_found" });
  if (!mayRead(context.caller, customerId)) return fail({ code: "not_found" });
  if (!mayManageKeys(context, customerId)) return fail({ code: "not_allowed" });
  const revoked = await writeRevoked(context.db, customerId, BigInt(credentialId), context.now());
  return revoked ? ok(null) : fail({ code: "not_found" });
}

/**
 * Makes an application and a key for it that works at once, for its own customer: for the customer's page and for the
 * operator's command. Input: `{ name, rules, validityDays }`; no rules at all, or none given, are all rules.
 */
export async function createValidatedKey(
  context: Context,
  customerId: string,
  input: unknown,
): Promise<Result<{ applicationKey: string; applicationSecret: string; consumerKey: string }>> {
  if (!mayRead(context.caller, customerId)) return fail({ code: "not_found" });
  const parsed = ValidatedKeyInput.safeParse(input);
  if (!parsed.success) {
    return fail({ code: "invalid_input", fields: { rules: { problem: "api_rules_unreadable" } } });
  }
  const made = await createApplication(context, customerId, { name: parsed.data.name });
  if (!made.ok) return made;
  const { rules, validityDays } = parsed.data;
  const consumerKey = randomWord(32);
  const createdAt = context.now();
  await insertCredential(context.db, {
    applicationKey: made.value.applicationKey,
    consumerKeyHash: hashOf(consumerKey),
    validationTokenHash: hashOf(randomWord(48)),
    customerId,
    state: "validated",
    rules: rules.length === 0 ? ALL_RULES : rules,
    redirection: null,
    createdAt,
    decidedAt: createdAt,
    expiresAt: endAfter(createdAt, validityDays),
  });
  return ok({ ...made.value, consumerKey });
}

/** A key may not make other keys or lift its own limits: only a person at the panel may, or the operator. */
function mayManageKeys({ caller }: Context, customerId: string): boolean {
  return caller.kind !== "api_client" && caller.kind !== "api_user" && mayChange(caller, customerId);
}

function endAfter(start: Date, days: ValidityDays): Date | null {
  return days === null ? null : new Date(start.getTime() + days * MILLISECONDS_PER_DAY);
}

function credentialOf(row: CredentialRow, now: Date): Credential {
  const { credentialId, applicationKey, applicationId, applicationName, applicationDescription } = row;
  const state = row.isApplicationDeleted ? "revoked" : stateAt(row.state, row.expiresAt, now);
  return {
    credentialId,
    applicationKey,
    applicationId,
    applicationName,
    applicationDescription,
    state,
    rules: row.rules,
    redirection: row.redirection,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
  };
}
