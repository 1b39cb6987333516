"use server";

import { refresh } from "next/cache";
import { fail, type Result } from "@/lib/failure";
import type { SentDto } from "@/lib/messages/schema";
import { send } from "@/lib/messages/service";
import { ownAccountKey } from "@/lib/next/account";
import { panelContext } from "@/lib/next/context";

export async function sendMessageAction(serviceName: string, input: unknown): Promise<Result<SentDto>> {
  const context = await panelContext();
  if (context === null) return fail({ code: "not_authenticated" });
  const key = ownAccountKey(context.caller, serviceName);
  if (key === null) return fail({ code: "not_allowed" });
  const result = await send(context, key, input);
  if (result.ok) refresh();
  return result;
}
