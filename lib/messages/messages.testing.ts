import { expect } from "vitest";
import { anSmsAccount, type TestDatabase } from "@/db/testing";
import type { AccountKey } from "@/lib/accounts/rules";
import type { Caller } from "@/lib/caller";
import type { Context } from "@/lib/context";
import { parseCredits } from "@/lib/credits";

export const IT = "+39 399 000 0001";
export const IN = "+91 99999 00001";
export const FR = "+33 6 00 00 00 01";

/** Who sends in the tests of a database, from which accounts, and what it holds of them afterwards. */
export function senders(base: () => TestDatabase) {
  const as = (caller: Caller, now = new Date()): Context => ({ caller, db: base().db, now: () => now });
  const owner = ({ customerId }: { customerId: string }) =>
    as({ kind: "customer", customerId, userId: "u1" });
  const support = () => as({ kind: "support", userId: "s1", right: "support" });
  const withCredits = (credits: string, given: Partial<AccountKey> = {}) =>
    anSmsAccount(base().db, { ...given, balance: parseCredits(credits) ?? expect.fail() });

  async function stateOf({ customerId, serviceName }: AccountKey) {
    const [account] = await base().sql<{ balance: bigint; sum: bigint; last: bigint; entries: number }[]>`
      select balance, (select count(*)::int from entries m where (m.customer_id, m.service_name) = (a.customer_id, a.service_name)) entries,
        (select coalesce(sum(amount), 0)::int8 from entries m where (m.customer_id, m.service_name) = (a.customer_id, a.service_name)) sum,
        coalesce((select balance_after from entries m where (m.customer_id, m.service_name) = (a.customer_id, a.service_name)
          order by sequence desc limit 1), 0) last
      from ledger_accounts a where customer_id = ${customerId} and service_name = ${serviceName}`;
    const [sent] = await base().sql<{ messages: number; recipients: number; cost: bigint }[]>`
      select count(distinct m.message_id)::int messages, count(r.*)::int recipients,
        coalesce(sum(r.credit_thousandths), 0)::int8 cost
      from messages m left join message_recipients r using (customer_id, message_id)
      where customer_id = ${customerId} and service_name = ${serviceName}`;
    if (account === undefined || sent === undefined) throw new Error("no such account");
    expect(account.sum).toBe(account.balance);
    expect(account.last).toBe(account.balance);
    return { ...account, ...sent };
  }

  return { as, owner, support, withCredits, stateOf };
}
