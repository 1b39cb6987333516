CREATE INDEX "credentials_of_a_user" ON "credentials" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_of_a_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "users_of_a_customer" ON "users" USING btree ("customer_id");--> statement-breakpoint
-- How a customer pays is shown by its label; the gateway's name for the card is the application's alone.
revoke select on payment_methods from ricarica_support;
--> statement-breakpoint
grant select (customer_id, label, changed_at) on payment_methods to ricarica_support;
