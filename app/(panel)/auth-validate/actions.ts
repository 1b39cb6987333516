"use server";

import { decideCredentialRequest } from "@/lib/credentials/service";
import { fail, type Result } from "@/lib/failure";
import { panelContext } from "@/lib/next/context";

export async function decideCredentialAction(
  validationToken: string,
  input: unknown,
): Promise<Result<{ redirection: string | null; state: "validated" | "refused" }>> {
  const context = await panelContext();
  if (context === null) return fail({ code: "not_authenticated" });
  return decideCredentialRequest(context, validationToken, input);
}
