import "server-only";
import { createHash } from "node:crypto";
import type { Database } from "@/db/client";
import type { AccountKey } from "@/lib/accounts/rules";
import { getAccount } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { printCredits, wholeCredits } from "@/lib/credits";
import { currentSettings } from "@/lib/env";
import { fail, type Failure, type FieldProblem, ok, type Result } from "@/lib/failure";
import { post } from "@/lib/ledger/service";
import { isRowNumber } from "@/lib/search-parameters";
import {
  type Correction,
  insertCorrection,
  lockCorrection,
  type NamedCorrection,
  readCorrectionOfKey,
  readCorrections,
  sumCorrectedAlone,
  writeCorrectionEnd,
} from "./corrections-store";
import { mayCorrect, type StaffCaller, staffOf } from "./rules";
import { type CorrectionDto, CorrectionInput, LONGEST_REASON, SHORTEST_REASON } from "./schema";

/*
 * The one thing that staff do rather than see, and a right of its own. The role as which staff look cannot write, so
 * each verb is given the application's database beside its context; and the posting is the ledger's, a new entry
 * with its reason.
 */

/**
 * Corrects a balance. Input: `{ amount, reason, idempotencyKey }`, the amount signed and in machine form. It is posted at once while what
 * one person corrected alone within 24 hours, and what was corrected so of one account, stays within `fourEyesAbove` credits; above, it waits for somebody else. Fails with `not_allowed` for who may only look, and with
 * `insufficient_credits` for what would bring the balance below zero. Asked again with its key it answers with what was
 * made then; another correction under that key is a `conflict`.
 */
export async function requestCorrection(
  context: Context,
  write: Database,
  key: AccountKey,
  input: unknown,
  { fourEyesAbove }: { readonly fourEyesAbove: number } = currentSettings(),
): Promise<Result<CorrectionDto>> {
  const staff = staffOf(context.caller);
  if (staff === null) return fail({ code: "not_found" });
  if (!mayCorrect(staff)) return fail({ code: "not_allowed" });
  const account = await getAccount(context, key);
  if (!account.ok) return account;
  const parsed = CorrectionInput.safeParse(input);
  if (!parsed.success) {
    const names = parsed.error.issues.map(({ path: [name] }) => String(name));
    return fail({
      code: "invalid_input",
      fields: Object.fromEntries(names.map((name) => [name, problemOf(name)])),
    });
  }
  const { amount, reason, idempotencyKey } = parsed.data;
  return runInTransaction(write, async (tx) => {
    const requestedAt = context.now();
    const alone = await sumCorrectedAlone(tx, key, staff.userId, new Date(requestedAt.getTime() - DAY_MS));
    const needsApproval = alone + (amount < 0n ? -amount : amount) > wholeCredits(fourEyesAbove);
    const made = await insertCorrection(tx, {
      ...key,
      idempotencyKey,
      amount,
      reason,
      needsApproval,
      requestedBy: staff.userId,
      requestedAt,
    });
    if (made === null) {
      const before = await readCorrectionOfKey(tx, key.customerId, idempotencyKey);
      const isSame =
        before?.serviceName === key.serviceName &&
        before.amount === amount &&
        before.reason === reason &&
        before.requestedBy === staff.userId;
      return isSame ? ok(await readDto(tx, staff, before)) : fail({ code: "conflict" });
    }
    const refusal = needsApproval ? null : await postIt({ ...context, db: tx }, staff, made);
    return refusal === null ? ok(await readDto(tx, staff, made)) : fail(refusal);
  });
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Approves what somebody else asked for: it is posted. Fails with `conflict` when it was decided already. */
export function approveCorrection(
  context: Context,
  write: Database,
  customerId: string,
  correctionId: string,
): Promise<Result<CorrectionDto>> {
  return decide(context, write, customerId, correctionId, postIt);
}

/** Rejects what somebody asked for; one may take back one's own. */
export function rejectCorrection(
  context: Context,
  write: Database,
  customerId: string,
  correctionId: string,
): Promise<Result<CorrectionDto>> {
  return decide(context, write, customerId, correctionId, async ({ db, now }, { userId }, correction) => {
    const end = { state: "rejected", decidedBy: userId, decidedAt: now(), sequence: null } as const;
    await writeCorrectionEnd(db, correction, end);
    return null;
  });
}

/** Of one account, or those of all accounts that wait. Every right may look. Newest first. */
export async function listCorrections(
  context: Context,
  filter: { readonly key?: AccountKey; readonly state?: "requested" } = {},
): Promise<Result<CorrectionDto[]>> {
  const staff = staffOf(context.caller);
  if (staff === null) return fail({ code: "not_found" });
  return ok((await readCorrections(context.db, filter, 100)).map((one) => dtoOf(one, staff)));
}

/** What ends a correction; the refusal undoes everything. */
type Step = (inside: Context, staff: StaffCaller, correction: Correction) => Promise<Failure | null>;

async function decide(
  context: Context,
  write: Database,
  customerId: string,
  correctionId: string,
  step: Step,
): Promise<Result<CorrectionDto>> {
  const staff = staffOf(context.caller);
  if (staff === null) return fail({ code: "not_found" });
  if (!mayCorrect(staff)) return fail({ code: "not_allowed" });
  if (!isRowNumber(correctionId)) return fail({ code: "not_found" });
  return runInTransaction(write, async (tx) => {
    const found = await lockCorrection(tx, customerId, BigInt(correctionId));
    if (found === null) return fail({ code: "not_found" });
    if (found.state !== "requested") return fail({ code: "conflict" });
    const refusal = await step({ ...context, db: tx }, staff, found);
    return refusal === null ? ok(await readDto(tx, staff, found)) : fail(refusal);
  });
}

/** Posts a correction: four eyes first, then the ledger. `context.db` is the transaction. */
async function postIt(
  { db, now }: Context,
  staff: StaffCaller,
  correction: Correction,
): Promise<Failure | null> {
  if (correction.needsApproval && correction.requestedBy === staff.userId) return { code: "not_allowed" };
  const { customerId, serviceName, amount, reason } = correction;
  const idempotencyKey = `correction:${correction.correctionId.toString()}`;
  const requestHash = createHash("sha256")
    .update(JSON.stringify([serviceName, amount.toString(), reason]))
    .digest("hex");
  // As the system: a person may not post. Who asked and who approved stands beside the entry.
  const context: Context = { caller: { kind: "system", name: "correction" }, db, now };
  const account = { customerId, serviceName };
  const posted = await post(context, {
    kind: "correction",
    account,
    amount,
    reason,
    idempotencyKey,
    requestHash,
  });
  if (!posted.ok) return posted.failure;
  const [entry] = posted.value.entries;
  await writeCorrectionEnd(db, correction, {
    state: "posted",
    decidedBy: staff.userId,
    decidedAt: now(),
    sequence: entry?.sequence ?? null,
  });
  return null;
}

class Refused extends Error {
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

/** Runs `work` in a transaction that a refusal undoes. */
async function runInTransaction(
  write: Database,
  work: (tx: Database) => Promise<Result<CorrectionDto>>,
): Promise<Result<CorrectionDto>> {
  try {
    return await write.transaction(async (tx) => {
      const result = await work(tx);
      if (!result.ok) throw new Refused(result.failure);
      return result;
    });
  } catch (error) {
    if (error instanceof Refused) return fail(error.failure);
    throw error;
  }
}

async function readDto(
  tx: Database,
  staff: StaffCaller,
  { correctionId }: Correction,
): Promise<CorrectionDto> {
  const [found] = await readCorrections(tx, { correctionId }, 1);
  if (found === undefined) throw new Error("the correction is gone");
  return dtoOf(found, staff);
}

function dtoOf(correction: NamedCorrection, staff: StaffCaller): CorrectionDto {
  return {
    correctionId: correction.correctionId.toString(),
    customerId: correction.customerId,
    serviceName: correction.serviceName,
    amount: printCredits(correction.amount),
    reason: correction.reason,
    state: correction.state,
    requestedBy: correction.requestedByName,
    requestedAt: correction.requestedAt.toISOString(),
    decidedBy: correction.decidedByName,
    decidedAt: correction.decidedAt?.toISOString() ?? null,
    sequence: correction.sequence?.toString() ?? null,
    mayDecide:
      correction.state === "requested" && mayCorrect(staff) && correction.requestedBy !== staff.userId,
  };
}

function problemOf(field: string): FieldProblem {
  if (field === "idempotencyKey") return { problem: "idempotency_key_form" };
  return field === "reason"
    ? { problem: "reason_length", values: { least: SHORTEST_REASON, most: LONGEST_REASON } }
    : { problem: "amount_not_a_number", values: { decimalMark: ".", example: "0.7" } };
}
