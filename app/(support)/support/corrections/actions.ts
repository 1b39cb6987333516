"use server";

import { refresh } from "next/cache";
import { fail, type Result } from "@/lib/failure";
import { correctionsRequest } from "@/lib/next/staff-context";
import { approveCorrection, rejectCorrection, requestCorrection } from "@/lib/staff/corrections-service";
import type { CorrectionDto } from "@/lib/staff/schema";

/** Corrects a balance, or asks for it. */
export async function requestCorrectionAction(
  customerId: string,
  serviceName: string,
  input: unknown,
): Promise<Result<CorrectionDto>> {
  const staff = await correctionsRequest();
  if (staff === null) return fail({ code: "not_allowed" });
  const key = { customerId, serviceName };
  const result = await requestCorrection(staff.context, staff.write, key, input);
  // After a conflict the list and the key of the page are older than another correction: both are drawn anew.
  if (result.ok || result.failure.code === "conflict") refresh();
  return result;
}

/** Approves or rejects what somebody asked for. */
export async function decideCorrectionAction(
  customerId: string,
  correctionId: string,
  decision: "approve" | "reject",
): Promise<Result<CorrectionDto>> {
  const staff = await correctionsRequest();
  if (staff === null) return fail({ code: "not_allowed" });
  const decide = decision === "approve" ? approveCorrection : rejectCorrection;
  const result = await decide(staff.context, staff.write, customerId, correctionId);
  if (result.ok) refresh();
  return result;
}
