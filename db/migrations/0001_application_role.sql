-- The role as which the product works. It cannot sign in; the login of DATABASE_URL takes it at the start of each
-- connection. A role belongs to the whole server, so another database of it may have made it already, or be making
-- it at this moment. The login needs CREATEROLE, or an administrator prepares:
--   create role ricarica_app nologin; grant ricarica_app to <login>;
do $$
declare
  may_take_it boolean;
begin
  for attempt in 1..20 loop
    begin
      if not exists (select from pg_roles where rolname = 'ricarica_app') then
        create role ricarica_app nologin;
      end if;
      -- Since version 16 a membership and the right to take the role are two things.
      if current_setting('server_version_num')::int >= 160000 then
        may_take_it := pg_has_role(current_user, 'ricarica_app', 'SET');
      else
        may_take_it := pg_has_role(current_user, 'ricarica_app', 'MEMBER');
      end if;
      if not may_take_it then
        execute format('grant ricarica_app to %I', current_user);
      end if;
      return;
    exception
      when insufficient_privilege then
        raise exception 'the login % may not make or take the role ricarica_app', current_user
          using hint = format(
            'As an administrator: create role ricarica_app nologin; grant ricarica_app to %I;', current_user);
      -- Another database of this server did the same at this moment.
      when duplicate_object or unique_violation or internal_error then
        perform pg_sleep(0.05);
    end;
  end loop;
  raise exception 'the role ricarica_app could not be made';
end
$$;
--> statement-breakpoint
-- The migrations table, so that a login without the owner's rights can see that nothing is to be done.
grant usage on schema drizzle to ricarica_app;
--> statement-breakpoint
grant select on all tables in schema drizzle to ricarica_app;
--> statement-breakpoint
grant usage on schema public, sandbox_gateway to ricarica_app;
--> statement-breakpoint
-- Price lists are loaded by the owner.
grant select on price_lists, destination_rates, pack_prices to ricarica_app;
--> statement-breakpoint
-- Append-only.
grant select, insert on movements, rule_versions, decisions to ricarica_app;
--> statement-breakpoint
grant select, insert on messages, message_recipients to ricarica_app;
--> statement-breakpoint
-- The worker drives an order through its payment: where it stands changes, what it costs does not.
grant select, insert,
  update (state, attempts, decline_code, due_at, lease, leased_until, paid_at, credited_at)
  on orders to ricarica_app;
--> statement-breakpoint
grant select, insert, update on
  customers, sms_accounts, ledger_accounts, crossings, payment_methods, payment_attempts, recharge_rules, recharges
  to ricarica_app;
--> statement-breakpoint
grant select, insert, update, delete on users, sessions, credentials, verifications, rate_limits to ricarica_app;
--> statement-breakpoint
grant select, insert, update, delete on all tables in schema sandbox_gateway to ricarica_app;
