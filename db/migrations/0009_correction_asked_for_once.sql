ALTER TABLE "corrections" ADD COLUMN "idempotency_key" text;--> statement-breakpoint
-- Those of before had none: each is its own.
UPDATE "corrections" SET "idempotency_key" = 'before:' || "correction_id";--> statement-breakpoint
ALTER TABLE "corrections" ALTER COLUMN "idempotency_key" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "correction_asked_for_once" UNIQUE("customer_id","idempotency_key");
