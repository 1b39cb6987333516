-- A text as it is searched for: without accents, in lower case, one space wherever something else than a letter or a
-- digit stood. Extensions that a managed server may refuse are not needed.
create function search_normal(given text) returns text language sql immutable parallel safe set search_path = pg_catalog as $$
  select trim(regexp_replace(regexp_replace(
    lower(translate(normalize(replace(replace(given, 'ß', 'ss'), 'æ', 'ae'), NFKD), 'ŁłØøĐđ', 'LlOoDd')),
    '[\u0300-\u036f]+', '', 'g'), '[^a-z0-9\u0080-\uffff]+', ' ', 'g'))
$$;
--> statement-breakpoint
-- The phrase beginning with each of its first eight words: "mario rossi" and "rossi mario". A turn that would begin
-- with a single character helps nobody, unless it is how the phrase begins.
create function search_turns(phrase text) returns setof text language sql immutable parallel safe set search_path = pg_catalog as $$
  select array_to_string(words[turn:] || words[:turn - 1], ' ')
  from (select (string_to_array(left(phrase, 200), ' '))[1:8] as words) as split,
    generate_subscripts(words, 1) as turn
  where turn = 1 or length(words[turn]) > 1
$$;
--> statement-breakpoint
-- With the rights of the owner, so that nobody but these triggers writes phrases. `tg_argv[0]` names the table.
create function keep_search_phrases() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public as $$
begin
  if tg_op in ('UPDATE', 'DELETE') then
    case tg_argv[0]
      when 'customers' then
        delete from search_phrases p using before_it b
        where p.customer_id = b.customer_id and p.subject = '' and p.rank in (0, 2);
      when 'sms_accounts' then
        delete from search_phrases p using before_it b
        where p.customer_id = b.customer_id and p.subject = b.service_name and p.rank in (1, 5);
      when 'users' then
        delete from search_phrases p using before_it b
        where p.customer_id = b.customer_id and p.subject = b.id and p.rank in (3, 4);
    end case;
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    case tg_argv[0]
      when 'customers' then
        insert into search_phrases (rank, phrase, customer_id, subject)
        select given.rank, turn, a.customer_id, '' from after_it a
        cross join lateral (values (0, a.customer_id), (2, a.name)) as given (rank, words)
        cross join lateral search_turns(search_normal(given.words)) as turn where turn <> ''
        on conflict do nothing;
      when 'sms_accounts' then
        insert into search_phrases (rank, phrase, customer_id, subject)
        select given.rank, turn, a.customer_id, a.service_name from after_it a
        cross join lateral (values (1, a.service_name), (5, a.name)) as given (rank, words)
        cross join lateral search_turns(search_normal(given.words)) as turn where turn <> ''
        on conflict do nothing;
      when 'users' then
        insert into search_phrases (rank, phrase, customer_id, subject)
        select given.rank, turn, a.customer_id, a.id from after_it a
        cross join lateral (values (3, a.email), (4, a.name)) as given (rank, words)
        cross join lateral search_turns(search_normal(given.words)) as turn
        where turn <> '' and a.customer_id is not null
        on conflict do nothing;
    end case;
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger customers_are_found_from_the_start after insert on customers
  referencing new table as after_it for each statement execute function keep_search_phrases('customers');
--> statement-breakpoint
create trigger customers_are_found_after_a_change after update on customers
  referencing old table as before_it new table as after_it
  for each statement execute function keep_search_phrases('customers');
--> statement-breakpoint
create trigger customers_are_found_no_longer after delete on customers
  referencing old table as before_it for each statement execute function keep_search_phrases('customers');
--> statement-breakpoint
create trigger accounts_are_found_from_the_start after insert on sms_accounts
  referencing new table as after_it for each statement execute function keep_search_phrases('sms_accounts');
--> statement-breakpoint
create trigger accounts_are_found_after_a_change after update on sms_accounts
  referencing old table as before_it new table as after_it
  for each statement execute function keep_search_phrases('sms_accounts');
--> statement-breakpoint
create trigger accounts_are_found_no_longer after delete on sms_accounts
  referencing old table as before_it for each statement execute function keep_search_phrases('sms_accounts');
--> statement-breakpoint
create trigger users_are_found_from_the_start after insert on users
  referencing new table as after_it for each statement execute function keep_search_phrases('users');
--> statement-breakpoint
create trigger users_are_found_after_a_change after update on users
  referencing old table as before_it new table as after_it
  for each statement execute function keep_search_phrases('users');
--> statement-breakpoint
create trigger users_are_found_no_longer after delete on users
  referencing old table as before_it for each statement execute function keep_search_phrases('users');
--> statement-breakpoint
-- What was there before: an update that changes nothing runs the triggers.
update customers set name = name;
--> statement-breakpoint
update sms_accounts set name = name;
--> statement-breakpoint
update users set name = name;
