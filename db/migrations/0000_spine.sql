CREATE SCHEMA "sandbox_gateway";
--> statement-breakpoint
CREATE TABLE "credentials" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limits_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"role" text DEFAULT 'customer' NOT NULL,
	"customer_id" text,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"customer_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"price_list" text NOT NULL,
	"time_zone" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customer_id_is_a_handle" CHECK ("customers"."customer_id" ~ '^[a-z0-9][a-z0-9-]{1,30}$')
);
--> statement-breakpoint
CREATE TABLE "sms_accounts" (
	"customer_id" text NOT NULL,
	"service_name" text NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'enable' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sms_accounts_customer_id_service_name_pk" PRIMARY KEY("customer_id","service_name"),
	CONSTRAINT "sms_account_service_name_form" CHECK ("sms_accounts"."service_name" ~ '^sms-[a-z0-9-]{1,40}$'),
	CONSTRAINT "sms_account_status_known" CHECK ("sms_accounts"."status" in ('enable', 'disable'))
);
--> statement-breakpoint
CREATE TABLE "crossings" (
	"customer_id" text NOT NULL,
	"service_name" text NOT NULL,
	"crossing" integer NOT NULL,
	"sequence" bigint NOT NULL,
	"balance" bigint NOT NULL,
	"watermark" bigint NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "crossings_customer_id_service_name_crossing_pk" PRIMARY KEY("customer_id","service_name","crossing"),
	CONSTRAINT "crossing_at_or_below_its_watermark" CHECK ("crossings"."balance" <= "crossings"."watermark")
);
--> statement-breakpoint
CREATE TABLE "ledger_accounts" (
	"customer_id" text NOT NULL,
	"service_name" text NOT NULL,
	"balance" bigint DEFAULT 0 NOT NULL,
	"sequence" bigint DEFAULT 0 NOT NULL,
	"watermark" bigint,
	"crossings" integer DEFAULT 0 NOT NULL,
	"has_open_crossing" boolean DEFAULT false NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"last_posted_at" timestamp (3) with time zone DEFAULT 'epoch' NOT NULL,
	CONSTRAINT "ledger_accounts_customer_id_service_name_pk" PRIMARY KEY("customer_id","service_name"),
	CONSTRAINT "ledger_balance_not_negative" CHECK ("ledger_accounts"."balance" >= 0),
	CONSTRAINT "ledger_watermark_not_negative" CHECK ("ledger_accounts"."watermark" >= 0)
);
--> statement-breakpoint
CREATE TABLE "movements" (
	"customer_id" text NOT NULL,
	"service_name" text NOT NULL,
	"sequence" bigint NOT NULL,
	"kind" text NOT NULL,
	"counter" text NOT NULL,
	"amount" bigint NOT NULL,
	"balance_before" bigint NOT NULL,
	"balance_after" bigint NOT NULL,
	"reference" text NOT NULL,
	"fingerprint" text NOT NULL,
	"peer_service_name" text,
	"reason" text,
	"posted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "movements_customer_id_service_name_sequence_pk" PRIMARY KEY("customer_id","service_name","sequence"),
	CONSTRAINT "movement_reference_once" UNIQUE("customer_id","reference"),
	CONSTRAINT "movement_balance_adds_up" CHECK ("movements"."balance_after" = "movements"."balance_before" + "movements"."amount"),
	CONSTRAINT "movement_balance_not_negative" CHECK ("movements"."balance_after" >= 0 and "movements"."balance_before" >= 0),
	CONSTRAINT "movement_moves_something" CHECK ("movements"."amount" <> 0),
	CONSTRAINT "movement_sequence_positive" CHECK ("movements"."sequence" > 0),
	CONSTRAINT "movement_kind_fits_its_counter" CHECK (case "movements"."kind"
        when 'message' then "movements"."amount" < 0 and "movements"."counter" = 'spent'
        when 'recharge' then "movements"."amount" > 0 and "movements"."counter" = 'bought'
        when 'purchase' then "movements"."amount" > 0 and "movements"."counter" = 'bought'
        when 'transfer_out' then "movements"."amount" < 0 and "movements"."counter" = 'available'
        when 'transfer_in' then "movements"."amount" > 0 and "movements"."counter" = 'available'
        when 'correction' then "movements"."counter" = 'corrected'
        else false end),
	CONSTRAINT "movement_peer_of_a_transfer" CHECK (("movements"."counter" = 'available') = ("movements"."peer_service_name" is not null)),
	CONSTRAINT "movement_reason_of_a_correction" CHECK (("movements"."kind" = 'correction') = ("movements"."reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "message_recipients" (
	"customer_id" text NOT NULL,
	"message_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"number" text NOT NULL,
	"country" text NOT NULL,
	"rate_thousandths" bigint NOT NULL,
	"credit_thousandths" bigint NOT NULL,
	CONSTRAINT "message_recipients_customer_id_message_id_position_pk" PRIMARY KEY("customer_id","message_id","position")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"customer_id" text NOT NULL,
	"message_id" uuid NOT NULL,
	"service_name" text NOT NULL,
	"text" text NOT NULL,
	"encoding" text NOT NULL,
	"characters" integer NOT NULL,
	"parts_each" integer NOT NULL,
	"recipient_count" integer NOT NULL,
	"credit_thousandths" bigint NOT NULL,
	"sender" text,
	"tag" text,
	"sent_by" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "messages_customer_id_message_id_pk" PRIMARY KEY("customer_id","message_id"),
	CONSTRAINT "message_sent_once" UNIQUE("customer_id","idempotency_key"),
	CONSTRAINT "message_has_recipients" CHECK ("messages"."recipient_count" > 0 and "messages"."parts_each" > 0)
);
--> statement-breakpoint
CREATE TABLE "sandbox_gateway"."charges" (
	"idempotency_key" text PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL,
	"reference" text NOT NULL,
	"token" text NOT NULL,
	"amount_cents" bigint NOT NULL,
	"currency" text NOT NULL,
	"outcome" text NOT NULL,
	"code" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox_gateway"."instructions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sandbox_gateway"."instructions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"token" text NOT NULL,
	"behaviour" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox_gateway"."lost_requests" (
	"idempotency_key" text PRIMARY KEY NOT NULL,
	"lost_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"customer_id" text NOT NULL,
	"order_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "orders_order_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 100001 CACHE 1),
	"service_name" text NOT NULL,
	"kind" text NOT NULL,
	"quantity" integer NOT NULL,
	"price_list" text NOT NULL,
	"currency" text NOT NULL,
	"unit_price_micros" bigint NOT NULL,
	"unit_price_source" text NOT NULL,
	"net_micros" bigint NOT NULL,
	"net_cents" bigint NOT NULL,
	"vat_basis_points" integer NOT NULL,
	"vat_cents" bigint NOT NULL,
	"total_cents" bigint NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"decline_code" text,
	"idempotency_key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"paid_at" timestamp (3) with time zone,
	"credited_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"lease" uuid,
	"leased_until" timestamp (3) with time zone,
	CONSTRAINT "orders_customer_id_order_id_pk" PRIMARY KEY("customer_id","order_id"),
	CONSTRAINT "order_made_once" UNIQUE("customer_id","idempotency_key"),
	CONSTRAINT "order_adds_up" CHECK ("orders"."net_cents" + "orders"."vat_cents" = "orders"."total_cents"),
	CONSTRAINT "order_net_is_the_product" CHECK ("orders"."net_micros" = "orders"."unit_price_micros" * "orders"."quantity"),
	CONSTRAINT "order_quantity_in_range" CHECK ("orders"."quantity" between 1 and 1000000),
	CONSTRAINT "order_due_until_it_ends" CHECK (("orders"."due_at" is null) = ("orders"."state" in ('credited', 'declined', 'cancelled'))),
	CONSTRAINT "order_paid_before_credited" CHECK (("orders"."paid_at" is not null) = ("orders"."state" in ('paid', 'credited'))
        and ("orders"."credited_at" is not null) = ("orders"."state" = 'credited'))
);
--> statement-breakpoint
CREATE TABLE "payment_attempts" (
	"customer_id" text NOT NULL,
	"order_id" bigint NOT NULL,
	"attempt" integer NOT NULL,
	"idempotency_key" text NOT NULL,
	"amount_cents" bigint NOT NULL,
	"method_token" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"outcome" text,
	"code" text,
	"gateway_reference" text,
	CONSTRAINT "payment_attempts_customer_id_order_id_attempt_pk" PRIMARY KEY("customer_id","order_id","attempt"),
	CONSTRAINT "attempt_key_once" UNIQUE("customer_id","idempotency_key"),
	CONSTRAINT "attempt_numbered_from_one" CHECK ("payment_attempts"."attempt" > 0)
);
--> statement-breakpoint
CREATE TABLE "payment_methods" (
	"customer_id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"label" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "destination_rates" (
	"price_list" text NOT NULL,
	"country" text NOT NULL,
	"valid_from" date NOT NULL,
	"calling_code" text NOT NULL,
	"credit_thousandths" bigint NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "destination_rates_price_list_country_valid_from_pk" PRIMARY KEY("price_list","country","valid_from"),
	CONSTRAINT "destination_rate_positive" CHECK ("destination_rates"."credit_thousandths" > 0),
	CONSTRAINT "destination_rate_country_form" CHECK ("destination_rates"."country" ~ '^[A-Z]{2}$')
);
--> statement-breakpoint
CREATE TABLE "pack_prices" (
	"price_list" text NOT NULL,
	"valid_from" date NOT NULL,
	"quantity_min" integer NOT NULL,
	"quantity_max" integer,
	"unit_price_micros" bigint NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "pack_prices_price_list_valid_from_quantity_min_pk" PRIMARY KEY("price_list","valid_from","quantity_min"),
	CONSTRAINT "pack_price_tier_not_empty" CHECK ("pack_prices"."quantity_max" is null or "pack_prices"."quantity_max" > "pack_prices"."quantity_min"),
	CONSTRAINT "pack_price_positive" CHECK ("pack_prices"."unit_price_micros" > 0 and "pack_prices"."quantity_min" > 0)
);
--> statement-breakpoint
CREATE TABLE "price_lists" (
	"price_list" text PRIMARY KEY NOT NULL,
	"currency" text NOT NULL,
	"vat_basis_points" integer NOT NULL,
	"vat_source" text NOT NULL,
	CONSTRAINT "price_list_is_a_country" CHECK ("price_lists"."price_list" ~ '^[a-z]{2}$'),
	CONSTRAINT "price_list_vat_in_range" CHECK ("price_lists"."vat_basis_points" between 0 and 5000)
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"customer_id" text NOT NULL,
	"decision_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "decisions_decision_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"service_name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"recharge_id" uuid,
	"crossing" integer,
	"sequence" bigint,
	"balance_thousandths" bigint NOT NULL,
	"threshold_thousandths" bigint,
	"quantity" integer,
	"credits" integer,
	"rule_version" integer,
	"order_id" bigint,
	"attempt" integer,
	"decline_code" text,
	CONSTRAINT "decisions_customer_id_decision_id_pk" PRIMARY KEY("customer_id","decision_id")
);
--> statement-breakpoint
CREATE TABLE "recharge_rules" (
	"customer_id" text NOT NULL,
	"service_name" text NOT NULL,
	"state" text NOT NULL,
	"threshold_thousandths" bigint,
	"quantity" integer,
	"version" integer NOT NULL,
	"declines" integer DEFAULT 0 NOT NULL,
	"retry_at" timestamp (3) with time zone,
	"suspension_reason" text,
	"suspended_at" timestamp (3) with time zone,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "recharge_rules_customer_id_service_name_pk" PRIMARY KEY("customer_id","service_name"),
	CONSTRAINT "rule_off_has_no_amounts" CHECK (("recharge_rules"."state" = 'off') = ("recharge_rules"."threshold_thousandths" is null)),
	CONSTRAINT "rule_amounts_come_together" CHECK (("recharge_rules"."threshold_thousandths" is null) = ("recharge_rules"."quantity" is null)),
	CONSTRAINT "rule_threshold_in_range" CHECK ("recharge_rules"."threshold_thousandths" between 0 and 999000000),
	CONSTRAINT "rule_quantity_offered" CHECK ("recharge_rules"."quantity" in (100, 200, 250, 500, 1000)),
	CONSTRAINT "rule_suspended_for_a_reason" CHECK (case "recharge_rules"."state"
        when 'suspended' then "recharge_rules"."suspension_reason" is not null
        when 'on' then "recharge_rules"."suspension_reason" is null
        else true end),
	CONSTRAINT "rule_declines_counted" CHECK ("recharge_rules"."declines" >= 0)
);
--> statement-breakpoint
CREATE TABLE "recharges" (
	"customer_id" text NOT NULL,
	"recharge_id" uuid NOT NULL,
	"service_name" text NOT NULL,
	"crossing" integer NOT NULL,
	"rule_version" integer NOT NULL,
	"state" text NOT NULL,
	"balance_thousandths" bigint NOT NULL,
	"threshold_thousandths" bigint NOT NULL,
	"quantity" integer NOT NULL,
	"credits" integer NOT NULL,
	"order_id" bigint,
	"attempts" integer DEFAULT 0 NOT NULL,
	"refusal_reason" text,
	"claimed_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "recharges_customer_id_recharge_id_pk" PRIMARY KEY("customer_id","recharge_id"),
	CONSTRAINT "one_recharge_of_a_crossing" UNIQUE("customer_id","service_name","crossing"),
	CONSTRAINT "one_recharge_of_an_order" UNIQUE("customer_id","order_id"),
	CONSTRAINT "recharge_finished_in_an_end_state" CHECK (("recharges"."finished_at" is not null) = ("recharges"."state" in ('credited', 'refused', 'suspended'))),
	CONSTRAINT "recharge_refused_for_a_reason" CHECK (("recharges"."state" = 'refused') = ("recharges"."refusal_reason" is not null)),
	CONSTRAINT "recharge_open_has_an_order" CHECK ("recharges"."state" = 'refused' or "recharges"."order_id" is not null),
	CONSTRAINT "recharge_buys_a_multiple" CHECK ("recharges"."credits" % "recharges"."quantity" = 0 and "recharges"."credits" >= 0),
	CONSTRAINT "recharge_buys_something" CHECK ("recharges"."state" = 'refused' or "recharges"."credits" > 0)
);
--> statement-breakpoint
CREATE TABLE "rule_versions" (
	"customer_id" text NOT NULL,
	"service_name" text NOT NULL,
	"version" integer NOT NULL,
	"enabled" boolean NOT NULL,
	"threshold_thousandths" bigint,
	"quantity" integer,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "rule_versions_customer_id_service_name_version_pk" PRIMARY KEY("customer_id","service_name","version")
);
--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_customer_id_customers_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("customer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_price_list_price_lists_price_list_fk" FOREIGN KEY ("price_list") REFERENCES "public"."price_lists"("price_list") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sms_accounts" ADD CONSTRAINT "sms_accounts_customer_id_customers_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("customer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossings" ADD CONSTRAINT "crossing_of_a_ledger_account" FOREIGN KEY ("customer_id","service_name") REFERENCES "public"."ledger_accounts"("customer_id","service_name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_account_of_an_sms_account" FOREIGN KEY ("customer_id","service_name") REFERENCES "public"."sms_accounts"("customer_id","service_name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "movements" ADD CONSTRAINT "movement_of_a_ledger_account" FOREIGN KEY ("customer_id","service_name") REFERENCES "public"."ledger_accounts"("customer_id","service_name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_recipients" ADD CONSTRAINT "recipient_of_a_message" FOREIGN KEY ("customer_id","message_id") REFERENCES "public"."messages"("customer_id","message_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "message_of_an_sms_account" FOREIGN KEY ("customer_id","service_name") REFERENCES "public"."sms_accounts"("customer_id","service_name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_customer_id_customers_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("customer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "order_for_an_sms_account" FOREIGN KEY ("customer_id","service_name") REFERENCES "public"."sms_accounts"("customer_id","service_name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD CONSTRAINT "attempt_of_an_order" FOREIGN KEY ("customer_id","order_id") REFERENCES "public"."orders"("customer_id","order_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_methods" ADD CONSTRAINT "payment_methods_customer_id_customers_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("customer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "destination_rates" ADD CONSTRAINT "destination_rates_price_list_price_lists_price_list_fk" FOREIGN KEY ("price_list") REFERENCES "public"."price_lists"("price_list") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pack_prices" ADD CONSTRAINT "pack_prices_price_list_price_lists_price_list_fk" FOREIGN KEY ("price_list") REFERENCES "public"."price_lists"("price_list") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recharge_rules" ADD CONSTRAINT "rule_of_an_sms_account" FOREIGN KEY ("customer_id","service_name") REFERENCES "public"."sms_accounts"("customer_id","service_name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recharges" ADD CONSTRAINT "recharge_of_a_crossing" FOREIGN KEY ("customer_id","service_name","crossing") REFERENCES "public"."crossings"("customer_id","service_name","crossing") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recharges" ADD CONSTRAINT "recharge_has_an_order" FOREIGN KEY ("customer_id","order_id") REFERENCES "public"."orders"("customer_id","order_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_crossing_of_an_account" ON "crossings" USING btree ("customer_id","service_name") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "open_crossings" ON "crossings" USING btree ("opened_at") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "movements_other_than_messages" ON "movements" USING btree ("customer_id","service_name","kind","sequence") WHERE kind <> 'message';--> statement-breakpoint
CREATE INDEX "messages_of_an_account" ON "messages" USING btree ("customer_id","service_name","sent_at");--> statement-breakpoint
CREATE INDEX "orders_of_an_account" ON "orders" USING btree ("customer_id","service_name","order_id");--> statement-breakpoint
CREATE INDEX "orders_due" ON "orders" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "one_payment_of_an_order" ON "payment_attempts" USING btree ("customer_id","order_id") WHERE outcome = 'paid';--> statement-breakpoint
CREATE INDEX "decisions_of_an_account" ON "decisions" USING btree ("customer_id","service_name","decision_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_recharge_of_an_account" ON "recharges" USING btree ("customer_id","service_name") WHERE finished_at is null;