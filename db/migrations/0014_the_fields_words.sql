-- The tables take the words of the field: an entry of the ledger, the threshold of an account, an idempotency key with
-- the hash of its request, the access log, heartbeats. Only names change, so that each table is locked for an instant.
-- A program of the version before does not know the new names: it is stopped first. If one still holds a lock, this
-- gives up, undoes everything and may be run again.
set local lock_timeout = '10s';
--> statement-breakpoint
lock table ledger_accounts, crossings, movements, messages, orders, api_answers, corrections, staff_looks, worker_beats,
  sandbox_gateway.charges, sandbox_carrier.handovers in access exclusive mode;
--> statement-breakpoint
alter table ledger_accounts rename column watermark to threshold;
--> statement-breakpoint
alter table crossings rename column watermark to threshold;
--> statement-breakpoint
alter table movements rename to entries;
--> statement-breakpoint
alter table entries rename column reference to idempotency_key;
--> statement-breakpoint
alter table entries rename column fingerprint to request_hash;
--> statement-breakpoint
alter table messages rename column fingerprint to request_hash;
--> statement-breakpoint
alter table orders rename column fingerprint to request_hash;
--> statement-breakpoint
alter table api_answers rename column fingerprint to request_hash;
--> statement-breakpoint
alter table sandbox_gateway.charges rename column fingerprint to request_hash;
--> statement-breakpoint
alter table sandbox_carrier.handovers rename column fingerprint to request_hash;
--> statement-breakpoint
alter table staff_looks rename to access_log;
--> statement-breakpoint
alter table access_log rename column look_id to access_id;
--> statement-breakpoint
alter table worker_beats rename to worker_heartbeats;
--> statement-breakpoint
alter table worker_heartbeats rename column beat_at to heartbeat_at;
--> statement-breakpoint
alter index movements_other_than_messages rename to entries_other_than_messages;
--> statement-breakpoint
alter index staff_looks_by_person rename to access_log_by_person;
--> statement-breakpoint
alter index staff_looks_in_order rename to access_log_in_order;
--> statement-breakpoint
alter sequence staff_looks_look_id_seq rename to access_log_access_id_seq;
--> statement-breakpoint
alter trigger movements_are_append_only on entries rename to entries_are_append_only;
--> statement-breakpoint
alter trigger movements_continue_their_account on entries rename to entries_continue_their_account;
--> statement-breakpoint
alter trigger staff_looks_are_append_only on access_log rename to access_log_is_append_only;
--> statement-breakpoint
-- Constraints, with those that newer servers name by themselves, such as "movements_fingerprint_not_null".
do $$
declare
  named record;
  renamed text;
begin
  for named in
    select conrelid::regclass as of_table, conname::text as old from pg_constraint
    where conname ~ 'watermark|movement|fingerprint|staff_look|look_id|worker_beats|beat_at'
      and connamespace in ('public'::regnamespace, 'sandbox_gateway'::regnamespace, 'sandbox_carrier'::regnamespace)
  loop
    renamed := replace(named.old, 'movement_reference', 'entry_idempotency_key');
    renamed := replace(renamed, 'movements_reference', 'entries_idempotency_key');
    renamed := replace(renamed, 'a_movement', 'an_entry');
    renamed := replace(renamed, 'movements', 'entries');
    renamed := replace(renamed, 'movement', 'entry');
    renamed := replace(renamed, 'watermark', 'threshold');
    renamed := replace(renamed, 'fingerprint', 'request_hash');
    renamed := replace(renamed, 'staff_looks', 'access_log');
    renamed := replace(renamed, 'staff_look', 'access');
    renamed := replace(renamed, 'look_id', 'access_id');
    renamed := replace(renamed, 'worker_beats', 'worker_heartbeats');
    renamed := regexp_replace(renamed, '_beat_at', '_heartbeat_at');
    execute format('alter table %s rename constraint %I to %I', named.of_table, named.old, renamed);
  end loop;
end
$$;
--> statement-breakpoint
alter function demand_that_movements_continue() rename to demand_that_entries_continue;
--> statement-breakpoint
create or replace function demand_that_entries_continue() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (
    select from (
      select customer_id, service_name, min(sequence) as first, max(sequence) as last, count(*) as entries,
        sum(amount)::bigint as gained, min(posted_at) as earliest, max(posted_at) as latest
      from added group by customer_id, service_name
    ) as a
    where a.entries <> a.last - a.first + 1
      or not exists (
        select from public.ledger_accounts as account
        where account.customer_id = a.customer_id and account.service_name = a.service_name
          and account.sequence = a.last and account.last_posted_at >= a.latest
          and account.balance - a.gained = case a.first when 1 then 0 else (
            select previous.balance_after from public.entries as previous
            where previous.customer_id = a.customer_id and previous.service_name = a.service_name
              and previous.sequence = a.first - 1 and previous.posted_at <= a.earliest) end)
  ) then
    raise exception 'the entries do not continue their account'
      using errcode = 'check_violation', constraint = 'entries_continue_their_account';
  end if;
  return null;
end
$$;
--> statement-breakpoint
create or replace function demand_the_opposite_leg() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  goes_out constant boolean := new.kind = 'transfer_out';
begin
  if not goes_out and right(new.idempotency_key, 3) <> ':in' then
    raise exception 'the idempotency key of an incoming transfer ends in ":in"' using errcode = 'check_violation';
  end if;
  if new.peer_service_name = new.service_name or not exists (
    select from public.entries opposite
    where opposite.customer_id = new.customer_id
      and opposite.idempotency_key =
        case when goes_out then new.idempotency_key || ':in' else left(new.idempotency_key, -3) end
      and opposite.kind = case when goes_out then 'transfer_in' else 'transfer_out' end
      and opposite.service_name = new.peer_service_name
      and opposite.peer_service_name = new.service_name
      and opposite.amount = - new.amount
  ) then
    raise exception 'the transfer % has no opposite leg', new.idempotency_key
      using errcode = 'check_violation', constraint = 'transfer_has_both_legs';
  end if;
  return null;
end
$$;
