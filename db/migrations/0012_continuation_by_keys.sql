-- The same demand as before, asked by the keys of each account instead of by a join: a session keeps its plan, and one
-- that was made while a table was small could read all of it for ever after.
create or replace function demand_that_movements_continue() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (
    select from (
      select customer_id, service_name, min(sequence) as first, max(sequence) as last, count(*) as movements,
        sum(amount)::bigint as gained, min(posted_at) as earliest, max(posted_at) as latest
      from added group by customer_id, service_name
    ) as a
    where a.movements <> a.last - a.first + 1
      or not exists (
        select from public.ledger_accounts as account
        where account.customer_id = a.customer_id and account.service_name = a.service_name
          and account.sequence = a.last and account.last_posted_at >= a.latest
          and account.balance - a.gained = case a.first when 1 then 0 else (
            select previous.balance_after from public.movements as previous
            where previous.customer_id = a.customer_id and previous.service_name = a.service_name
              and previous.sequence = a.first - 1 and previous.posted_at <= a.earliest) end)
  ) then
    raise exception 'the movements do not continue their account'
      using errcode = 'check_violation', constraint = 'movements_continue_their_account';
  end if;
  return null;
end
$$;
