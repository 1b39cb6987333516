"use server";

import {
  createApplication,
  createValidatedKey,
  deleteApplication,
  revokeCredential,
} from "@/lib/credentials/service";
import type { Result } from "@/lib/failure";
import { forOwnCustomer } from "@/lib/next/own-customer";

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
