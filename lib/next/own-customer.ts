import "server-only";

import { refresh } from "next/cache";
import { writingCustomer } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { fail, type Result } from "@/lib/failure";
import { panelContext } from "./context";

/** Runs a verb in the name of the customer who is signed in; the page is drawn anew in the answer if it changed something. */
export async function forOwnCustomer<Value>(
  verb: (context: Context, customerId: string) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const context = await panelContext();
  if (context === null) return fail({ code: "not_authenticated" });
  const customerId = writingCustomer(context.caller);
  if (customerId === null) return fail({ code: "not_allowed" });
  const result = await verb(context, customerId);
  if (result.ok) refresh();
  return result;
}
