"use server";

import { refresh } from "next/cache";
import { fail, type Result } from "@/lib/failure";
import { ownAccountKey } from "@/lib/next/account";
import { panelContext } from "@/lib/next/context";
import type { RuleDto } from "@/lib/recharge/schema";
import { saveRule } from "@/lib/recharge/service";

export async function saveRuleAction(serviceName: string, input: unknown): Promise<Result<RuleDto>> {
  const context = await panelContext();
  if (context === null) return fail({ code: "not_authenticated" });
  const key = ownAccountKey(context.caller, serviceName);
  if (key === null) return fail({ code: "not_allowed" });
  const result = await saveRule(context, key, input);
  // After a conflict too: the page then shows the rule as it was changed meanwhile.
  if (result.ok || result.failure.code === "conflict") refresh();
  return result;
}
