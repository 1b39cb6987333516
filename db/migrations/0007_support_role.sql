-- The role as which staff look: it reads what staff may see, and writes nothing but the audit log. As for
-- ricarica_app, the login needs CREATEROLE, or an administrator prepares:
--   create role ricarica_support nologin; grant ricarica_support to <login>;
do $$
declare
  may_take_it boolean;
begin
  for attempt in 1..20 loop
    begin
      if not exists (select from pg_roles where rolname = 'ricarica_support') then
        create role ricarica_support nologin;
      end if;
      -- Since version 16 a membership and the right to take the role are two things.
      if current_setting('server_version_num')::int >= 160000 then
        may_take_it := pg_has_role(current_user, 'ricarica_support', 'SET');
      else
        may_take_it := pg_has_role(current_user, 'ricarica_support', 'MEMBER');
      end if;
      if not may_take_it then
        execute format('grant ricarica_support to %I', current_user);
      end if;
      return;
    exception
      when insufficient_privilege then
        raise exception 'the login % may not make or take the role ricarica_support', current_user
          using hint = format(
            'As an administrator: create role ricarica_support nologin; grant ricarica_support to %I;', current_user);
      -- Another database of this server did the same at this moment.
      when duplicate_object or unique_violation or internal_error then
        perform pg_sleep(0.05);
    end;
  end loop;
  raise exception 'the role ricarica_support could not be made';
end
$$;
--> statement-breakpoint
grant usage on schema public to ricarica_support;
--> statement-breakpoint
grant select on
  customers, sms_accounts, ledger_accounts, movements, crossings, recharge_rules, rule_versions, recharges, decisions,
  orders, payment_methods, price_lists, destination_rates, pack_prices
  to ricarica_support;
--> statement-breakpoint
-- Not the text of messages and not who received them.
grant select (customer_id, message_id, message_number, service_name, encoding, characters, parts_each, recipient_count,
  credit_thousandths, tag, sent_by, sent_at) on messages to ricarica_support;
--> statement-breakpoint
grant select (customer_id, message_id, position, country, rate_thousandths, credit_thousandths)
  on message_recipients to ricarica_support;
--> statement-breakpoint
-- Not the token of the card.
grant select (customer_id, order_id, attempt, idempotency_key, amount_cents, started_at, finished_at, outcome, code,
  gateway_reference) on payment_attempts to ricarica_support;
--> statement-breakpoint
grant select (id, name, email, email_verified, role, customer_id, created_at, updated_at) on users to ricarica_support;
--> statement-breakpoint
-- Not the token.
grant select (id, user_id, expires_at, ip_address, user_agent, created_at, updated_at) on sessions to ricarica_support;
--> statement-breakpoint
-- Not the secret.
grant select (application_key, application_id, customer_id, name, description, created_at, deleted_at)
  on api_applications to ricarica_support;
--> statement-breakpoint
-- Not the hashes.
grant select (credential_id, application_key, customer_id, decided_by, state, rules, redirection, created_at,
  decided_at, revoked_at, expires_at, last_used_at) on api_credentials to ricarica_support;
--> statement-breakpoint
grant select on staff_looks, corrections, search_phrases, account_checks, check_progress, worker_beats
  to ricarica_support;
--> statement-breakpoint
-- The one thing that looking writes. Number and instant are the database's.
grant insert (customer_id, service_name, staff_user_id, staff_right, what, address, ticket)
  on staff_looks to ricarica_support;
--> statement-breakpoint
create trigger staff_looks_are_append_only before update or delete or truncate on staff_looks
  for each statement execute function refuse_change();
--> statement-breakpoint
alter table staff_looks enable always trigger staff_looks_are_append_only;
--> statement-breakpoint
create trigger corrections_are_kept before delete or truncate on corrections
  for each statement execute function refuse_change();
--> statement-breakpoint
alter table corrections enable always trigger corrections_are_kept;
--> statement-breakpoint
grant select on staff_looks to ricarica_app;
--> statement-breakpoint
grant select, insert, update (state, decided_by, decided_at, sequence) on corrections to ricarica_app;
--> statement-breakpoint
grant select, insert, update, delete on account_checks, check_progress, worker_beats to ricarica_app;
--> statement-breakpoint
insert into check_progress (id, after_customer, after_service, leased_until, due_at, cycle_accounts)
  values (1, '', '', 'epoch', 'epoch', 0);
