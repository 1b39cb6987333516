CREATE SCHEMA "sandbox_carrier";
--> statement-breakpoint
CREATE TABLE "sandbox_carrier"."handovers" (
	"idempotency_key" text PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL,
	"numbers" text[] NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox_carrier"."lost_handovers" (
	"idempotency_key" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"customer_id" text NOT NULL,
	"message_id" uuid NOT NULL,
	"state" text NOT NULL,
	"recipient_count" integer NOT NULL,
	"delivered" integer DEFAULT 0 NOT NULL,
	"undelivered" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"handed_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"lease" uuid,
	"leased_until" timestamp (3) with time zone,
	CONSTRAINT "deliveries_customer_id_message_id_pk" PRIMARY KEY("customer_id","message_id"),
	CONSTRAINT "delivery_ends_with_its_last_receipt" CHECK ("deliveries"."delivered" >= 0 and "deliveries"."undelivered" >= 0
        and "deliveries"."delivered" + "deliveries"."undelivered" <= "deliveries"."recipient_count"
        and ("deliveries"."state" = 'ended') = ("deliveries"."delivered" + "deliveries"."undelivered" = "deliveries"."recipient_count")),
	CONSTRAINT "delivery_due_until_it_ends" CHECK (("deliveries"."due_at" is null) = ("deliveries"."state" = 'ended') and ("deliveries"."ended_at" is null) = ("deliveries"."state" <> 'ended')),
	CONSTRAINT "delivery_handed_over_once" CHECK (("deliveries"."handed_at" is null) = ("deliveries"."state" = 'waiting'))
);
--> statement-breakpoint
CREATE TABLE "delivery_receipts" (
	"customer_id" text NOT NULL,
	"message_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"outcome" text NOT NULL,
	"code" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "delivery_receipts_customer_id_message_id_position_pk" PRIMARY KEY("customer_id","message_id","position"),
	CONSTRAINT "receipt_says_why_not" CHECK (("delivery_receipts"."code" is null) = ("delivery_receipts"."outcome" = 'delivered'))
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "delivery_of_a_message" FOREIGN KEY ("customer_id","message_id") REFERENCES "public"."messages"("customer_id","message_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_receipts" ADD CONSTRAINT "receipt_of_a_recipient" FOREIGN KEY ("customer_id","message_id","position") REFERENCES "public"."message_recipients"("customer_id","message_id","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at") WHERE due_at is not null;
--> statement-breakpoint
grant select, insert, update (state, delivered, undelivered, failures, handed_at, ended_at, due_at, lease, leased_until)
  on deliveries to ricarica_app;
--> statement-breakpoint
grant select, insert on delivery_receipts to ricarica_app;
--> statement-breakpoint
create trigger delivery_receipts_are_append_only before update or delete or truncate on delivery_receipts
  for each statement execute function refuse_change();
--> statement-breakpoint
alter table delivery_receipts enable always trigger delivery_receipts_are_append_only;
--> statement-breakpoint
grant usage on schema sandbox_carrier to ricarica_app;
--> statement-breakpoint
grant select, insert on all tables in schema sandbox_carrier to ricarica_app;
