import "server-only";
import type { AccountDetail } from "@/lib/accounts/rules";
import { getAccount, listAccounts } from "@/lib/accounts/service";
import { writingCustomer } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { type PriceReader, USUAL_TIME_ZONE } from "./schema";

export type PublicReader = PriceReader & {
  /** The accounts of who is signed in; empty for a stranger. */
  readonly accounts: readonly { readonly serviceName: string; readonly name: string }[];
  /** The account chosen, or the first. */
  readonly account: AccountDetail | null;
};

/** Who reads a public page: a stranger, or a customer with his price list and the balance of one of his accounts. */
export async function getReader(
  context: Context | null,
  locale: string,
  serviceName: string | null,
): Promise<PublicReader> {
  const stranger: PublicReader = {
    locale,
    priceList: null,
    timeZone: USUAL_TIME_ZONE,
    balance: null,
    accounts: [],
    account: null,
  };
  const customerId = context === null ? null : writingCustomer(context.caller);
  if (context === null || customerId === null) return stranger;
  const listed = await listAccounts(context, customerId);
  const accounts = listed.ok ? listed.value : [];
  const chosen = accounts.find((account) => account.serviceName === serviceName) ?? accounts[0];
  if (chosen === undefined) return stranger;
  const account = await getAccount(context, { customerId, serviceName: chosen.serviceName });
  if (!account.ok) return stranger;
  const { priceList, timeZone, balance } = account.value;
  return { locale, priceList, timeZone, balance, accounts, account: account.value };
}
