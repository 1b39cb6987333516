CREATE TABLE "mails" (
	"customer_id" text NOT NULL,
	"mail_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"language" text NOT NULL,
	"to_name" text NOT NULL,
	"to_address" text NOT NULL,
	"subject" text NOT NULL,
	"text_body" text NOT NULL,
	"html_body" text NOT NULL,
	"state" text NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"lease" uuid,
	"leased_until" timestamp (3) with time zone,
	CONSTRAINT "mails_customer_id_mail_id_pk" PRIMARY KEY("customer_id","mail_id"),
	CONSTRAINT "mail_due_until_it_ends" CHECK (("mails"."due_at" is null) = ("mails"."state" <> 'waiting') and ("mails"."ended_at" is null) = ("mails"."state" = 'waiting')),
	CONSTRAINT "mail_state_known" CHECK ("mails"."state" in ('waiting', 'sent', 'given_up')),
	CONSTRAINT "mail_has_one_recipient" CHECK ("mails"."to_address" ~ '^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$')
);
--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "mails_of_a_customer" ON "mails" USING btree ("customer_id","created_at");--> statement-breakpoint
CREATE INDEX "mails_by_age" ON "mails" USING btree ("created_at");
--> statement-breakpoint
grant select, insert, delete, update (state, failures, last_error, ended_at, due_at, lease, leased_until)
  on mails to ricarica_app;
--> statement-breakpoint
-- Who was written to, and what became of it; not what it said, which may let somebody in.
grant select (customer_id, mail_id, kind, language, to_name, to_address, state, failures, last_error, created_at,
  expires_at, ended_at, due_at) on mails to ricarica_support;
