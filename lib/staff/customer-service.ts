import "server-only";
import type { AccountSummary } from "@/lib/accounts/rules";
import { listAccounts } from "@/lib/accounts/service";
import type { Context } from "@/lib/context";
import { fail, ok, type Result } from "@/lib/failure";
import { listMailsOfCustomer, type MailSummary } from "@/lib/mail/service";
import type { OrderDto } from "@/lib/orders/schema";
import { listOrdersOfCustomer } from "@/lib/orders/service";
import { getPaymentMethod } from "@/lib/payments/service";
import { readCustomer, readPeople } from "./customer-store";
import { staffOf } from "./rules";

/** Where somebody starts who has a customer on the phone. */
export type CustomerFile = {
  readonly name: string;
  readonly timeZone: string;
  readonly people: readonly { readonly name: string; readonly email: string }[];
  /** Null: none was chosen. `since` in ISO form. */
  readonly payment: { readonly label: string; readonly since: string } | null;
  readonly accounts: readonly AccountSummary[];
  /** Of all accounts, newest first. */
  readonly orders: readonly OrderDto[];
  /** To its people, newest first. */
  readonly mails: readonly MailSummary[];
};

const MAX_PEOPLE = 20;
const MAX_ORDERS = 10;
const MAX_MAILS = 10;

/** A customer as a whole. The page has recorded the access. Fails with `not_found`. */
export async function getCustomerFile(context: Context, customerId: string): Promise<Result<CustomerFile>> {
  if (staffOf(context.caller) === null) return fail({ code: "not_found" });
  const [customer, people, payment, accounts, orders, mails] = await Promise.all([
    readCustomer(context.db, customerId),
    readPeople(context.db, customerId, MAX_PEOPLE),
    getPaymentMethod(context, customerId),
    listAccounts(context, customerId),
    listOrdersOfCustomer(context, customerId, { limit: MAX_ORDERS }),
    listMailsOfCustomer(context, customerId, MAX_MAILS),
  ]);
  if (customer === null) return fail({ code: "not_found" });
  if (!payment.ok) return payment;
  if (!accounts.ok) return accounts;
  if (!orders.ok) return orders;
  if (!mails.ok) return mails;
  const method = payment.value;
  return ok({
    ...customer,
    people,
    payment: method && { label: method.label, since: method.changedAt },
    accounts: accounts.value,
    orders: orders.value,
    mails: mails.value,
  });
}
