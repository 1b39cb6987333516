import type { Sql } from "../../db/client";
import type { AccountKey } from "../../lib/accounts/rules";

/** A recharge or a purchase, and the messages that it pays for. */
const CYCLE = 143;
const CYCLE_CREDITS = 100_000;
const MESSAGE = 700;
/** Of these, one in so many is a purchase by hand. */
const PURCHASES = 50;
/** Entries inserted by one statement. */
const SLICE = 250_000;
const FILLED = ["messages", "entries"];

/**
 * Fills an account with `entries` entries over the last `days` days: credits of 100, used up by messages of 0.7, each
 * with its message or its order. Numbers follow from the sequence alone, so that both need no memory of one another.
 */
export async function fillHistory(
  sql: Sql,
  { customerId, serviceName }: AccountKey,
  { entries, days }: { readonly entries: number; readonly days: number },
): Promise<void> {
  const at = `now() - interval '1 minute' - make_interval(secs => ${days.toString()} * 86400.0 * (${entries.toString()} - s) / ${entries.toString()})`;
  const uuid = `md5('${serviceName}' || s)::uuid`;
  const owner = `'${customerId}', '${serviceName}'`;
  const isMessage = `(s - 1) % ${CYCLE.toString()} <> 0`;
  const isPurchase = `(s - 1) / ${CYCLE.toString()} % ${PURCHASES.toString()} = 1`;
  const orderKey = `'recharge:' || ${uuid}`;
  const left = (CYCLE_CREDITS - (CYCLE - 1) * MESSAGE).toString();
  const balance = (of: string) =>
    `((${of} - 1) / ${CYCLE.toString()} * ${left} + ${CYCLE_CREDITS.toString()} - (${of} - 1) % ${CYCLE.toString()} * ${MESSAGE.toString()})::bigint`;

  await sql.unsafe(`
    insert into price_lists (price_list, currency, vat_basis_points, vat_source) values ('it', 'EUR', 2200, 'bench')
    on conflict do nothing;
    insert into customers (customer_id, name, price_list, time_zone) values ('${customerId}', 'Bench', 'it', 'Europe/Rome');
    insert into sms_accounts (customer_id, service_name, name) values (${owner}, 'Bench');
    insert into ledger_accounts (customer_id, service_name) values (${owner})`);
  for (let from = 1; from <= entries; from += SLICE) {
    const to = Math.min(from + SLICE - 1, entries);
    const series = `generate_series(${from.toString()}::bigint, ${to.toString()}::bigint) as s`;
    // The account's row first: the entries have to continue it.
    await sql.unsafe(`
      insert into messages (customer_id, message_id, service_name, text, encoding, characters, parts_each,
        recipient_count, credit_thousandths, sent_by, idempotency_key, request_hash, sent_at)
      select ${owner.replace(",", `, ${uuid},`)}, 'Ciao', 'gsm7', 4, 1, 1, ${MESSAGE.toString()}, 'bench', 'k' || ${uuid}, 'bench', ${at}
      from ${series} where ${isMessage};
      insert into orders (customer_id, service_name, kind, quantity, price_list, currency, unit_price_micros,
        unit_price_source, net_micros, net_cents, vat_basis_points, vat_cents, total_cents, state, idempotency_key,
        request_hash, created_at, paid_at, credited_at)
      select ${owner}, 'recharge', 100, 'it', 'EUR', 42000, 'bench', 4200000, 420, 2200, 92, 512, 'credited',
        ${orderKey}, 'bench', ${at}, ${at}, ${at}
      from ${series} where not ${isMessage} and not ${isPurchase};
      update ledger_accounts set balance = ${balance(to.toString())}, sequence = ${to.toString()}, last_posted_at = now()
      where customer_id = '${customerId}' and service_name = '${serviceName}';
      insert into entries (customer_id, service_name, sequence, kind, counter, amount, balance_before, balance_after,
        idempotency_key, request_hash, posted_at)
      select ${owner}, s, kind, case kind when 'message' then 'spent' else 'bought' end, amount,
        ${balance("s")} - amount, ${balance("s")}, idempotency_key, 'bench', ${at}
      from ${series} cross join lateral (select
        case when ${isMessage} then 'message' when ${isPurchase} then 'purchase' else 'recharge' end as kind,
        case when ${isMessage} then ${(-MESSAGE).toString()} else ${CYCLE_CREDITS.toString()} end as amount,
        case when ${isMessage} then 'message:' || ${uuid} when ${isPurchase} then 'order:' || s else ${orderKey} end
          as idempotency_key) as it`);
  }
}

/**
 * Does the work without the indexes of the tables that it fills, but for their primary keys, and makes them again after,
 * as who restores a dump does: ten million random keys are sorted faster than they are inserted one by one.
 */
export async function withIndexesLast(sql: Sql, work: () => Promise<void>): Promise<void> {
  const uniques = await sql<{ table: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where conrelid = any(${FILLED}::regclass[]) and contype = 'u'`;
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index x where indrelid = any(${FILLED}::regclass[])
      and not exists (select from pg_constraint k where k.conindid = x.indexrelid)`;
  for (const { table, name } of uniques) await sql.unsafe(`alter table ${table} drop constraint ${name}`);
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  await work();
  for (const { table, name, definition } of uniques) {
    await sql.unsafe(`alter table ${table} add constraint ${name} ${definition}`);
  }
  for (const { definition } of indexes) await sql.unsafe(definition);
  await sql.unsafe("vacuum analyze");
}
