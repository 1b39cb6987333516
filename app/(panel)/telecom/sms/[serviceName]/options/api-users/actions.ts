"use server";

import { refresh } from "next/cache";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Context } from "@/lib/context";
import { createApiUser, deleteApiUser } from "@/lib/credentials/user-service";
import { fail, ok, type Result } from "@/lib/failure";
import { ownAccountKey } from "@/lib/next/account";
import { panelContext } from "@/lib/next/context";

export async function createApiUserAction(serviceName: string, input: unknown): Promise<Result<null>> {
  return forOwnAccount(serviceName, async (context, key) => {
    const made = await createApiUser(context, key, input);
    return made.ok ? ok(null) : made;
  });
}

export async function deleteApiUserAction(serviceName: string, login: string): Promise<Result<null>> {
  return forOwnAccount(serviceName, (context, key) => deleteApiUser(context, key, login));
}

async function forOwnAccount(
  serviceName: string,
  verb: (context: Context, key: AccountKey) => Promise<Result<null>>,
): Promise<Result<null>> {
  const context = await panelContext();
  if (context === null) return fail({ code: "not_authenticated" });
  const key = ownAccountKey(context.caller, serviceName);
  if (key === null) return fail({ code: "not_allowed" });
  const result = await verb(context, key);
  if (result.ok) refresh();
  return result;
}
