import type { Route } from "next";
import { route } from "@/components/ui/route";
import type { SearchHit } from "@/lib/staff/search-rules";

type Account = { readonly customerId: string; readonly serviceName: string };

/** What staff's pages carry from one to the next: which customer's account, and the ticket that the access is for. */
export type StaffAddress = Account & { readonly ticket?: string | undefined };

export type Part = "" | "/history" | "/dossier" | "/corrections" | "/why";

/** A page of an account, as staff see it. Two customers may have an account of one name, so the address names both. */
export function staffPath(
  part: Part,
  address: StaffAddress,
  more: Readonly<Record<string, string>> = {},
): Route {
  const query = new URLSearchParams({ customer: address.customerId, ...more });
  if (address.ticket !== undefined) query.set("ticket", address.ticket);
  // Safe because there is a page for each part.
  return `/support/accounts/${address.serviceName}${part}?${query.toString()}` as Route;
}

export const customerPath = (customerId: string): Route => route(`/support/customers/${customerId}`);

/** Where something that was found is looked at: an order and its payment where their story is told. */
export function hitPath({ customerId, serviceName, orderId }: SearchHit): Route {
  if (serviceName === null) return customerPath(customerId);
  const account = { customerId, serviceName };
  return orderId === null ? staffPath("", account) : staffPath("/why", account, { order: orderId });
}
