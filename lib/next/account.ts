import "server-only";

import { notFound } from "next/navigation";
import type { AccountKey } from "@/lib/accounts/rules";
import { type Caller, writingCustomer } from "@/lib/caller";

/** The key of an account that the address names, of the caller's own customer; null for callers who have none. */
export function ownAccountKey(caller: Caller, serviceName: string): AccountKey | null {
  const customerId = writingCustomer(caller);
  return customerId === null ? null : { customerId, serviceName };
}

/** As `ownAccountKey`, for pages: to whoever has no customer the page does not exist. */
export function requireAccountKey(caller: Caller, serviceName: string): AccountKey {
  return ownAccountKey(caller, serviceName) ?? notFound();
}

/** The caller's own customer, for pages: to whoever has none the page does not exist. */
export function requireCustomerId(caller: Caller): string {
  return writingCustomer(caller) ?? notFound();
}
