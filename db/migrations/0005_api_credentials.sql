CREATE TABLE "api_answers" (
	"customer_id" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"leased_until" timestamp (3) with time zone NOT NULL,
	"status" integer,
	"body" text,
	CONSTRAINT "api_answers_customer_id_idempotency_key_pk" PRIMARY KEY("customer_id","idempotency_key"),
	CONSTRAINT "api_answer_is_whole" CHECK (("api_answers"."status" is null) = ("api_answers"."body" is null))
);
--> statement-breakpoint
CREATE TABLE "api_applications" (
	"application_key" text PRIMARY KEY NOT NULL,
	"application_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "api_applications_application_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1001 CACHE 1),
	"customer_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"sealed_secret" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "api_applications_application_id_unique" UNIQUE("application_id"),
	CONSTRAINT "api_application_key_form" CHECK ("api_applications"."application_key" ~ '^[A-Za-z0-9]{16}$')
);
--> statement-breakpoint
CREATE TABLE "api_budgets" (
	"subject" text PRIMARY KEY NOT NULL,
	"left_thousandths" bigint NOT NULL,
	"was_refused" boolean NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_credentials" (
	"credential_id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_credentials_credential_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1001 CACHE 1),
	"application_key" text NOT NULL,
	"consumer_key_hash" text NOT NULL,
	"validation_token_hash" text NOT NULL,
	"customer_id" text,
	"decided_by" text,
	"state" text NOT NULL,
	"rules" text[] NOT NULL,
	"redirection" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "api_credentials_consumer_key_hash_unique" UNIQUE("consumer_key_hash"),
	CONSTRAINT "api_credentials_validation_token_hash_unique" UNIQUE("validation_token_hash"),
	CONSTRAINT "api_credential_state_known" CHECK ("api_credentials"."state" in ('pending', 'validated', 'refused', 'revoked')),
	CONSTRAINT "api_credential_decided_for_a_customer" CHECK ("api_credentials"."state" = 'pending' or "api_credentials"."customer_id" is not null),
	CONSTRAINT "api_credential_has_rules" CHECK (cardinality("api_credentials"."rules") > 0)
);
--> statement-breakpoint
CREATE TABLE "api_signatures" (
	"credential_id" bigint NOT NULL,
	"signature" text NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "api_signatures_credential_id_signature_pk" PRIMARY KEY("credential_id","signature")
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "message_number" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "messages_message_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "api_answers" ADD CONSTRAINT "api_answers_customer_id_customers_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("customer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_applications" ADD CONSTRAINT "api_applications_customer_id_customers_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("customer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_credentials" ADD CONSTRAINT "api_credentials_customer_id_customers_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("customer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_credentials" ADD CONSTRAINT "api_credentials_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_credentials" ADD CONSTRAINT "api_credential_of_an_application" FOREIGN KEY ("application_key") REFERENCES "public"."api_applications"("application_key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_answers_by_age" ON "api_answers" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "api_applications_of_a_customer" ON "api_applications" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "api_credentials_of_a_customer" ON "api_credentials" USING btree ("customer_id","credential_id");--> statement-breakpoint
CREATE INDEX "api_credentials_of_an_application" ON "api_credentials" USING btree ("application_key");--> statement-breakpoint
CREATE INDEX "api_signatures_by_age" ON "api_signatures" USING btree ("used_at");--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "message_numbered_once" UNIQUE("customer_id","message_number");--> statement-breakpoint
-- A crash may forget how many calls somebody has made: no log is written, and no call waits for one.
alter table api_budgets set unlogged;
--> statement-breakpoint
grant select, insert, update on api_applications to ricarica_app;
--> statement-breakpoint
grant select, insert, update, delete on api_credentials, api_signatures, api_budgets, api_answers to ricarica_app;
