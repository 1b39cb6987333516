ALTER TABLE "movements" DROP CONSTRAINT "movement_of_a_ledger_account";
--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "retry_at" timestamp (3) with time zone;--> statement-breakpoint
-- Each insert as a whole continues its accounts: the first new movement follows the last one there was, in number, in
-- balance and in time, none is left out, and the account's row stands where the last new one ends. So whoever posts writes the
-- account's row before the movements, or in the same statement.
create function demand_that_movements_continue() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (
    select from (
      select customer_id, service_name, min(sequence) as first, max(sequence) as last, count(*) as movements,
        sum(amount)::bigint as gained, min(posted_at) as earliest, max(posted_at) as latest
      from added group by customer_id, service_name
    ) as a
    left join public.ledger_accounts as account using (customer_id, service_name)
    left join public.movements as previous
      on previous.customer_id = a.customer_id and previous.service_name = a.service_name
      and previous.sequence = a.first - 1
    where (account.sequence, account.balance) is distinct from (a.last, coalesce(previous.balance_after, 0) + a.gained)
      or a.movements <> a.last - a.first + 1
      or (a.first > 1) <> (previous.sequence is not null)
      or a.earliest < previous.posted_at
      or a.latest > account.last_posted_at
  ) then
    raise exception 'the movements do not continue their account'
      using errcode = 'check_violation', constraint = 'movements_continue_their_account';
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger movements_continue_their_account after insert on movements referencing new table as added
  for each statement execute function demand_that_movements_continue();
--> statement-breakpoint
alter table movements enable always trigger movements_continue_their_account;
