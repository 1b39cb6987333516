"use server";

import { refresh } from "next/cache";
import { fail, type Result } from "@/lib/failure";
import { ownAccountKey } from "@/lib/next/account";
import { panelContext } from "@/lib/next/context";
import type { TransferDto } from "@/lib/transfers/schema";
import { transferCredits } from "@/lib/transfers/service";

export async function transferCreditsAction(
  serviceName: string,
  input: unknown,
): Promise<Result<TransferDto>> {
  const context = await panelContext();
  if (context === null) return fail({ code: "not_authenticated" });
  const key = ownAccountKey(context.caller, serviceName);
  if (key === null) return fail({ code: "not_allowed" });
  const result = await transferCredits(context, key, input);
  if (result.ok) refresh();
  return result;
}
