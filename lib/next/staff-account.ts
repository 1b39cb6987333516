import "server-only";

import { notFound } from "next/navigation";
import { cache } from "react";
import { getAccount } from "@/lib/accounts/service";
import { recordAccess } from "@/lib/staff/access-log-service";
import { type SearchParameters, searchText } from "@/lib/search-parameters";
import type { AccessSubject } from "@/lib/staff/rules";
import { findAccount } from "@/lib/staff/search-service";
import { requireStaffContext } from "./staff-context";

/**
 * The account that a page of staff is about, as its address names it: `?customer=` tells accounts of one name apart,
 * `?ticket=` is what the access is for. The access is recorded first; whoever cannot be recorded sees nothing.
 */
export async function openStaffAccount(serviceName: string, search: SearchParameters, what: AccessSubject) {
  const { context, from, right } = await requireStaffContext();
  const key = await findAccount(context, serviceName, searchText(search, "customer") || undefined);
  if (!key.ok) notFound();
  const address = { ...key.value, ticket: searchText(search, "ticket", 60).trim() || undefined };
  const recorded = await recordOnce(key.value.customerId, serviceName, what, from, address.ticket ?? "");
  if (!recorded) notFound();
  const account = await getAccount(context, key.value);
  if (!account.ok) notFound();
  return { context, right, key: key.value, address, account: account.value, asked: askedBeside(search) };
}

/** What else the address says: who writes down a ticket still sees the page that he was on. */
const askedBeside = (search: SearchParameters): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(search)
      .filter((name) => name !== "customer" && name !== "ticket")
      .map((name) => [name, searchText(search, name)]),
  );

/** Once in each request, however many parts of a page ask. */
const recordOnce = cache(
  async (customerId: string, serviceName: string, what: AccessSubject, from: string, ticket: string) => {
    const { context } = await requireStaffContext();
    return (await recordAccess(context, { customerId, serviceName, what, from, ticket })).ok;
  },
);
