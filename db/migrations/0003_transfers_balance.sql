-- At the commit, each leg of a transfer has its opposite: same customer, the two accounts exchanged, the amount
-- negated, the reference "<reference>" of the leg that goes out and "<reference>:in" of the one that comes in.
-- Other movements do not meet this function.
create function demand_the_opposite_leg() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  goes_out constant boolean := new.kind = 'transfer_out';
begin
  if not goes_out and right(new.reference, 3) <> ':in' then
    raise exception 'the reference of an incoming transfer ends in ":in"' using errcode = 'check_violation';
  end if;
  if new.peer_service_name = new.service_name or not exists (
    select from public.movements opposite
    where opposite.customer_id = new.customer_id
      and opposite.reference =
        case when goes_out then new.reference || ':in' else left(new.reference, -3) end
      and opposite.kind = case when goes_out then 'transfer_in' else 'transfer_out' end
      and opposite.service_name = new.peer_service_name
      and opposite.peer_service_name = new.service_name
      and opposite.amount = - new.amount
  ) then
    raise exception 'the transfer % has no opposite leg', new.reference
      using errcode = 'check_violation', constraint = 'transfer_has_both_legs';
  end if;
  return null;
end
$$;
--> statement-breakpoint
create constraint trigger transfer_has_both_legs after insert on movements
  deferrable initially deferred for each row when (new.counter = 'available')
  execute function demand_the_opposite_leg();
--> statement-breakpoint
alter table movements enable always trigger transfer_has_both_legs;
