CREATE TABLE "account_checks" (
	"customer_id" text NOT NULL,
	"service_name" text NOT NULL,
	"checked_at" timestamp (3) with time zone NOT NULL,
	"problems" text DEFAULT '' NOT NULL,
	"spent_week" bigint NOT NULL,
	CONSTRAINT "account_checks_customer_id_service_name_pk" PRIMARY KEY("customer_id","service_name")
);
--> statement-breakpoint
CREATE TABLE "check_progress" (
	"id" integer PRIMARY KEY NOT NULL,
	"after_customer" text NOT NULL,
	"after_service" text NOT NULL,
	"leased_until" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"cycle_started_at" timestamp (3) with time zone,
	"cycle_accounts" bigint NOT NULL,
	"round_finished_at" timestamp (3) with time zone,
	"round_accounts" bigint,
	CONSTRAINT "check_progress_is_one_row" CHECK ("check_progress"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "corrections" (
	"customer_id" text NOT NULL,
	"correction_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "corrections_correction_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"service_name" text NOT NULL,
	"amount" bigint NOT NULL,
	"reason" text NOT NULL,
	"needs_approval" boolean NOT NULL,
	"state" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"sequence" bigint,
	CONSTRAINT "corrections_customer_id_correction_id_pk" PRIMARY KEY("customer_id","correction_id"),
	CONSTRAINT "correction_corrects_something" CHECK ("corrections"."amount" <> 0),
	CONSTRAINT "correction_has_a_reason" CHECK (length("corrections"."reason") between 10 and 500),
	CONSTRAINT "correction_decided_when_it_ends" CHECK (("corrections"."state" = 'requested') = ("corrections"."decided_by" is null)
        and ("corrections"."decided_by" is null) = ("corrections"."decided_at" is null)),
	CONSTRAINT "correction_posted_has_a_movement" CHECK (("corrections"."state" = 'posted') = ("corrections"."sequence" is not null)),
	CONSTRAINT "correction_approved_by_another" CHECK (not ("corrections"."needs_approval" and "corrections"."state" = 'posted' and "corrections"."decided_by" = "corrections"."requested_by"))
);
--> statement-breakpoint
CREATE TABLE "search_phrases" (
	"rank" smallint NOT NULL,
	"phrase" text COLLATE "C" NOT NULL,
	"customer_id" text NOT NULL,
	"subject" text NOT NULL,
	CONSTRAINT "search_phrases_rank_phrase_customer_id_subject_pk" PRIMARY KEY("rank","phrase","customer_id","subject")
);
--> statement-breakpoint
CREATE TABLE "staff_looks" (
	"customer_id" text NOT NULL,
	"look_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "staff_looks_look_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"service_name" text,
	"staff_user_id" text NOT NULL,
	"staff_right" text NOT NULL,
	"what" text NOT NULL,
	"address" text NOT NULL,
	"ticket" text,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "staff_looks_customer_id_look_id_pk" PRIMARY KEY("customer_id","look_id"),
	CONSTRAINT "staff_look_ticket_is_short" CHECK (length("staff_looks"."ticket") between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "worker_beats" (
	"worker_id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"beat_at" timestamp (3) with time zone NOT NULL,
	"counters" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "correction_of_an_sms_account" FOREIGN KEY ("customer_id","service_name") REFERENCES "public"."sms_accounts"("customer_id","service_name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_looks" ADD CONSTRAINT "staff_looks_customer_id_customers_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("customer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_checks_failed" ON "account_checks" USING btree ("checked_at") WHERE problems <> '';--> statement-breakpoint
CREATE INDEX "corrections_of_an_account" ON "corrections" USING btree ("customer_id","service_name","correction_id");--> statement-breakpoint
CREATE INDEX "corrections_to_decide" ON "corrections" USING btree ("correction_id") WHERE state = 'requested';--> statement-breakpoint
CREATE INDEX "search_phrases_of_a_subject" ON "search_phrases" USING btree ("customer_id","subject","rank");--> statement-breakpoint
CREATE INDEX "staff_looks_by_person" ON "staff_looks" USING btree ("staff_user_id","look_id");--> statement-breakpoint
CREATE INDEX "staff_looks_in_order" ON "staff_looks" USING btree ("look_id");--> statement-breakpoint
CREATE INDEX "orders_by_number" ON "orders" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "attempts_by_gateway_reference" ON "payment_attempts" USING btree ("gateway_reference" text_pattern_ops) WHERE gateway_reference is not null;--> statement-breakpoint
CREATE INDEX "rules_in_trouble" ON "recharge_rules" USING btree ("customer_id","service_name") WHERE suspension_reason is not null or declines > 0;