-- A session keeps the plan of a trigger from its first use on, which may be on an empty table, where all indexes look alike:
-- then each posting read all entries of its account. Here each question is asked so that only the index of its
-- key answers it, in its order and up to the first row; everything else about the row is compared afterwards. With sorts, bitmaps
-- and whole tables switched off, there is no other plan, whenever it is made.
create or replace function demand_that_entries_continue() returns trigger language plpgsql
  set search_path = pg_catalog set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
  set plan_cache_mode = force_generic_plan
as $$
declare
  part record;
  account record;
  previous record;
begin
  for part in
    select customer_id, service_name, min(sequence) as first, max(sequence) as last, count(*) as entries,
      sum(amount)::bigint as gained, min(posted_at) as earliest, max(posted_at) as latest
    from added group by customer_id, service_name
  loop
    select service_name, sequence, balance, last_posted_at into account from public.ledger_accounts
      where customer_id = part.customer_id and service_name >= part.service_name order by service_name limit 1;
    if part.first > 1 then
      select sequence, balance_after, posted_at into previous from public.entries
        where customer_id = part.customer_id and service_name = part.service_name and sequence >= part.first - 1
        order by sequence limit 1;
    else
      select 0::bigint as sequence, 0::bigint as balance_after, part.earliest as posted_at into previous;
    end if;
    if (part.entries = part.last - part.first + 1
      and account.service_name = part.service_name and account.sequence = part.last
      and account.last_posted_at >= part.latest
      and previous.sequence = part.first - 1 and previous.posted_at <= part.earliest
      and account.balance - part.gained = previous.balance_after) is not true
    then
      raise exception 'the entries do not continue their account'
        using errcode = 'check_violation', constraint = 'entries_continue_their_account';
    end if;
  end loop;
  return null;
end
$$;
--> statement-breakpoint
create or replace function demand_the_opposite_leg() returns trigger language plpgsql
  set search_path = pg_catalog set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
  set plan_cache_mode = force_generic_plan
as $$
declare
  goes_out constant boolean := new.kind = 'transfer_out';
  wanted constant text :=
    case when goes_out then new.idempotency_key || ':in' else left(new.idempotency_key, -3) end;
  opposite record;
begin
  if not goes_out and right(new.idempotency_key, 3) <> ':in' then
    raise exception 'the idempotency key of an incoming transfer ends in ":in"' using errcode = 'check_violation';
  end if;
  select idempotency_key, kind, service_name, peer_service_name, amount into opposite from public.entries
    where customer_id = new.customer_id and idempotency_key >= wanted order by idempotency_key limit 1;
  if (opposite.idempotency_key = wanted
    and opposite.kind = case when goes_out then 'transfer_in' else 'transfer_out' end
    and opposite.service_name = new.peer_service_name
    and opposite.peer_service_name = new.service_name
    and new.peer_service_name <> new.service_name
    and opposite.amount = - new.amount) is not true
  then
    raise exception 'the transfer % has no opposite leg', new.idempotency_key
      using errcode = 'check_violation', constraint = 'transfer_has_both_legs';
  end if;
  return null;
end
$$;
