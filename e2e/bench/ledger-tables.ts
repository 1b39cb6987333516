import { openDatabase } from "../../db/client";
import type { AccountKey } from "../../lib/accounts/rules";
import type { Context } from "../../lib/context";
import { MAX_CREDITS } from "../../lib/credits";
import { openLedgerAccount, post } from "../../lib/ledger/service";
import { loadPriceLists } from "../../lib/rates/load";

/**
 * Customers with accounts that are full of credits, and bare tables of the same columns and primary keys, with as
 * many rows and nothing that guards them: no constraint, no trigger, no other index.
 */
export async function fillTables(
  url: string,
  context: Context,
  { customers, accounts }: { readonly customers: number; readonly accounts: number },
): Promise<AccountKey[]> {
  const keys = Array.from({ length: accounts }, (_, index) => ({
    customerId: `bench${(index % customers).toString()}-ovh`,
    serviceName: `sms-bench-${index.toString()}`,
  }));
  const owner = openDatabase(url, { as: "owner", max: 1 });
  await loadPriceLists(owner.db);
  const values = JSON.stringify(keys);
  await owner.sql`
    insert into customers (customer_id, name, price_list, time_zone)
    select distinct k."customerId", 'Bench', 'it', 'Europe/Rome'
    from jsonb_to_recordset(${values}::text::jsonb) as k ("customerId" text)`;
  await owner.sql`
    insert into sms_accounts (customer_id, service_name, name) select k."customerId", k."serviceName", 'Bench'
    from jsonb_to_recordset(${values}::text::jsonb) as k ("customerId" text, "serviceName" text)`;
  for (const account of keys) {
    await openLedgerAccount(context, account);
    const idempotencyKey = `purchase:${account.serviceName}`;
    await post(context, {
      kind: "purchase",
      account,
      amount: MAX_CREDITS,
      idempotencyKey,
      requestHash: "bench",
    });
  }
  await owner.sql.unsafe(`
    create table bare_accounts (like ledger_accounts including defaults);
    alter table bare_accounts add primary key (customer_id, service_name);
    insert into bare_accounts select * from ledger_accounts;
    create table bare_entries (like entries including defaults);
    alter table bare_entries add primary key (customer_id, service_name, sequence);
    grant select, insert, update on bare_accounts, bare_entries to ricarica_app;
    `);
  await owner.sql`vacuum analyze`;
  await owner.close();
  return keys;
}

/** The limit: one statement, which updates one balance and inserts one entry, prepared, committed by itself. */
export const BARE_POSTING = `
  with moved as (
    update bare_accounts set balance = balance - $3::bigint, sequence = sequence + 1
    where customer_id = $1 and service_name = $2 returning balance, sequence
  )
  insert into bare_entries (customer_id, service_name, sequence, kind, counter, amount, balance_before,
    balance_after, idempotency_key, request_hash, posted_at)
  select $1, $2, sequence, 'message', 'spent', - $3::bigint, balance + $3::bigint, balance, $4, $5, now() from moved`;
