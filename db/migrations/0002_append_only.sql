-- What was written stays as it was written, whoever asks: the owner too, and a session that replays a replica.
create function refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op)
    using errcode = 'restrict_violation', hint = 'A correction is a new row.';
end
$$;
--> statement-breakpoint
create trigger movements_are_append_only before update or delete or truncate on movements
  for each statement execute function refuse_change();
--> statement-breakpoint
alter table movements enable always trigger movements_are_append_only;
--> statement-breakpoint
create trigger rule_versions_are_append_only before update or delete or truncate on rule_versions
  for each statement execute function refuse_change();
--> statement-breakpoint
alter table rule_versions enable always trigger rule_versions_are_append_only;
--> statement-breakpoint
create trigger decisions_are_append_only before update or delete or truncate on decisions
  for each statement execute function refuse_change();
--> statement-breakpoint
alter table decisions enable always trigger decisions_are_append_only;
--> statement-breakpoint
create trigger orders_are_kept before delete or truncate on orders
  for each statement execute function refuse_change();
--> statement-breakpoint
alter table orders enable always trigger orders_are_kept;
--> statement-breakpoint
create function refuse_other_figures_of_an_order() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  may_change constant text[] :=
    array['state', 'attempts', 'decline_code', 'due_at', 'lease', 'leased_until', 'paid_at', 'credited_at'];
begin
  if to_jsonb(new) - may_change is distinct from to_jsonb(old) - may_change then
    raise exception 'the figures of an order do not change' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger order_figures_are_frozen before update on orders
  for each row execute function refuse_other_figures_of_an_order();
--> statement-breakpoint
alter table orders enable always trigger order_figures_are_frozen;
