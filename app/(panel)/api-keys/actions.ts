"use server";

import { refresh } from "next/cache";
import { writingCustomer } from "@/lib/caller";
import {
  createApplication,
  createValidatedKey,
  deleteApplication,
  revokeCredential,
} from "@/lib/credentials/service";
import type { Context } from "@/lib/context";
import { fail, type Result } from "@/lib/failure";
import { panelContext } from "@/lib/next/context";

export async function createKeyAction(input: unknown) {
  return forOwnCustomer((context, customerId) => createValidatedKey(context, customerId, input));
}

export async function createApplicationAction(input: unknown) {
  return forOwnCustomer((context, customerId) => createApplication(context, customerId, input));
}

export async function revokeKeyAction(credentialId: string): Promise<Result<null>> {
  return forOwnCustomer((context, customerId) => revokeCredential(context, customerId, credentialId));
}

export async function deleteApplicationAction(applicationKey: string): Promise<Result<null>> {
  return forOwnCustomer((context, customerId) => deleteApplication(context, customerId, applicationKey));
}

async function forOwnCustomer<Value>(
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
